"""Every question asked about offers."""

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Prefetch, Q, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject
from django.utils import timezone

from kekiz_portal.lib.german_order import GermanOrder
from offers.models.location import is_public

ANYWHERE_MODES = ["home_visit", "online", "phone", "city_wide"]
WIDEST_SPAN_MONTHS = 10_000


def _one_of(column, keys):
    """Return the condition that a column holds one of many numbers, which are one parameter."""
    return Func(
        F(column),
        Value(keys, output_field=ArrayField(models.BigIntegerField())),
        template="%(expressions)s)",
        arg_joiner=" = ANY(",
        output_field=models.BooleanField(),
    )


class OfferQuerySet(models.QuerySet):
    _keys = None

    def with_keys(self, keys):
        """Offers by their numbers, of which there may be many: they are one parameter.

        Questions about places ask for those of these offers only: among many thousands
        PostgreSQL would else look at the places of all.
        """
        found = self.filter(_one_of("pk", keys))
        found._keys = keys  # noqa: SLF001, a queryset of this class
        return found

    def _clone(self):
        clone = super()._clone()
        clone._keys = self._keys  # noqa: SLF001, as above
        return clone

    # Who may see it

    def published(self, on=None):
        """Offers the public may see on a day (today by default)."""
        day = on or timezone.localdate()
        already_valid = Q(valid_from=None) | Q(valid_from__lte=day)
        still_valid = Q(valid_to=None) | Q(valid_to__gte=day)
        return self.filter(already_valid, still_valid, status=self.model.Status.PUBLISHED)

    def due_for_review(self, on=None):
        """Published offers whose facts someone should check by a day (today by default)."""
        return self.published(on).filter(review_due_on__lte=on or timezone.localdate())

    # For whom

    def for_age(self, month):
        """Offers whose span contains an age in months, and those for any age."""
        return self.filter(Q(ages__contains=month) | Q(ages=None))

    def for_phase(self, phase):
        """Offers that belong to a life phase.

        A phase of growing up has the offers whose span overlaps its own, and those for
        any age. A phase that cuts across has the offers that were put there by hand.
        """
        if phase.is_cross:
            return self.filter(self._is_in(self.model.extra_phases.through, lifephase=phase.pk))
        return self.filter(Q(ages__overlap=phase.ages) | Q(ages=None))

    def in_language(self, codes):
        return self.filter(languages__overlap=list(codes))

    # What, and from whom

    def of(self, institution):
        return self.filter(provider=institution)

    def about(self, topics):
        """Offers on at least one of the topics, given as slugs."""
        return self.filter(self._is_in(self.model.topics.through, topic__slug__in=list(topics)))

    def matching(self, ranked):
        """Offers that answer a search (``offers.search.ranking``); all, if it asks for all."""
        return self if ranked.ids is None else self.with_keys(ranked.ids)

    # Where

    def in_district(self, slug):
        """Offers with a place in a part of the city, for the office: nothing else is near."""
        return self.filter(self._is_in_district([slug]))

    def near_everywhere(self):
        """Offers that come to the family or that name no part of the city."""
        return self.filter(self._comes_to_the_family() | ~self._names_a_district())

    def bound_to_a_district(self):
        """The other offers: one has to go to a known part of the city."""
        return self.exclude(self._comes_to_the_family() | ~self._names_a_district())

    def near(self, districts):
        """Offers in one of the parts of the city (slugs), or near from everywhere."""
        there = self._is_in_district(districts)
        return self.filter(there | self._comes_to_the_family() | ~self._names_a_district())

    def near_postal_code(self, postal_code):
        """Offers at an address with a postal code, or near from everywhere.

        A place without a known code counts by the codes of its part of the city.
        """
        unknown = Q(location__postal_code="") | Q(location__visibility="district")
        by_address = Q(location__postal_code=postal_code) & ~unknown
        by_district = unknown & Q(location__district__postal_codes__contains=[postal_code])
        there = Exists(self._visible_places().filter(by_address | by_district))
        return self.filter(there | self._comes_to_the_family() | ~self._names_a_district())

    def accessible(self):
        """Offers with at least one place that someone found to be step-free."""
        from offers.models import AccessibilityFact  # models import this module

        step_free = AccessibilityFact.objects.filter(
            location__offer_places__offer=OuterRef("pk"),
            feature=AccessibilityFact.Feature.STEP_FREE,
            is_present=True,
        ).filter(is_public("location"))
        return self.filter(Exists(step_free))

    def online(self):
        return self.filter(self._has_place(mode="online"))

    # When

    def in_slot(self, weekdays=(), parts=()):
        """Offers with one schedule on a weekday (0 is Monday) that touches a part of the day."""
        return self.filter(Exists(self._schedules_in(weekdays, parts)))

    # At what cost, and how

    def free(self):
        return self.filter(cost_kind=self.model.Cost.FREE)

    def paid_by_but(self):
        """Offers that *Bildung und Teilhabe* pays for or helps to pay."""
        return self.filter(reductions__contains=[self.model.Reduction.BUT])

    def without_registration(self):
        return self.filter(access_modes__contains=[self.model.Access.OPEN])

    # What goes with another offer

    def beside(self, offer):
        """Other offers for an overlapping age that share a topic, closest age first."""
        topics = [topic.slug for topic in offer.topics.all()]
        found = self.exclude(pk=offer.pk).about(topics)
        if offer.ages is not None:
            found = found.filter(Q(ages__overlap=offer.ages) | Q(ages=None))
        return found.best_fit_first()

    def following(self, offer, phase):
        """Offers that begin in a later phase and share a topic with an offer."""
        topics = [topic.slug for topic in offer.topics.all()]
        later = self.filter(ages__overlap=phase.ages)
        if offer.ages.lower is not None:
            later = later.filter(ages__startswith__gt=offer.ages.lower)
        return later.exclude(pk=offer.pk).about(topics).best_fit_first()

    # In which order

    def best_fit_first(self, districts=()):
        """Close by before everywhere, checked before unchecked, made for the age before for all.

        ``districts`` are the slugs of the parts of the city that were asked for.
        """
        found = self.alias(
            width=Coalesce(F("ages__endswith") - F("ages__startswith"), Value(WIDEST_SPAN_MONTHS))
        )
        order = ["is_generic", F("confirmed_at").desc(nulls_last=True), "width", "title", "pk"]
        if districts:
            found = found.alias(is_there=self._is_in_district(districts))
            order.insert(0, F("is_there").desc())
        return found.order_by(*order)

    def best_match_first(self, ranked):
        """The order in which a search ranked them, what it did not rank after that."""
        position = Func(
            Value(ranked.ids or [], output_field=ArrayField(models.BigIntegerField())),
            F("pk"),
            function="array_position",
            output_field=models.IntegerField(),
        )
        return self.order_by(position.asc(nulls_last=True), GermanOrder("title"), "title", "pk")

    def next_date_first(self, at=None):
        """Soonest date first; offers without a known date last."""
        from offers.models import Occurrence  # models import this module

        coming = Occurrence.objects.upcoming(at).to_go_to().filter(offer=OuterRef("pk"))
        return self.alias(next_at=Subquery(coming.values("starts_at")[:1])).order_by(
            F("next_at").asc(nulls_last=True), "title", "pk"
        )

    def by_title(self):
        return self.order_by(GermanOrder("title"), "title", "pk")

    # What a page reads

    def reached_at(self, digits):
        """Offers whose public number, or whose provider's, has these digits of its E.164 form."""
        from offers.models import ContactPoint  # models import this module

        points = ContactPoint.objects.public().filter(phone__contains=digits)
        is_reached = Q(phone__contains=digits) | Q(pk__in=points.values("offer"))
        return self.filter(is_reached | Q(provider__phone__contains=digits))

    def for_cards(self, at=None):
        """Load all that the card of an offer reads, at a constant number of queries."""
        from offers.models import Occurrence, OfferPlace  # models import this module

        soonest = Occurrence.objects.upcoming(at).to_go_to().first_of_each_offer()
        return self.select_related("offer_type", "provider").prefetch_related(
            "cost_options",
            "sources",
            Prefetch("places", OfferPlace.objects.select_related("location__district")),
            "places__schedules",
            Prefetch("occurrences", soonest, to_attr="next_occurrences"),
        )

    def for_page(self):
        """Load all that the page of one offer reads."""
        from offers.models import ContactPoint, OfferPlace, TargetGroup  # as above

        groups = TargetGroup.objects.filter(offers=OuterRef("pk")).values("name")
        contact = JSONObject(label="label", phone="phone", email="email", hours="hours")
        contacts = ContactPoint.objects.public().filter(offer=OuterRef("pk")).values(one=contact)
        places = OfferPlace.objects.select_related("location__district")
        in_danger = TargetGroup.objects.filter(offers=OuterRef("pk"), shows_helplines=True)
        return (
            self.select_related("offer_type", "provider")
            .annotate(
                may_be_read_in_danger=Exists(in_danger),
                target_group_names=ArraySubquery(groups),
                public_contact_points=ArraySubquery(contacts),
            )
            .prefetch_related(
                "topics",
                "cost_options",
                "sources",
                Prefetch("places", places),
                "places__location__accessibility",
                "places__schedules",
            )
        )

    # What someone should look at

    def without_a_date_left(self, at=None):
        """Published offers whose schedules all lie behind."""
        from offers.models import Occurrence, Schedule  # models import this module

        timed = Schedule.objects.filter(place__offer=OuterRef("pk"))
        coming = Occurrence.objects.upcoming(at).filter(offer=OuterRef("pk"))
        return (
            self.published()
            .filter(Exists(timed), ~Exists(coming))
            .exclude(self._withholds_dates(at))
        )

    def with_open_question(self):
        """Offers about which something is to be cleared up before families can rely on them."""
        return self.in_the_works().exclude(open_question="")

    def with_open_feedback(self):
        """Offers about which a reader reported something nobody has dealt with."""
        from offers.models import Feedback  # models import this module

        return self.filter(Exists(Feedback.objects.open().filter(offer=OuterRef("pk"))))

    def with_open_proposal(self):
        """Offers for which someone proposed a change nobody has decided on."""
        from offers.models import ChangeProposal  # models import this module

        return self.filter(Exists(ChangeProposal.objects.open().filter(offer=OuterRef("pk"))))

    def with_dead_link(self):
        """Published offers with a link that failed on two nights and more."""
        from offers.models import LinkCheck  # models import this module

        return self.published().filter(
            Exists(LinkCheck.objects.dead().filter(offer=OuterRef("pk")))
        )

    def in_the_works(self):
        """Offers someone still cares for: all but the archived."""
        return self.exclude(status=self.model.Status.ARCHIVED)

    def never_confirmed(self):
        return self.filter(confirmed_at=None)

    def fresh(self, on=None):
        """Offers that were confirmed and need no new look yet."""
        due = Q(review_due_on__lte=on or timezone.localdate())
        return self.exclude(due).exclude(confirmed_at=None)

    def for_office_list(self, at=None):
        """Load what the list of the office reads, but for the hints."""
        from offers.models import Occurrence  # models import this module

        coming = Occurrence.objects.upcoming(at).to_go_to().filter(offer=OuterRef("pk"))
        return self.select_related("provider", "responsible").annotate(
            next_at=Subquery(coming.values("starts_at")[:1])
        )

    # Conditions, shared by the questions above

    def _withholds_dates(self, at=None):
        """The condition of ``Offer.withholds_dates``."""
        from offers.models import Source  # models import this module

        outdated = Source.objects.of_outdated_times(timezone.localdate(at) if at else None)
        return Q(confirmed_at=None) & Q(Exists(outdated.filter(offer=OuterRef("pk"))))

    def _is_in(self, through, **condition):
        return Exists(through.objects.filter(offer=OuterRef("pk"), **condition))

    def _places(self):
        from offers.models import OfferPlace  # models import this module

        places = OfferPlace.objects.filter(offer=OuterRef("pk"))
        return places if self._keys is None else places.filter(_one_of("offer_id", self._keys))

    def _visible_places(self):
        return self._places().filter(is_public("location"))

    def _has_place(self, **condition):
        return Exists(self._places().filter(**condition))

    def _comes_to_the_family(self):
        return self._has_place(mode__in=ANYWHERE_MODES)

    def _is_in_district(self, districts):
        places = self._visible_places()
        return Exists(places.filter(location__district__path__overlap=list(districts)))

    def _names_a_district(self):
        return Exists(self._visible_places().filter(location__district__isnull=False))

    def _schedules_in(self, weekdays, parts):
        from offers.models import Schedule  # models import this module

        return Schedule.objects.in_slot(weekdays, parts).filter(place__offer=OuterRef("pk"))
