"""Ages of children: whole months since birth, pregnancy as the months before 0.

A span of ages is a PostgreSQL ``int4range``. In the facts and in every form both
ends are included and an empty end is open; PostgreSQL stores the same span as
``[lower, upper)``. These functions are the only place that knows the difference.
"""

from django.db.backends.postgresql.psycopg_any import NumericRange
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MONTHS_A_YEAR = 12
YOUNGEST = -10
OLDEST = 27 * MONTHS_A_YEAR
MONTHS_SPOKEN_AS_MONTHS = 23


def span(first, last):
    """Return the span from month ``first`` to month ``last``, both included.

    ``None`` leaves an end open. Two open ends give ``None``: any age.
    Raises ``ValueError`` if the span ends before it starts.
    """
    if first is None and last is None:
        return None
    if first is not None and last is not None and last < first:
        msg = "An age span must not end before it starts."
        raise ValueError(msg)
    return NumericRange(first, None if last is None else last + 1, "[)")


def first_month(ages):
    """Return the first month of a span, ``None`` if it is open."""
    return None if ages is None else ages.lower


def last_month(ages):
    """Return the last month of a span, ``None`` if it is open."""
    if ages is None or ages.upper is None:
        return None
    return ages.upper - 1


def in_words(month):
    """Say one age of a child in German: ``18`` is "18 Monate", ``42`` "3 Jahre"."""
    if month < 0:
        return _("Schwangerschaft")
    if month == 0:
        return _("Geburt")
    if month <= MONTHS_SPOKEN_AS_MONTHS and month % MONTHS_A_YEAR:
        return ngettext("%d Monat", "%d Monate", month) % month
    years = month // MONTHS_A_YEAR
    return ngettext("%d Jahr", "%d Jahre", years) % years


def span_in_words(ages):
    """Say a span of months as parents would: "6–10 Jahre", "Geburt bis 3 Jahre".

    A child is six until the day it turns seven, so a span that ends with the last
    month of a year is named by that year: 72 to 131 is "6–10 Jahre".
    """
    first, last = first_month(ages), last_month(ages)
    if last is not None and last >= OLDEST - 1:
        last = None
    if first is not None and first <= YOUNGEST:
        first = None
    if first is None and last is None:
        return _("jedes Alter")
    if last is None:
        return _("ab %s") % _dative(first)
    if first is None or first < 0:
        return _("Schwangerschaft") if last <= 0 else _up_to(last)
    if first == last:
        return in_words(first)
    if first == 0:
        return _("Geburt bis %s") % in_words(last)
    return _between_birthdays(first, last)


def _up_to(last):
    return _("Schwangerschaft bis %s") % in_words(last)


def _dative(month):
    if month < 0:
        return _("der Schwangerschaft")
    if month == 0:
        return _("der Geburt")
    if month <= MONTHS_SPOKEN_AS_MONTHS and month % MONTHS_A_YEAR:
        return ngettext("%d Monat", "%d Monaten", month) % month
    years = month // MONTHS_A_YEAR
    return ngettext("%d Jahr", "%d Jahren", years) % years


def _between_birthdays(first, last):
    if last <= MONTHS_SPOKEN_AS_MONTHS:
        return _("%(first)d–%(last)d Monate") % {"first": first, "last": last}
    if first <= MONTHS_SPOKEN_AS_MONTHS and first % MONTHS_A_YEAR:
        return _("%(first)s bis %(last)s") % {"first": in_words(first), "last": in_words(last)}
    years = first // MONTHS_A_YEAR, last // MONTHS_A_YEAR
    if years[0] == years[1]:
        return in_words(first)
    return _("%(first)d–%(last)d Jahre") % {"first": years[0], "last": years[1]}
