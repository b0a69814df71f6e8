"""Help now by situation: who answers now comes first, the others say when they do."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from offers.browsing.answering_hours import AnsweringHours, in_words
from offers.models import Helpline

Situation = Helpline.Situation

# In the order of the page, each as one would tap on it.
SHORT = {
    Situation.CRISIS: _("Ich kann nicht mehr"),
    Situation.PREGNANT: _("Schwanger"),
    Situation.VIOLENCE: _("Gewalt"),
    Situation.ILL: _("Gift oder krank"),
    Situation.CHILD: _("Ich bin ein Kind"),
    Situation.PARENTS: _("Sorgen als Eltern"),
}


@dataclass(frozen=True)
class Line:
    """A number; whether somebody certainly answers now, else when, in words, if that is known.

    ``changes_at`` is the moment from which that is different, if it is known.
    """

    helpline: Helpline
    answers_now: bool
    opening: str = ""
    changes_at: dt.datetime | None = None


@dataclass(frozen=True)
class Answers:
    """The numbers of a situation. ``meanwhile`` is one that answers while none of them does."""

    situation: str
    short: str
    label: str
    lines: list
    meanwhile: Line | None


def numbers():
    """Return the numbers of danger, as helplines, and the ``Answers`` of all other situations."""
    now = timezone.now()
    lines = [_line(helpline, now) for helpline in Helpline.objects.for_families()]
    danger = [one.helpline for one in lines if one.helpline.situation == Situation.DANGER]
    always = [
        one for one in lines if one.answers_now and one.helpline.situation == Situation.CRISIS
    ]
    found = []
    for situation, short in SHORT.items():
        if theirs := [one for one in lines if one.helpline.situation == situation]:
            theirs.sort(key=lambda one: (bool(one.opening), not one.helpline.is_local))
            meanwhile = always[0] if always and all(one.opening for one in theirs) else None
            label = Situation(situation).label
            found.append(Answers(situation, short, label, theirs, meanwhile))
    return danger, found


def _line(helpline, now):
    hours = AnsweringHours.read(helpline.hours)
    if hours is None:
        return Line(helpline, helpline.answers_always)
    if closing := hours.closing(now):
        return Line(helpline, answers_now=True, changes_at=closing)
    opening = hours.next_opening(now)
    words = in_words(opening) if opening else ""
    return Line(helpline, answers_now=False, opening=words, changes_at=opening)
