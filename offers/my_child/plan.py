"""What is due for a child, what comes next, and what fits: made for one request."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from lifephases import ages
from lifephases.models import Milestone
from offers.browsing.cards import cards
from offers.browsing.whom_to_ask import who_answers
from offers.models import Occurrence, Offer
from offers.models.offer.delicate import DELICATE
from offers.search.words.folding import fold

from .places import offers_for
from .terms import Term, term_of

SHOWN_DUE, SHOWN_NEXT = 3, 3
AHEAD_MONTHS = 24  # so far reminders reach
CONSIDERED, FITTING, DATES, NEW = 12, 3, 3, 3
A_WEEK = dt.timedelta(days=7)


@dataclass(frozen=True)
class Step:
    """A milestone in a child's calendar, with the offer that helps with it, if one does."""

    milestone: Milestone
    term: Term
    today: dt.date
    offer: Offer | None

    @property
    def begins(self):
        return self.term.begins

    @property
    def ends(self):
        return self.term.ends

    @property
    def is_late(self):
        """Whether the last day is past, and it can still be made up for."""
        return self.ends is not None and self.ends < self.today

    @property
    def until(self):
        """Until when, as precisely as a month of birth can say it, or a day of the calendar."""
        if self.ends is None:
            return ""
        if self.is_late:
            words = _("bis %s; wenn noch nicht geschehen, bitte gleich nachholen")
            return words % date_format(self.ends, "DATE_FORMAT")
        if self.milestone.before_day:
            return pgettext("Datum", "bis %s") % date_format(self.ends, "DATE_FORMAT")
        return _("bis Ende %s") % date_format(self.ends, "YEAR_MONTH_FORMAT")

    @property
    def since(self):
        return pgettext("Datum", "ab %s") % date_format(self.begins, "YEAR_MONTH_FORMAT")

    @property
    def key(self):
        """By what steps are put in order: what ends first, then what began last.

        Money that is lost after a day stands before visits that end with it, and first of all
        where the city says so.
        """
        is_lost_after = self.ends is not None and self.milestone.kind == Milestone.Kind.BENEFIT
        is_pressing = is_lost_after and self.milestone.comes_first
        end = self.ends or dt.date.max
        return not is_pressing, end, not is_lost_after, -self.begins.toordinal()


class Plan:
    """All that the page says of one child."""

    def __init__(self, child, catalogue):
        self.child = child
        self.catalogue = catalogue
        chain = [one for one in catalogue.phases if not one.is_cross and child.month in one]
        self.phase = chain[-1] if chain else None

    @cached_property
    def title(self):
        """How old the child is: "18 Monate"; before birth how long it still takes."""
        if not self.child.is_expected:
            month = self.child.month
            return ages.in_words(month) if month else _("gerade geboren")
        months = -self.child.month
        return ngettext("noch %d Monat", "noch %d Monate", months) % months

    @property
    def number(self):
        return self.child.number

    @property
    def asked(self):
        """Who answers for a child of this age."""
        return who_answers(span=ages.span(self.child.month, self.child.month))

    @cached_property
    def due(self):
        """Steps that are due now, what ends first before the rest."""
        now = (one for one in self._steps if one.term.has_begun(self.child.today))
        return sorted(now, key=lambda step: step.key)

    @property
    def due_first(self):
        return self.due[:SHOWN_DUE]

    @property
    def due_later(self):
        return self.due[SHOWN_DUE:]

    @cached_property
    def coming(self):
        """Steps that are not due yet, in the order in which they begin."""
        later = (one for one in self._steps if not one.term.has_begun(self.child.today))
        return sorted(later, key=lambda step: (step.begins, step.key))

    @property
    def coming_first(self):
        return self.coming[:SHOWN_NEXT]

    @cached_property
    def _steps(self):
        """The steps that are not over and begin as long ahead as reminders reach."""
        today, farthest = self.child.today, self.child.ends(self.child.month + AHEAD_MONTHS)
        terms = {one: term_of(one, self.child) for one in Milestone.objects.all()}
        ahead = {
            one: term
            for one, term in terms.items()
            if not term.is_over(today) and term.begins <= farthest
        }
        offers = offers_for(ahead)
        return [Step(one, term, today, offers.get(one.slug)) for one, term in ahead.items()]

    @cached_property
    def fitting(self):
        """Cards of offers made for this age; what takes place soon comes first.

        Nobody who did not ask is led to an offer for a worry: abortion, addiction, separation.
        """
        keys = self.catalogue.best_fit_first(self._made_for_the_age)[:CONSIDERED].tolist()
        titles = dict(Offer.objects.filter(pk__in=keys).values_list("pk", "title"))
        best = [key for key in keys if not DELICATE.search(fold(titles.get(key, "")))]
        soon = self.catalogue.next_dates(best, timezone.now().timestamp())
        order = sorted(range(len(best)), key=lambda place: (soon[place], place))
        return cards(self.catalogue, [best[place] for place in order[:FITTING]])

    @cached_property
    def this_week(self):
        """The first dates within a week of offers for this age, one of each."""
        last = self.child.today + A_WEEK
        coming = Occurrence.objects.of_published_offers().to_go_to().upcoming().for_list()
        keys = self._keys_made_for_the_age
        found = {}
        for one in coming.filter(offer__in=keys, day__lt=last, has_time=True):
            found.setdefault(one.offer_id, one)
        return list(found.values())[:DATES]

    @cached_property
    def new(self):
        """Offers for this age that the portal has known for a week at most, newest first.

        In the first week of a portal all are new, and that is no news.
        """
        since = timezone.now() - A_WEEK
        if not Offer.objects.filter(created_at__lt=since).exists():
            return []
        found = Offer.objects.published().translated().filter(pk__in=self._keys_made_for_the_age)
        return list(found.filter(created_at__gte=since).order_by("-created_at", "title")[:NEW])

    @property
    def _made_for_the_age(self):
        found = self.catalogue.for_age(self.child.month)
        return found & ~self.catalogue.any_age or found

    @cached_property
    def _keys_made_for_the_age(self):
        return self.catalogue.by_title(self._made_for_the_age).tolist()
