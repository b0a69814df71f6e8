"""Which rows of a sheet name its columns: guessed, or said by a person."""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext as _

from . import limits
from .cells import Covered
from .errors import TableError

LOOKED_AT = 40  # rows; further down no header begins
WIDE_ENOUGH = 0.6  # of the widest row: a title is narrower
ENOUGH_KNOWN = 2
NO_NAME = re.compile(r"[\W\d_]+|\S+@\S+|https?://\S+|.*\d{3}.*", re.DOTALL)  # numbers, addresses
LONGEST = 60
BETWEEN = ": "  # the name of a group of columns and that of one of them


@dataclass(frozen=True)
class Header:
    """The names of the columns, and the rows they stand in, as Excel numbers them."""

    names: list
    first: int
    last: int
    known: int = 0  # columns whose name the asker knows


def find(records, knows):
    """Return the ``Header`` that a sheet seems to have, ``None`` for an empty one.

    ``knows`` says whether somebody knows a name for a column. Raises ``TableError``.
    """
    rows = list(islice((one for one in records if not one.problem), LOOKED_AT))
    if not rows:
        return None
    place = _likeliest(rows, knows)
    for pair in (rows[place - 1 : place + 1] if place else [], rows[place : place + 2]):
        if len(pair) > 1 and _are_one(*pair, knows):
            return _header(pair, knows)
    return _header([rows[place]], knows)


def at(records, first, last, knows):
    """Return the ``Header`` in the rows that somebody has said. Raises ``TableError``."""
    rows = [one for one in islice(records, LOOKED_AT) if first <= one.line <= last]
    if not rows or any(one.problem for one in rows):
        raise TableError(_("In dieser Zeile steht keine Kopfzeile."))
    return _header(rows, knows)


def _likeliest(rows, knows):
    """Return the place of the row with most known names, else the first wide one of names."""
    hits = [sum(knows(cell) for cell in row.cells if cell) for row in rows]
    if max(hits) >= ENOUGH_KNOWN:
        return hits.index(max(hits))
    filled = [len(_filled(row)) for row in rows]
    wide = [n for n, count in enumerate(filled) if count >= WIDE_ENOUGH * max(filled)]
    named = [n for n in wide if all(_is_name(cell) for cell in _filled(rows[n]))]
    return (named or wide)[0]


def _are_one(upper, lower, knows):
    """Whether two rows name the columns together: groups above, or a part of the names each."""
    above, below = _filled(upper), _filled(lower)
    if lower.line != upper.line + 1 or not all(map(_is_name, above + below)):
        return False
    fills = [n for n, cell in enumerate(lower.cells) if cell and not _at(upper, n)]
    if any(isinstance(_at(upper, n), Covered) for n in fills):
        return True
    is_needed = len(set(below)) < len(below) or any(
        cell and not _at(lower, n) for n, cell in enumerate(upper.cells)
    )
    return bool(fills) and len(above) > 1 and is_needed and all(map(knows, below))


def _header(rows, knows):
    names = _combined(*rows) if len(rows) > 1 else list(rows[0].cells)
    names = [" ".join(name.split())[: limits.HEADER_LETTERS] for name in names]
    while names and not names[-1]:
        names.pop()
    if len(names) > limits.COLUMNS:
        raise TableError(_("Die Tabelle hat mehr als %d Spalten.") % limits.COLUMNS)
    if any("\0" in name for name in names):
        raise TableError(
            _("Die Kopfzeile enthält Nullzeichen. Speichern Sie die Datei bitte neu als CSV UTF-8.")
        )
    known = sum(1 for name in names if name and knows(name))
    return Header(_unique(names), rows[0].line, rows[-1].line, known)


def _combined(upper, lower):
    """Join the names of two rows; a group reaches as far as the row below goes on alone."""
    names, group = [], ""
    for number in range(max(len(upper.cells), len(lower.cells))):
        above, below = _at(upper, number), _at(lower, number)
        group = above or (group if below else "")
        if not below or below == group:
            names.append(group)
        else:
            names.append(f"{group}{BETWEEN}{below}" if group else below)
    return names


def _unique(names):
    seen = Counter()
    unique = []
    for number, name in enumerate(names, start=1):
        said = name or _("Spalte %d") % number
        seen[said] += 1
        unique.append(said if seen[said] == 1 else f"{said} ({seen[said]})")
    return unique


def _at(row, number):
    return row.cells[number] if number < len(row.cells) else ""


def _filled(row):
    return [cell for cell in row.cells if cell]


def _is_name(cell):
    return type(cell) is str and len(cell) <= LONGEST and not NO_NAME.fullmatch(cell)
