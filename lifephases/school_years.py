"""School years: in all of Germany they begin on 1 August (Hamburg agreement of the Länder, § 1).

Whom one concerns is decided by the age on a day that each Land sets, in North Rhine-Westphalia
30 September: who is six by then goes to school from 1 August of that year.
"""

import datetime as dt

from . import ages

BEGIN_MONTH = 8
ONE_DAY = dt.timedelta(days=1)


def begin(year):
    """Return the first day of the school year that begins in a calendar year."""
    return dt.date(year, BEGIN_MONTH, 1)


def age_by(born, cutoff):
    """Return how many months old a child born in a month surely is by the end of a day."""
    next_day = cutoff + ONE_DAY
    return ages.month_of_life(born.year, born.month, next_day) - 1


def first_year(born, months, month, day):
    """Return the first calendar year in which a child is so many months old by a day of it."""
    lacking = months - age_by(born, dt.date(born.year, month, day))
    return born.year - (-lacking // ages.MONTHS_A_YEAR)
