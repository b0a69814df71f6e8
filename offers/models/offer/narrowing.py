"""Which offers: for whom, what, where, when, at what cost."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, Value
from django.utils import timezone

from kekiz_portal.lib.languages import OF_THE_SEARCH
from offers.models.location import counts_by_its_district, is_public

ANYWHERE_MODES = ["home_visit", "online", "phone", "city_wide"]


def _one_of(column, keys):
    """Return the condition that a column holds one of many numbers, which are one parameter."""
    return Func(
        F(column),
        Value(keys, output_field=ArrayField(models.BigIntegerField())),
        template="%(expressions)s)",
        arg_joiner=" = ANY(",
        output_field=models.BooleanField(),
    )


class Narrowing(models.QuerySet):
    """The questions that leave out offers; each returns the rest."""

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

    def without_german(self):
        """Offers in which another language than German is spoken."""
        return self.in_language(code for code in OF_THE_SEARCH if code != "de")

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
        unknown = counts_by_its_district("location")
        by_address = Q(location__postal_code=postal_code) & ~unknown
        by_district = unknown & Q(location__district__postal_codes__contains=[postal_code])
        there = Exists(self._visible_places().filter(by_address | by_district))
        return self.filter(there | self._comes_to_the_family() | ~self._names_a_district())

    def accessible(self):
        """Offers with at least one place that someone found to be step-free."""
        return self._with_feature("step-free")

    def in_sign_language(self):
        """Offers with at least one place where somebody signs."""
        return self._with_feature("sign-language")

    def _with_feature(self, feature):
        from offers.models import AccessibilityFact  # models import this module

        there = AccessibilityFact.objects.filter(
            location__offer_places__offer=OuterRef("pk"), feature=feature, is_present=True
        ).filter(is_public("location"))
        return self.filter(Exists(there))

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

    # Conditions, shared by the questions

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
