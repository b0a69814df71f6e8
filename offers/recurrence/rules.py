"""Recurrence rules of RFC 5545, as far as offers need them: by days, without a start of their own.

A rule is stored in capitals, such as ``FREQ=WEEKLY;BYDAY=TU,TH``; its start and its end
are fields of the schedule.
"""

import datetime as dt
import re
from itertools import islice

from dateutil.rrule import rrulestr
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

SOME_DAY = dt.datetime(2000, 1, 1)  # noqa: DTZ001, rules are local
# From here the calendar of datetime lasts 40 years more, in which every day of the year has been
# on every weekday: a rule without a date is looked for no longer, instead of for 8,000 years.
NEAR_THE_END = dt.datetime(9960, 1, 1)  # noqa: DTZ001
WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
WHOLE_NUMBER = r"[1-9][0-9]{0,2}"
DAY = "([-+]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)"


def _listed(one):
    return f"{one}(,{one})*"


PARTS = {
    "FREQ": "DAILY|WEEKLY|MONTHLY|YEARLY",
    "INTERVAL": WHOLE_NUMBER,
    "COUNT": WHOLE_NUMBER,
    "UNTIL": "[0-9]{8}(T[0-9]{6})?",
    "WKST": "MO|SU",
    "BYDAY": _listed(DAY),
    "BYMONTH": _listed("([1-9]|1[0-2])"),
    "BYMONTHDAY": _listed("-?([1-9]|[12][0-9]|3[01])"),
    "BYWEEKNO": _listed("-?([1-9]|[1-4][0-9]|5[0-3])"),
    "BYSETPOS": _listed("-?[1-5]"),
}
EVERY_WEEK = re.compile(r"FREQ=(DAILY|WEEKLY)(;(BYDAY|WKST)=[A-Z,]+|;INTERVAL=1)*")

_NAMES_ITS_DAYS = Q(rrule__regex="BY(DAY|MONTHDAY|WEEKNO)=") | Q(rrule__contains="DAILY")
COUNTS_FROM_ITS_START = (
    Q(rrule__contains="COUNT=") | Q(rrule__regex="INTERVAL=([2-9]|1[0-9])") | ~_NAMES_ITS_DAYS
)


def validate_rrule(text):
    """Raise ``ValidationError`` unless ``text`` is a rule that an offer can follow."""
    pairs = _pairs(text.upper())
    names = [name for name, _value in pairs]
    if (
        "FREQ" not in names
        or len(names) > len(set(names))
        or not all(_says(*pair) for pair in pairs)
    ):
        raise ValidationError(
            _("Eine Regel wiederholt sich nach Tagen, Wochen, Monaten oder Jahren.")
        )
    try:
        rule = rrulestr(text.upper(), dtstart=SOME_DAY)
    except ValueError as error:
        raise ValidationError(_("Das ist keine Wiederholungsregel nach RFC 5545.")) from error
    if not _may_have_a_date(pairs) or ("INTERVAL" not in names and _has_no_date(rule)):
        raise ValidationError(_("Nach dieser Wiederholung gibt es keinen einzigen Termin."))


def _may_have_a_date(pairs):
    """Whether the calendar has a day as the rule wants it, whenever it begins and ends."""
    days = ((name, value) for name, value in pairs if name not in {"INTERVAL", "COUNT", "UNTIL"})
    text = ";".join(f"{name}={value}" for name, value in days)
    return not _has_no_date(rrulestr(text, dtstart=NEAR_THE_END))


def _has_no_date(rule):
    return next(iter(rule), None) is None


def days_between(rrule, start, first, last):
    """Return the days of a valid rule from ``first`` to ``last``, counted from ``start``."""
    parts = dict(_pairs(rrule))
    count = int(parts.pop("COUNT", 0)) or None
    parts["UNTIL"] = min(f"{last.year:04}{last:%m%d}", parts.get("UNTIL", "99991231")[:8])
    text = ";".join(f"{name}={value}" for name, value in parts.items())
    moments = islice(rrulestr(text, dtstart=dt.datetime.combine(start, dt.time.min)), count)
    return [moment.date() for moment in moments if moment.date() >= first]


def is_every_week(rrule):
    """Tell whether weekdays alone say the rule: weekly or daily, at all times of the year."""
    return EVERY_WEEK.fullmatch(rrule) is not None


def weekdays_of(rrule):
    """Return the weekdays (0 is Monday) that a rule says by itself if it ``is_every_week``."""
    named = dict(_pairs(rrule)).get("BYDAY")
    return sorted(map(WEEKDAYS.index, named.split(","))) if named else list(range(len(WEEKDAYS)))


def _pairs(rrule):
    return [part.partition("=")[::2] for part in rrule.split(";")]


def _says(name, value):
    return name in PARTS and re.fullmatch(PARTS[name], value) is not None
