from django.db import models
from django.db.models import Count, Exists, OuterRef, Prefetch, Q


class InstitutionQuerySet(models.QuerySet):
    def of_kind(self, kind_slug):
        return self.filter(kind__slug=kind_slug)

    def in_district(self, district_slug):
        """Institutions with a public place in a part of the city, smaller parts included."""
        return self.filter(self._has_place_in(district_slug))

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
            .order_by("name", "pk")
        )

    def for_page(self):
        """Load all that the page of one institution reads."""
        return self.for_list().select_related("kind", "parent")

    def _has_place_in(self, district_slug):
        places = self.model.locations.through.objects.filter(
            institution=OuterRef("pk"), location__district__path__contains=[district_slug]
        ).exclude(location__visibility="protected")
        return Exists(places)
