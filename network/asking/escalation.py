"""What follows when nobody answers: the only place of the rule, moved along once a day.

letter ─▶ second letter ─▶ call desk ─▶ note to families ─▶ hidden (docs/asking.md), each so many
weeks after the step before as ``settings.ESCALATION`` says; a step of 0 weeks is left out.
"""

import datetime as dt
from collections import defaultdict

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.models import HouseLetter
from offers.models import Institution, Offer, Pursuit

from . import letters, whom

Step = Pursuit.Step
WRITTEN = (Step.LETTER, Step.SECOND_LETTER)
QUIET_DAYS = 28  # a house with something new is left alone so long after any letter


def move():
    """Move every entry that is due to where the rule says it is today; safe to repeat."""
    today = timezone.localdate()
    _forget_and_wait(today)
    houses = _houses()
    reached = whom.recipients(Institution.objects.filter(pk__in=houses))
    sent_back = _last_letter_came_back(houses)
    for house, entries in houses.items():
        is_reached = house in reached and house not in sent_back
        _move_house(house, entries, today, is_reached=is_reached)
    letters.call_worker()  # now that all are wanted: those to one mailbox leave in one mail


def next_step(step):
    """Return the step after one (the first after None) and in how many weeks, None at the end."""
    steps = Step.values
    later = steps[steps.index(step) + 1 :] if step else steps[1:]
    rule = ((one, settings.ESCALATION[one]) for one in later)
    return next(((Step(one), weeks) for one, weeks in rule if weeks), None)


def in_words():
    """Return the rule as the office reads it."""
    if not settings.ASKS_INSTITUTIONS:
        return _("Briefe schreibt zurzeit nur die Redaktion von Hand (city.toml).")
    weeks = {step: weeks for step, weeks in settings.ESCALATION.items() if weeks}
    named = (
        f"{Step(step).label} ({_('nach %d Wochen') % number})" for step, number in weeks.items()
    )
    return _("So geht es von selbst weiter: Brief, %s.") % ", ".join(named)


def is_to_move(pursuit, today):
    """Return the step that an entry has come to be due for on a day, None if it stays."""
    following = next_step(pursuit.step)
    if following is None:
        return None
    step, weeks = following
    return step if pursuit.since + dt.timedelta(weeks=weeks) <= today else None


@transaction.atomic
def _forget_and_wait(today):
    """End what is confirmed or gone; the time of what waits for the office stands still."""
    kept = Offer.objects.meant_for_readers()
    due = kept.due().order_by().values("pk")
    Pursuit.objects.exclude(offer__in=due).delete()
    waiting = kept.said_to_the_office().order_by().values("pk")
    Pursuit.objects.filter(offer__in=waiting).update(since=today)
    in_need = kept.staying_visible().order_by().values("pk")
    _set(Pursuit.objects.hidden().filter(offer__in=in_need), Step.NOTE, today)


def _houses():
    """Return the entries to ask about by the key of their institution, each with its pursuit."""
    houses = defaultdict(list)
    asked = Offer.objects.meant_for_readers().to_ask_about().select_related("pursuit")
    for offer in asked.order_by("provider", "pk"):
        houses[offer.provider_id].append(offer)
    return houses


def _last_letter_came_back(houses):
    """Return the keys of those houses whose newest letter of the last weeks came back.

    Later it is tried again: the office may have put the address right.
    """
    left = HouseLetter.objects.to_houses().of_days(QUIET_DAYS).filter(begun_at__isnull=False)
    left = left.filter(institution__in=houses)
    newest = left.order_by("institution_id", "-begun_at", "-pk").distinct("institution_id")
    return {one.institution_id for one in newest if one.refused_with or one.returned_at}


@transaction.atomic
def _move_house(house, entries, today, *, is_reached):
    pursuits = {one.pk: getattr(one, "pursuit", None) for one in entries}
    new = [key for key, pursuit in pursuits.items() if pursuit is None]
    known = [pursuit for pursuit in pursuits.values() if pursuit is not None]
    if not is_reached:
        _begin(new, Step.CALL, today)
        _set([one for one in known if one.step in WRITTEN], Step.CALL, today)
        known = [one for one in known if one.step not in WRITTEN]
    else:
        last = HouseLetter.objects.to_houses().of_days(QUIET_DAYS).filter(institution=house).first()
        new = _begin_with_a_letter_of_the_office(last, new, today)
        again = [one for one in known if is_to_move(one, today) == Step.SECOND_LETTER]
        if again or (new and last is None):
            _write(house, new, again, today)
        known = [one for one in known if one not in again]
    for step in (Step.CALL, Step.NOTE, Step.HIDDEN):
        moved = [one for one in known if is_to_move(one, today) == step]
        _set(_not_needed(moved) if step == Step.HIDDEN else moved, step, today)


def _not_needed(pursuits):
    """Leave out those of entries that help in need."""
    offers = Offer.objects.filter(pk__in=[one.offer_id for one in pursuits])
    in_need = set(offers.staying_visible().values_list("pk", flat=True))
    return [one for one in pursuits if one.offer_id not in in_need]


def _write(house, new, again, today):
    """Write to a house; where the week has a letter already, all wait for another day."""
    if letters.want(Institution.objects.filter(pk=house)):
        _begin(new, Step.LETTER, today)
        _set(again, Step.SECOND_LETTER, today)


def _begin_with_a_letter_of_the_office(last, new, today):
    """Let entries that a letter of the last weeks asked about count from its day; return the rest.

    Somebody in the office may have asked by hand before the clock did.
    """
    if not new or last is None:
        return new
    day = min(last.week.lower, today)
    asked = Offer.objects.filter(pk__in=new).due(day).order_by().values_list("pk", flat=True)
    asked = set(asked)
    _begin(asked, Step.LETTER, day)
    return [key for key in new if key not in asked]


def _begin(offers, step, day):
    if offers:
        rows = [Pursuit(offer_id=key, step=step, since=day) for key in offers]
        Pursuit.objects.bulk_create(rows, ignore_conflicts=True)


def _set(pursuits, step, day):
    """Move each by itself, so that its history knows; what was confirmed meanwhile is gone."""
    those = Pursuit.objects.filter(pk__in=[one.pk for one in pursuits])
    for one in those.select_for_update().order_by("pk"):
        one.step, one.since = step, day
        one.save()
