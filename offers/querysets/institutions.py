from django.db import models
from django.db.models import Count, Exists, Min, OuterRef, Prefetch, Q, Subquery, Value
from django.db.models.functions import Coalesce

from kekiz_portal.lib.german_order import GermanOrder

from .locations import is_public


def of_kind(kind_slug, path=""):
    """Return the condition that an institution is of a kind or of one that counts as it.

    ``path`` leads to the institution from the rows that are asked, such as "institution".
    """
    kind = f"{path}__kind" if path else "kind"
    return Q(**{f"{kind}__slug": kind_slug}) | Q(**{f"{kind}__counts_as__slug": kind_slug})


class InstitutionQuerySet(models.QuerySet):
    def current(self):
        """Institutions the public may see: those nobody has archived."""
        return self.filter(archived_on=None)

    def of_kind(self, kind_slug):
        """Institutions of a kind, and of those that count as it: Familienzentren are Kitas."""
        return self.filter(of_kind(kind_slug))

    def without_a_district(self):
        """Institutions that no question about a part of the city finds."""
        return self.filter(~self._has_place_in_some_district())

    def in_district(self, district_slug):
        """Institutions with a public place in a part of the city, smaller parts included."""
        return self.filter(self._has_place_in(district_slug))

    def with_an_orphaned_offer(self):
        """Institutions with an offer in the works that nobody in the office is responsible for."""
        from offers.models import Offer  # models import this module

        orphaned = Offer.objects.in_the_works().filter(responsible=None)
        return self.filter(Exists(orphaned.filter(provider=OuterRef("pk"))))

    def for_office_list(self):
        """Load all that the list of the office reads: how many offers, and how fresh they are."""
        from offers.models import Offer  # models import this module

        published = Offer.objects.published().filter(provider=OuterRef("pk")).order_by()
        return self.annotate(
            published_count=_count(published),
            due_count=_count(published.due_for_review()),
            confirmed_last=Subquery(
                published.values("provider").annotate(first=Min("confirmed_at")).values("first")
            ),
        )

    def for_list(self):
        """Load all that the list of institutions reads, with the number of offers shown."""
        from offers.models import Location, Offer  # models import this module

        shown = Q(offers__in=Offer.objects.published())
        return (
            self.select_related("kind")
            .prefetch_related(
                Prefetch("locations", Location.objects.public().select_related("district"))
            )
            .annotate(offer_count=Count("offers", filter=shown, distinct=True))
            .order_by(GermanOrder("name"), "name", "pk")
        )

    def for_page(self):
        """Load all that the page of one institution reads."""
        return self.for_list().select_related("kind", "parent")

    def _has_place_in_some_district(self):
        places = self.model.locations.through.objects.filter(
            institution=OuterRef("pk"), location__district__isnull=False
        ).filter(is_public("location"))
        return Exists(places)

    def _has_place_in(self, district_slug):
        places = self.model.locations.through.objects.filter(
            institution=OuterRef("pk"), location__district__path__contains=[district_slug]
        ).filter(is_public("location"))
        return Exists(places)


def _count(offers):
    """Return how many offers each institution has; ``offers`` name it as the outer row."""
    numbers = offers.values("provider").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(numbers), Value(0))
