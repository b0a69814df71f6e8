"""What a title says about age, as a question to the database: does the span fit?

Only clear contradictions count. A word such as "Grundschule" allows every span that touches
its years; a number such as "ab 6" allows a year on either side, because spans are kept in
months and titles are written for people.
"""

from django.db import models
from django.db.backends.postgresql.psycopg_any import NumericRange
from django.db.models import F, Func, IntegerField, Q, Value
from django.db.models.functions import Cast, Lower
from django.db.models.lookups import GreaterThan, GreaterThanOrEqual, LessThanOrEqual

from lifephases.ages import MONTHS_A_YEAR, YOUNGEST

# PostgreSQL's regular expressions; \m and \M are the start and the end of a word.
SPANS_OF_WORDS = {
    r"schwanger(?!.*bis)|geburtsvorbereitung": (YOUNGEST, 1),
    r"\m(?:neugeborene|wochenbett)": (YOUNGEST, 12),
    r"\mbab(?:y|ys|ies)\M|\mbaby(?!sitt)": (YOUNGEST, 36),
    r"\mkrabbel": (0, 48),
    r"\m(?:kita|kindergarten|vorschul)\w*kind": (0, 96),
    r"\m(?:grundschul|erstkläss|zweitkläss|drittkläss|viertkläss)": (48, 156),
    r"\mteen(?:ie|s|ager)": (108, 240),
    r"\mjugendliche[nr]?\M": (120, 336),
}
NO_YEARS = r"(?!\s*(?:uhr|monat|woche|tag|euro|klasse|€|%|[.:]\s*\d|\.\s*(?:klasse|monat|woche)))"
FROM_YEARS = rf"\mab (?:dem alter von )?(\d{{1,2}})(?!\d){NO_YEARS}"
UNDER_YEARS = rf"\munter (\d{{1,2}})(?!\d){NO_YEARS}"
BETWEEN_FROM = r"(?<![\d.,])(\d{1,2})\s*(?:-|–|bis)\s*\d{1,2}\s*(?:jahr|\)|$)"
BETWEEN_TO = r"(?<![\d.,])\d{1,2}\s*(?:-|–|bis)\s*(\d{1,2})\s*(?:jahr|\)|$)"
HALF_A_YEAR = MONTHS_A_YEAR // 2


def contradicts_title():
    """Return the condition that a title names an age and the span says another one."""
    condition = Q()
    for words, (first, end) in SPANS_OF_WORDS.items():
        condition |= Q(title__iregex=words) & ~Q(ages__overlap=NumericRange(first, end))
    return Q(ages__isnull=False) & (condition | _starts_elsewhere() | _ends_elsewhere())


def _starts_elsewhere():
    named = [_months(FROM_YEARS), _months(BETWEEN_FROM)]
    return _is_far("startswith", named[0]) | _is_far("startswith", named[1])


def _ends_elsewhere():
    """A child is ten until it turns eleven, so "6–10" may end with either birthday."""
    between = _months(BETWEEN_TO) + Value(HALF_A_YEAR)
    return _is_far("endswith", _months(UNDER_YEARS)) | _is_far(
        "endswith", between, by=MONTHS_A_YEAR + HALF_A_YEAR
    )


def _is_far(end, months, by=MONTHS_A_YEAR):
    """Whether an end of the span is that far from a number; where there is none, nothing is."""
    above = GreaterThanOrEqual(F(f"ages__{end}"), months + Value(by))
    below = LessThanOrEqual(F(f"ages__{end}"), months - Value(by))
    is_open = Q(**{f"ages__{end}": None}) & Q(GreaterThan(months, Value(0)))
    return Q(above) | Q(below) | is_open


def _months(pattern):
    return Cast(_Captured(Lower("title"), Value(pattern)), IntegerField()) * Value(MONTHS_A_YEAR)


class _Captured(Func):
    """The first group of a regular expression in a text, or NULL."""

    function = "SUBSTRING"
    arg_joiner = " FROM "
    output_field = models.TextField()
