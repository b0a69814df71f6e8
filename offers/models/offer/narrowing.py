"""Which offers: for whom, what, where, when. What readers choose from is ``offers.catalogue``."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.db.models.lookups import LessThanOrEqual
from django.utils import timezone

from kekiz_portal.lib.languages import OF_THE_SEARCH
from offers import models as others  # which import this module: read when asked
from offers.models.location import is_public

from .next_check import next_check

ANYWHERE_MODES = ["home_visit", "online", "phone", "city_wide"]
WITHOUT_A_WAY = ["home_visit", "online", "phone"]  # nobody has to go anywhere


class Narrowing(models.QuerySet):
    """The questions that leave out offers; each returns the rest."""

    # Who may see it

    def published(self, on=None):
        """Offers the public may see on a day (today by default)."""
        hidden = others.Pursuit.objects.hidden().filter(offer=OuterRef("pk"))
        return self.meant_for_readers(on).exclude(Exists(hidden))

    def meant_for_readers(self, on=None):
        """Those, and those hidden until somebody confirms them: their institution is asked."""
        day = on or timezone.localdate()
        already_valid = Q(valid_from=None) | Q(valid_from__lte=day)
        still_valid = Q(valid_to=None) | Q(valid_to__gte=day)
        return self.filter(already_valid, still_valid, status=self.model.Status.PUBLISHED)

    # Whom to ask again

    def due(self, on=None):
        """Offers about which somebody should ask again by a day (today by default)."""
        return self.filter(LessThanOrEqual(next_check(), on or timezone.localdate()))

    def to_ask_about(self, on=None):
        """Offers that are due and about which nothing of their institution waits for the office."""
        return self.due(on).exclude(pk__in=self.said_to_the_office().order_by().values("pk"))

    def said_to_the_office(self):
        """Offers about which their institution said something that waits for the office."""
        proposed = others.ChangeProposal.objects.open().of_houses().filter(offer=OuterRef("pk"))
        reported = others.Feedback.objects.open().filter(offer=OuterRef("pk"))
        return self.filter(Exists(proposed) | Exists(reported.exclude(institution=None)))

    def staying_visible(self):
        """Offers that families see though nobody answers for them: help in need is never hidden."""
        of_topic = self._is_in(self.model.topics.through, topic__stays_visible=True)
        return self.filter(Q(offer_type__stays_visible=True) | Q(of_topic))

    # For whom

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

    def with_anonymous(self):
        """Say with each offer (``is_anonymous``) what it says itself, else what its kind does."""
        said = Coalesce("anonymous_possible", "provider__kind__anonymous_possible")
        return self.annotate(is_anonymous=said)

    def without_a_name(self):
        """Offers that one may come to, or call, without giving a name."""
        return self.with_anonymous().filter(is_anonymous=True)

    def without_german(self):
        """Offers in which another language than German is spoken."""
        return self.in_language(code for code in OF_THE_SEARCH if code != "de")

    # What, and from whom

    def of(self, institution):
        return self.filter(provider=institution)

    def about(self, topics):
        """Offers on at least one of the topics, given as slugs."""
        return self.filter(self._is_in(self.model.topics.through, topic__slug__in=list(topics)))

    # Where

    def in_district(self, slug):
        """Offers with a place in a part of the city, for the office: nothing else is near."""
        places = others.OfferPlace.objects.filter(is_public("location"), offer=OuterRef("pk"))
        return self.filter(Exists(places.filter(location__district__path__contains=[slug])))

    def in_sign_language(self):
        """Offers with at least one place where somebody signs."""
        there = others.AccessibilityFact.objects.filter(
            is_public("location"),
            location__offer_places__offer=OuterRef("pk"),
            feature=others.AccessibilityFact.Feature.SIGN_LANGUAGE,
            is_present=True,
        )
        return self.filter(Exists(there))

    # When

    def in_slot(self, weekdays, parts):
        """Offers with one schedule on a weekday (0 is Monday) that touches a part of the day."""
        there = others.Schedule.objects.in_slot(weekdays, parts).filter(place__offer=OuterRef("pk"))
        return self.filter(Exists(there))

    def _is_in(self, through, **condition):
        return Exists(through.objects.filter(offer=OuterRef("pk"), **condition))
