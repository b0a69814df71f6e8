"""When a help line answers: read from its times as they stand, "Mo-Fr 9-17; Di, Do bis 19".

Times that nobody can read with certainty ("außerhalb der Praxiszeiten") give ``None``, and so do
those of a line that always answers: neither is ever called closed.
"""

import datetime as dt
import re
from dataclasses import dataclass

import holidays
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

DAYS = ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"]
DAYS_AHEAD = 14
_DAY = rf"(?:{'|'.join(DAYS)})"
_RANGE = rf"{_DAY}(?: ?[-–] ?{_DAY})?"
_CLOCK = r"[0-9]{1,2}(?:[:.][0-9]{2})?"
SEGMENT = re.compile(
    rf"(?:zusätzlich )?(?P<days>{_RANGE}(?:, ?{_RANGE})*) "
    rf"(?:(?P<start>{_CLOCK}) ?[-–] ?|bis )(?P<end>{_CLOCK})(?: Uhr)?"
)


@dataclass(frozen=True)
class AnsweringHours:
    """From when to when a line answers, by day of the week; none on public holidays."""

    by_weekday: dict

    @classmethod
    def read(cls, text):
        """Return the hours that a text says, ``None`` where it says none with certainty."""
        by_weekday = {}
        for segment in text.split(";"):
            found = SEGMENT.fullmatch(segment.strip())
            if not found:
                return None
            for day in _days(found["days"]):
                spans = by_weekday.setdefault(day, [])
                if found["start"]:
                    spans.append((_time(found["start"]), _time(found["end"])))
                elif spans:  # "bis 19": longer than on other days
                    spans[-1] = (spans[-1][0], _time(found["end"]))
        return cls({day: sorted(spans) for day, spans in by_weekday.items()})

    def answers(self, at):
        """Whether somebody answers at a moment."""
        at = timezone.localtime(at)
        return any(start <= at.time() < end for start, end in self._on(at.date()))

    def next_opening(self, at):
        """Return the next moment after ``at`` from which somebody answers, ``None`` if far off."""
        at = timezone.localtime(at)
        for day in (at.date() + dt.timedelta(days=days) for days in range(DAYS_AHEAD)):
            for start, _end in self._on(day):
                opening = timezone.make_aware(dt.datetime.combine(day, start))
                if opening > at:
                    return opening
        return None

    def _on(self, day):
        return [] if day in _holidays(day.year) else self.by_weekday.get(day.weekday(), [])


def in_words(opening):
    """Say when a line answers again: "heute ab 14:00 Uhr", "Montag ab 9:00 Uhr"."""
    clock = date_format(opening, "G:i")
    days = (timezone.localtime(opening).date() - timezone.localdate()).days
    if days == 0:
        return _("heute ab %s Uhr") % clock
    if days == 1:
        return _("morgen ab %s Uhr") % clock
    return _("%(day)s ab %(clock)s Uhr") % {"day": date_format(opening, "l"), "clock": clock}


def _holidays(year):
    region = settings.CITY["region"]
    return holidays.country_holidays(
        region["holidays_country"], subdiv=region["holidays_subdivision"], years=year
    )


def _days(text):
    for part in text.split(","):
        first, *last = (DAYS.index(day) for day in re.findall(_DAY, part))
        yield from range(first, (last[0] if last else first) + 1)


def _time(text):
    hour, _sep, minute = text.replace(".", ":").partition(":")
    return dt.time(int(hour), int(minute or 0))
