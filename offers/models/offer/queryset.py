"""Every question asked about offers: which (``narrowing``), in which order, with what."""

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Prefetch, Q, Subquery, Value
from django.db.models.functions import Concat, JSONObject
from django.utils import timezone

from kekiz_portal.lib.german_order import GermanOrder
from offers import models as others  # which import this module: read when asked

from .narrowing import Narrowing
from .next_check import is_confirmed_in_time, next_check


class OfferQuerySet(Narrowing):
    # In which order

    def best_match_first(self, ranked):
        """The order in which a search ranked them, what it did not rank after that."""
        position = Func(
            Value(ranked.ids or [], output_field=ArrayField(models.BigIntegerField())),
            F("pk"),
            function="array_position",
            output_field=models.IntegerField(),
        )
        return self.order_by(position.asc(nulls_last=True), GermanOrder("title"), "title", "pk")

    def by_title(self):
        return self.order_by(GermanOrder("title"), "title", "pk")

    # What a page reads

    def translated(self):
        """Load what the offers say in the language of the page, if it is not German."""
        return self.prefetch_related(*others.translation.loaded_here())

    def reached_at(self, digits):
        """Offers whose public number, or whose provider's, has these digits of its E.164 form."""
        points = others.ContactPoint.objects.public().filter(phone__contains=digits)
        is_reached = Q(phone__contains=digits) | Q(pk__in=points.values("offer"))
        return self.filter(is_reached | Q(provider__phone__contains=digits))

    def for_cards(self):
        """Load all that the card of an offer reads, at a constant number of queries."""
        soonest = others.Occurrence.objects.upcoming().to_go_to().first_of_each_offer()
        return (
            self.translated()
            .select_related("offer_type", "provider")
            .prefetch_related(
                "cost_options",
                "sources",
                Prefetch("places", others.OfferPlace.objects.select_related("location__district")),
                "places__schedules",
                Prefetch("occurrences", soonest, to_attr="next_occurrences"),
            )
        )

    def for_page(self):
        """Load all that the page of one offer reads."""
        groups = others.TargetGroup.objects.filter(offers=OuterRef("pk")).values("name")
        contact = JSONObject(label="label", phone="phone", email="email", hours="hours")
        contacts = (
            others.ContactPoint.objects.public().filter(offer=OuterRef("pk")).values(one=contact)
        )
        places = others.OfferPlace.objects.select_related("location__district")
        in_danger = others.TargetGroup.objects.filter(offers=OuterRef("pk"), shows_helplines=True)
        return (
            self.translated()
            .select_related("offer_type", "provider__kind", "pursuit", "free_places")
            .annotate(
                may_be_read_in_danger=Exists(in_danger),
                target_group_names=ArraySubquery(groups),
                public_contact_points=ArraySubquery(contacts),
            )
            .prefetch_related(
                "topics",
                "cost_options",
                "sources",
                "provider__sources",
                Prefetch("places", places),
                "places__location__accessibility",
                "places__schedules",
            )
        )

    # What someone should look at

    def without_a_date_left(self):
        """Published offers whose schedules all lie behind."""
        timed = others.Schedule.objects.filter(place__offer=OuterRef("pk"))
        coming = others.Occurrence.objects.upcoming().filter(offer=OuterRef("pk"))
        found = self.published().filter(Exists(timed), ~Exists(coming))
        return found.exclude(self._withholds_dates())

    def with_past(self):
        """Say of each (``is_past``) whether it names past years only, or has no date left.

        Times that only an old page says are no reason: nobody is sure of them.
        """
        day = timezone.localdate()
        coming = others.Occurrence.objects.filter(offer=OuterRef("pk"), day__gte=day)
        timed = others.Schedule.objects.filter(place__offer=OuterRef("pk"))
        this_year_on = "|".join(str(year) for year in range(day.year, 2100))
        is_of_a_year = Q(words__regex=r"\y20[0-9]{2}\y") & ~Q(words__regex=rf"\y({this_year_on})\y")
        had_dates = Q(Exists(timed)) & ~self._withholds_dates()
        found = self.alias(words=Concat("title", Value(" "), "schedule_text"))
        return found.annotate(is_past=~Exists(coming) & (is_of_a_year | had_dates))

    def with_open_question(self):
        """Offers about which something is to be cleared up before families can rely on them."""
        return self.in_the_works().exclude(open_question="")

    def with_open_feedback(self):
        """Offers about which a reader reported something nobody has dealt with."""
        return self.filter(Exists(others.Feedback.objects.open().filter(offer=OuterRef("pk"))))

    def with_open_proposal(self):
        """Offers for which someone proposed a change nobody has decided on."""
        return self.filter(
            Exists(others.ChangeProposal.objects.open().filter(offer=OuterRef("pk")))
        )

    def with_dead_link(self):
        """Published offers with a link that failed on two nights and more."""
        return self.published().filter(
            Exists(others.LinkCheck.objects.dead().filter(offer=OuterRef("pk")))
        )

    def in_the_works(self):
        """Offers someone still cares for: all but the archived."""
        return self.exclude(status=self.model.Status.ARCHIVED)

    def never_confirmed(self):
        return self.filter(confirmed_at=None)

    def fresh(self, on=None):
        """Offers that were confirmed and need no new look yet."""
        return self.filter(is_confirmed_in_time(on))

    def for_office_list(self):
        """Load what the list of the office reads, but for the hints."""
        coming = others.Occurrence.objects.upcoming().to_go_to().filter(offer=OuterRef("pk"))
        return self.select_related("provider", "responsible", "pursuit").annotate(
            next_check=next_check(), next_at=Subquery(coming.values("starts_at")[:1])
        )

    def _withholds_dates(self):
        """The condition of ``Offer.withholds_dates``."""
        outdated = others.Source.objects.of_outdated_times()
        return Q(confirmed_at=None) & Q(Exists(outdated.filter(offer=OuterRef("pk"))))
