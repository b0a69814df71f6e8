"""Ages of children: whole months since birth, pregnancy as the months before 0.

A span of ages is a PostgreSQL ``int4range``. In the facts and in every form both
ends are included and an empty end is open; PostgreSQL stores the same span as
``[lower, upper)``. These functions are the only place that knows the difference.
"""

from functools import lru_cache, wraps

from django.db.backends.postgresql.psycopg_any import NumericRange
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

MONTHS_A_YEAR = 12
YOUNGEST = -10
OLDEST = 27 * MONTHS_A_YEAR
OLDEST_ENTERED = 120 * MONTHS_A_YEAR + 11  # "0–99 Jahre" is often said; more is a slip
PREGNANCY_BEGINS = -9
MONTHS_SPOKEN_AS_MONTHS = 23
SPANS_SPOKEN_IN_MONTHS = 47  # "12–36 Monate"
SHORT_SPANS_SPOKEN_IN_MONTHS = 71  # "59–63 Monate": a check-up within one year


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


def may_be_entered(month):
    """Whether lists and forms may say this month; the one limit of all ways in."""
    return YOUNGEST <= month <= OLDEST_ENTERED


def month_of_life(year, month, on):
    """Return how many months old a child born in a month is on a day; before birth below 0."""
    return MONTHS_A_YEAR * (on.year - year) + on.month - month


def first_month(ages):
    """Return the first month of a span, ``None`` if it is open."""
    return None if ages is None else ages.lower


def last_month(ages):
    """Return the last month of a span, ``None`` if it is open."""
    if ages is None or ages.upper is None:
        return None
    return ages.upper - 1


def really_covers(ages, phase):
    """Whether a span of ages (``None`` is any age) is about a phase of life, also given as a span.

    Phases overlap where one leads into the next. A span that only reaches into such a seam is
    not about the phase behind it: it has to cover a quarter of the phase, or lie in it by half.
    """
    begins, ends = _all_months(ages)
    phase_begins, phase_ends = _all_months(phase)
    shared = min(ends, phase_ends) - max(begins, phase_begins) + 1
    return 4 * shared >= phase_ends - phase_begins + 1 or 2 * shared >= ends - begins + 1


def _all_months(ages):
    first, last = first_month(ages), last_month(ages)
    return YOUNGEST if first is None else first, OLDEST if last is None else last


def in_words(month):
    """Say one age of a child in German.

    ``18`` is "18 Monate", ``30`` "2½ Jahre", ``72`` "6 Jahre", ``83`` "6 Jahre und 11 Monate".
    """
    if month < 0:
        return _("Schwangerschaft")
    if month == 0:
        return _("Geburt")
    return _age(month, _months, _years)


def _once_a_language(say):
    """Let a span of months be put into words once for every language; many entries share one."""

    @lru_cache(maxsize=10_000)
    def said(_language, ages):
        return say(ages)

    @wraps(say)
    def in_words_of_now(ages):
        return said(get_language(), ages)

    return in_words_of_now


@_once_a_language
def span_in_words(ages):
    """Say a span of months as parents would: "6–10 Jahre", "Geburt bis zum 3. Geburtstag".

    A child is six until the day it turns seven, so 72 to 131 is "6–10 Jahre". 72 to 132 ends
    with a birthday and says so: a child of eleven and a half is not meant.
    """
    first, last = _shown_ends(ages)
    if last is None:
        return _("jedes Alter") if first is None else _("ab %s") % _dative(first)
    if first is None:
        return _("Schwangerschaft") if last == -1 else _("Schwangerschaft %s") % _until(last)
    if first == last:
        return _single(first)
    if first > 0:
        return _between(first, last)
    if last < 0:
        return _("%(first)d–%(last)d Monate vor der Geburt") % {"first": -first, "last": -last}
    return f"{_from(first)} {_until(last)}"


@_once_a_language
def roughly_in_words(ages):
    """Say a span in whole years, for phases of life: nobody enters them on a certain day.

    70 to 132 is "6–11 Jahre".
    """
    first, last = _shown_ends(ages)
    if first is None or first < 0 or last is None:
        return span_in_words(ages)
    if last <= MONTHS_SPOKEN_AS_MONTHS and not _begins_a_year(last):
        return span_in_words(ages)
    begins, ends = round(first / MONTHS_A_YEAR), last // MONTHS_A_YEAR
    if first == 0 or (first <= MONTHS_SPOKEN_AS_MONTHS and first % MONTHS_A_YEAR):
        return _("%(first)s bis %(last)s") % {"first": in_words(first), "last": _years(ends)}
    if begins >= ends:
        return _years(ends)
    return _range_of_years(begins, ends)


def _range_of_years(first, last):
    """Say years from one to another; the word follows the last number (CLDR, plural ranges)."""
    ends = {"first": first, "last": last}
    return ngettext("%(first)d–%(last)d Jahr", "%(first)d–%(last)d Jahre", last) % ends


def _range_of_months(first, last):
    ends = {"first": first, "last": last}
    return ngettext("%(first)d–%(last)d Monat", "%(first)d–%(last)d Monate", last) % ends


def _shown_ends(ages):
    """Return the ends of a span, ``None`` where they lie beyond what the portal knows."""
    first, last = first_month(ages), last_month(ages)
    if first is not None and first <= PREGNANCY_BEGINS:
        first = None
    if last is not None and last >= OLDEST:
        last = None
    return first, last


def _between(first, last):
    """Say a span after birth: in years where it is one of years, small children's in months."""
    if first == MONTHS_A_YEAR and last == MONTHS_SPOKEN_AS_MONTHS:
        return _range_of_months(first, last)
    if _begins_a_year(first) and _ends_a_year(last):
        years = first // MONTHS_A_YEAR, last // MONTHS_A_YEAR
        return _years(years[0]) if years[0] == years[1] else _range_of_years(*years)
    is_short = last - first < MONTHS_A_YEAR and last <= SHORT_SPANS_SPOKEN_IN_MONTHS
    if last <= SPANS_SPOKEN_IN_MONTHS or is_short:
        return _range_of_months(first, last)
    from_half, until_half = _is_half(first), _is_half(last)
    if (_begins_a_year(first) or from_half) and (_ends_a_year(last) or until_half):
        return _("%(first)s–%(last)s Jahre") % {"first": _number(first), "last": _number(last)}
    return f"{_from(first)} {_until(last)}"


def _begins_a_year(month):
    return month % MONTHS_A_YEAR == 0


def _ends_a_year(month):
    return (month + 1) % MONTHS_A_YEAR == 0


def _is_half(month):
    return month > MONTHS_SPOKEN_AS_MONTHS and month % MONTHS_A_YEAR == MONTHS_A_YEAR // 2


def _number(month):
    return f"{month // MONTHS_A_YEAR}½" if _is_half(month) else str(month // MONTHS_A_YEAR)


def _single(month):
    """Say a span of one month; "6 Jahre" would be a whole year."""
    if month < 0:
        return _from(month)
    return _months(month) if month and _begins_a_year(month) else in_words(month)


def _from(month):
    return _("%s vor der Geburt") % _months(-month) if month < 0 else in_words(month)


def _until(month):
    if month < 0:
        return _("bis %s vor der Geburt") % _months(-month)
    if month == 0:
        return _("bis zur Geburt")
    if _begins_a_year(month):
        return _("bis zum %d. Geburtstag") % (month // MONTHS_A_YEAR)
    if _ends_a_year(month) and month > MONTHS_SPOKEN_AS_MONTHS:
        return _("bis unter %d Jahre") % ((month + 1) // MONTHS_A_YEAR)
    return _("bis %s") % in_words(month)


def _dative(month):
    if month < 0:
        return _("%s vor der Geburt") % _months_dative(-month)
    if month == 0:
        return _("der Geburt")
    return _age(month, _months_dative, _years_dative)


def _age(month, months, years):
    """Say an age after birth; ``months`` and ``years`` say a number of them."""
    number, rest = divmod(month, MONTHS_A_YEAR)
    if not rest:
        return years(number)
    if _is_half(month):
        return years(number, half=True)
    if month <= SPANS_SPOKEN_IN_MONTHS:
        return months(month)
    return _("%(years)s und %(months)s") % {"years": years(number), "months": months(rest)}


def _months(number):
    return ngettext("%d Monat", "%d Monate", number) % number


def _months_dative(number):
    return ngettext("%d Monat", "%d Monaten", number) % number


def _years(number, *, half=False):
    if half:
        return _("%d½ Jahre") % number
    return ngettext("%d Jahr", "%d Jahre", number) % number


def _years_dative(number, *, half=False):
    if half:
        return _("%d½ Jahren") % number
    return ngettext("%d Jahr", "%d Jahren", number) % number
