"""Whether somebody answers now, and if not, from when on; nothing where that is not certain."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from offers.browsing.answering_hours import AnsweringHours
from offers.catalogue import held
from offers.catalogue.catalogue import of_no_entry
from offers.models import ClosingDay
from offers.models.schedule import clock

A_WEEK = 7  # days; further off a day has its date


@dataclass(frozen=True)
class Reachable:
    """``now`` or not, in ``words``, true until a moment (``changes_at``)."""

    now: bool
    words: str
    changes_at: dt.datetime


def reachable(offer, asked, at=None):
    """Return when the first channel of ``WhomToAsk`` answers, ``None`` if nobody knows.

    The hours stand beside the number, or among the schedules of an offer by telephone.
    """
    at = at or timezone.now()
    channel = asked.channels[0]
    if not channel.phone:
        return None
    provider = None if asked.is_city else offer.provider_id
    hours = AnsweringHours.read(channel.relied_on, _days_off(provider))
    if hours:
        return _said(hours.closing(at), hours.next_opening(at), at)
    return _by_its_schedules(offer, at) if asked.is_own and not channel.hours else None


def _by_its_schedules(offer, at):
    if not any(place.mode == place.Mode.PHONE for place in offer.places.all()):
        return None
    coming = offer.occurrences.upcoming(at).to_call().filter(has_time=True, ends_at__isnull=False)
    if not (first := coming.first()):
        return None
    return _said(first.ends_at if first.starts_at <= at else None, first.starts_at, at)


def _said(closing, opening, at):
    if closing:
        end = _("Jetzt erreichbar bis %s Uhr") % clock(timezone.localtime(closing).time())
        return Reachable(now=True, words=end, changes_at=closing)
    if not opening:
        return None
    start = timezone.localtime(opening)
    midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    tomorrow = midnight + dt.timedelta(days=1)
    words = _("Erreichbar %(day)s %(clock)s Uhr") % {
        "day": _day(start, timezone.localdate(at)),
        "clock": clock(start.time()),
    }
    return Reachable(now=False, words=words, changes_at=min(opening, tomorrow))


def _day(start, today):
    days = (start.date() - today).days
    if days == 0:
        return _("heute ab")
    if days == 1:
        return _("morgen ab")
    if days < A_WEEK:
        return _("ab %s,") % date_format(start, "l")
    return _("ab %s,") % date_format(start, "MONTH_DAY_FORMAT")


def _days_off(provider):
    """Return what says of a day whether the city or an institution is closed."""
    closing_days = held.current().once(
        "closing days", lambda: list(ClosingDay.objects.all()), entries=of_no_entry
    )
    closed = [one for one in closing_days if one.institution_id in {None, provider}]
    return lambda day: any(one.stretches(day, day) for one in closed)
