"""Read ages as lists write them: "6–12 Monate", "ab 14", "3 Jahre", "0,25", "U3"."""

import re
import unicodedata
from decimal import Decimal

from . import ages
from .ages import MONTHS_A_YEAR

YEARS, MONTHS, WEEKS = "j", "m", "w"
MONTHS_A_WEEK = Decimal(12) / Decimal(52)
ANY = {"alle", "jedes", "alle altersgruppen", "jeder", "offen", "egal"}  # without FILLERS
NUMBER = r"(?P<{0}>\d{{1,3}}(?:[.,]\d{{1,2}})?)"
UNIT = r" ?(?P<{1}>(?:jahr|jähr|monat|woche)\w*|jhr?e?\b|[jmw]\b|mon\b|wo\b)?"
ONE = NUMBER + UNIT
FILLERS = re.compile(
    r"\b(?:im alter|alter|kinder|jugendliche|kind|von|zwischen|ca|etwa|circa|alt|zu|zum|zur|der)\b"
    r"|\beinschließlich\b"
)
FROM = re.compile(rf"(?:ab|über|ü|mindestens|mind) ?{ONE.format('number', 'unit')}")
OPEN = re.compile(rf"{ONE.format('number', 'unit')} ?(?:\+|(?:und|oder|u) (?:älter|mehr)|plus)")
UP_TO = re.compile(rf"(?:bis|maximal|max|höchstens) {ONE.format('number', 'unit')}")
UNDER = re.compile(rf"(?:unter|u|jünger als) ?{ONE.format('number', 'unit')}")
BETWEEN = re.compile(
    rf"{ONE.format('number', 'unit')} ?(?:-|bis|und) ?(?P<under>unter )?{ONE.format('end', 'last')}"
)
EXACT = re.compile(ONE.format("number", "unit"))
WORDS = {"geburt": "0 monate", "ersten": "1"}
BIRTHDAY = re.compile(r"\b(\d{1,2}) +geburtstag\b")  # that day is included
YEARS_AND_MONTHS = re.compile(r"\b(\d{1,2}) jahre?n? und (\d{1,2}) monate?n?\b")


def read(text):
    """Return first and last month of the ages a text means, ``None`` for an open end.

    Numbers without a unit are years. Raises ``ValueError`` for what is no age.
    """
    said = _plain(text)
    if said in ANY:
        return None, None
    first, last = _ends(said)
    for month in (first, last):
        if month is not None and not ages.may_be_entered(month):
            raise ValueError(text)
    ages.span(first, last)
    return first, last


def month(text, unit=YEARS, *, is_last=False):
    """Return the month at which one age begins, or ends: "3", "0,25", "6 Monate".

    ``unit`` is that of a number alone. Raises ``ValueError``.
    """
    found = EXACT.fullmatch(_plain(text))
    if not found:
        raise ValueError(text)
    result = _month(found["number"], _unit(found["unit"]) or unit, is_last=is_last)
    if not ages.may_be_entered(result):
        raise ValueError(text)
    return result


def _ends(said):
    begins_before_birth = said.startswith("schwangerschaft")
    said = said.removeprefix("schwangerschaft").strip(" -") if begins_before_birth else said
    if begins_before_birth:
        first = ages.PREGNANCY_BEGINS
        return (first, -1) if not said else (first, _ends(said)[1])
    if found := FROM.fullmatch(said) or OPEN.fullmatch(said):
        return _month(found["number"], _unit(found["unit"]) or YEARS), None
    if found := UNDER.fullmatch(said):
        return 0, _month(found["number"], _unit(found["unit"]) or YEARS) - 1
    if found := UP_TO.fullmatch(said):
        return 0, _month(found["number"], _unit(found["unit"]) or YEARS, is_last=True)
    if found := BETWEEN.fullmatch(said):
        return _between(found)
    if found := EXACT.fullmatch(said):
        unit = _unit(found["unit"]) or YEARS
        return _month(found["number"], unit), _month(found["number"], unit, is_last=True)
    raise ValueError(said)


def _between(found):
    """The unit of the end holds for both, unless the beginning has its own."""
    end_unit = _unit(found["last"]) or _unit(found["unit"]) or YEARS
    first = _month(found["number"], _unit(found["unit"]) or end_unit)
    if found["under"]:
        return first, _month(found["end"], end_unit) - 1
    return first, _month(found["end"], end_unit, is_last=True)


def _month(number, unit, *, is_last=False):
    """A child is six until the day it turns seven; half a year lasts six months."""
    number = Decimal(number.replace(",", "."))
    if unit == MONTHS:
        return int(number)
    if unit == WEEKS:
        return int(number * MONTHS_A_WEEK)
    months = number * MONTHS_A_YEAR
    if months != int(months):
        msg = "An age is a whole number of months."
        raise ValueError(msg)
    lasts = {0: 11, 6: 5, 3: 2, 9: 2}.get(int(months) % MONTHS_A_YEAR, 0)
    return int(months) + (lasts if is_last else 0)


def _unit(word):
    if not word:
        return ""
    return YEARS if word.startswith("j") else word[0]


def _plain(text):
    said = re.sub(r"(?<=\d)(?: ?½| 1/2\b)", ",5", str(text))
    said = unicodedata.normalize("NFKC", said).lower()
    said = re.sub(r"[‐-―−]", "-", said)
    said = re.sub(r"(?<=\w)\.(?!\d)|[()]", " ", said)
    for word, number in WORDS.items():
        said = re.sub(rf"\b{word}\b", number, said)
    said = BIRTHDAY.sub(lambda found: _in_months(found[1]), said)
    said = YEARS_AND_MONTHS.sub(lambda found: _in_months(*found.groups()), said)
    return " ".join(FILLERS.sub(" ", said).split())


def _in_months(years, months=0):
    return f"{int(years) * MONTHS_A_YEAR + int(months)} monate"
