"""When somebody answers: read from times as they stand, "Mo-Do 8-16, Fr 8-13", "Di, Do bis 19".

Times that nobody can read with certainty ("außerhalb der Praxiszeiten") give ``None``, and so do
those of a line that always answers: neither is ever called closed.
"""

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

import holidays
from django.conf import settings
from django.utils import timezone
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kekiz_portal.lib import languages
from offers.models.schedule import clock, clock_of_end

DAYS = ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"]
DAYS_AHEAD = 14
ALWAYS = {"rund um die Uhr", "täglich rund um die Uhr", "24/7"}
_DAY = rf"(?:{'|'.join(DAYS)})"
_RANGE = rf"{_DAY}(?: ?[-–] ?{_DAY})?"
_CLOCK = r"(?:2[0-3]|[01]?[0-9])(?:[:.][0-5][0-9])?"
_SPAN = rf"{_CLOCK} ?[-–] ?{_CLOCK}"
SEGMENT = re.compile(
    rf"(?:zusätzlich |Telefon: ?|Büro:? )?(?P<days>{_RANGE}(?:(?:, ?| und ){_RANGE})*) "
    rf"(?:(?P<spans>{_SPAN}(?:(?:, ?| und ){_SPAN})*)|bis (?P<later>{_CLOCK}))(?: Uhr)?"
    rf"|{_RANGE}(?:, ?{_RANGE})* (?:zu|geschlossen)"
)
# A comma divides like a semicolon where a clock stands before it and a day behind it.
BETWEEN = re.compile(rf";|(?<=[0-9r]), ?(?={_DAY})")


@dataclass(frozen=True)
class AnsweringHours:
    """From when to when somebody answers, by day of the week; nobody does on public holidays.

    ``is_off`` says of a day whether nobody answers then for another reason.
    """

    by_weekday: dict
    is_off: object = None

    @classmethod
    def read(cls, text, is_off=None):
        """Return the hours that a text says, ``None`` where it says none with certainty."""
        by_weekday = {}
        for segment in BETWEEN.split(text):
            found = SEGMENT.fullmatch(segment.strip())
            if not found:
                return None
            for day in _days(found["days"] or ""):
                spans = by_weekday.setdefault(day, [])
                if found["spans"]:
                    spans.extend(_spans(found["spans"]))
                elif spans:  # "bis 19": longer than on other days
                    spans[-1] = (spans[-1][0], _time(found["later"]))
        if any(start >= end for spans in by_weekday.values() for start, end in spans):
            return None
        return cls({day: sorted(spans) for day, spans in by_weekday.items()}, is_off)

    def answers(self, at):
        """Whether somebody answers at a moment."""
        return self.closing(at) is not None

    def closing(self, at):
        """Return the moment until which somebody answers at ``at``, ``None`` if nobody does."""
        at = timezone.localtime(at)
        for start, end in self._on(at.date()):
            if start <= at.time() < end:
                return _moment(at.date(), end)
        return None

    def next_opening(self, at):
        """Return the next moment after ``at`` from which somebody answers, ``None`` if far off."""
        at = timezone.localtime(at)
        for day in (at.date() + dt.timedelta(days=days) for days in range(DAYS_AHEAD)):
            for start, _end in self._on(day):
                opening = _moment(day, start)
                if opening > at:
                    return opening
        return None

    @property
    def words(self):
        """Say them in the language of the page, days with the same hours together."""
        runs = []
        for day in [day for day, spans in sorted(self.by_weekday.items()) if spans]:
            last = runs[-1][-1] if runs else None
            if last == day - 1 and self.by_weekday[last] == self.by_weekday[day]:
                runs[-1].append(day)
            else:
                runs.append([day])
        return languages.listed(self._said(run) for run in runs)

    def _said(self, run):
        names = dict.fromkeys(str(WEEKDAYS_ABBR[day]) for day in (run[0], run[-1]))
        spans = [
            _("%(start)s–%(end)s Uhr") % {"start": clock(start), "end": clock_of_end(end)}
            for start, end in self.by_weekday[run[0]]
        ]
        return f"{'–'.join(names)} {languages.listed(spans)}"

    def _on(self, day):
        if day in _holidays() or (self.is_off and self.is_off(day)):
            return []
        return self.by_weekday.get(day.weekday(), [])


def hours_said(text):
    """Return hours as they were typed; in another language what can be read, the rest as German.

    The rest is markup that says so.
    """
    if not text or get_language() == settings.LANGUAGE_CODE:
        return text
    if text in ALWAYS:
        return _("rund um die Uhr")
    read = AnsweringHours.read(text)
    return read.words if read else languages.marked_german(text)


def in_words(opening):
    """Say when a line answers again: "heute ab 14:00 Uhr", "Montag ab 9:00 Uhr"."""
    clock = date_format(opening, "G:i")
    days = (timezone.localtime(opening).date() - timezone.localdate()).days
    if days == 0:
        return _("heute ab %s Uhr") % clock
    if days == 1:
        return _("morgen ab %s Uhr") % clock
    return _("%(day)s ab %(clock)s Uhr") % {"day": date_format(opening, "l"), "clock": clock}


def _holidays():
    """Return the public holidays of the city; it grows by each year that is asked for."""
    region = settings.CITY["region"]
    return _holidays_of(region["holidays_country"], region["holidays_subdivision"])


@lru_cache
def _holidays_of(country, subdivision):
    return holidays.country_holidays(country, subdiv=subdivision)


def _days(text):
    for part in re.split(r",| und ", text) if text else []:
        first, *last = (DAYS.index(day) for day in re.findall(_DAY, part))
        yield from range(first, (last[0] if last else first) + 1)


def _spans(text):
    clocks = [_time(clock) for clock in re.findall(_CLOCK, text)]
    return list(zip(clocks[::2], clocks[1::2], strict=True))


def _time(text):
    hour, _sep, minute = text.replace(".", ":").partition(":")
    return dt.time(int(hour), int(minute or 0))


def _moment(day, clock):
    return timezone.make_aware(dt.datetime.combine(day, clock))
