"""When a milestone begins for a child, until when it is to be done, and when it is over."""

import datetime as dt
from dataclasses import dataclass

from lifephases import ages

HAS_NO_END = 24  # months; what goes on longer has no date that presses
ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Term:
    """The time of a milestone in a child's life, in days."""

    begins: dt.date
    ends: dt.date | None  # the last day to do it, ``None`` where nothing presses
    over: dt.date | None  # the first day on which it is too late even for who missed that

    def has_begun(self, today):
        return self.begins <= today

    def is_over(self, today):
        return self.over is not None and self.over <= today


def term_of(milestone, child):
    """Return the time of a milestone for a child: by its age, or by the school year."""
    if milestone.cutoff_day:
        return _in_school_years(milestone, child)
    first, last = milestone.first_month, milestone.last_month
    begins = child.begins(ages.YOUNGEST if first is None else first)
    ends = milestone.last_chance(max(begins, child.today)) or _end_of_age(milestone, child)
    return Term(begins, ends, None if last is None else child.begins(last + 1))


def _in_school_years(milestone, child):
    begins, over = milestone.school_years(child.born)
    if not milestone.before_day and not milestone.goes_on:
        return Term(begins, None, begins + ONE_DAY)
    return Term(begins, milestone.last_chance(begins), over)


def _end_of_age(milestone, child):
    first, last = milestone.first_month, milestone.last_month
    if last is None or milestone.goes_on:
        return None
    begun = child.month if first is None else max(first, child.month)
    return None if last - begun > HAS_NO_END else child.ends(last)
