"""Divide the text of a CSV file into rows, as Excel writes them."""

import csv
import re
from collections import Counter
from itertools import islice

from django.utils.translation import gettext as _

from . import formulas
from .cells import Record

LINES_A_RECORD = 200
DELIMITERS = ";,\t|"
LINES_JUDGED = 60
SEPARATOR_LINE = re.compile(r'"?sep=(?P<delimiter>[;,\t|])"?[;,\t]*', re.IGNORECASE)


def records(text, delimiter_of):
    """Yield the rows that are not empty, numbered as a spreadsheet shows them.

    ``delimiter_of`` says what divides the cells of some lines.
    A stray quotation mark costs its own line, not the rest of the file.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    first = 0
    if found := SEPARATOR_LINE.fullmatch(lines[0].strip(" ")):
        delimiter, first = found["delimiter"], 1  # Excel shows no row for it
    else:
        delimiter = delimiter_of(lines)
    row, at = 0, first
    while at < len(lines):
        row += 1
        if not lines[at].strip():
            at += 1
            continue
        taken = (line + "\n" for line in lines[at : at + LINES_A_RECORD])
        reader = csv.reader(taken, delimiter=delimiter, strict=True)
        try:
            cells = tuple(formulas.original(cell).strip() for cell in next(reader))
            yield Record(row, cells)
            at += reader.line_num
        except csv.Error as error:
            is_one_line = reader.line_num == 1
            yield Record(row, (), _why_unreadable(str(error), is_one_line=is_one_line))
            at += 1


def likeliest(lines):
    """Return what divides most lines into the same number of cells, and into many."""
    some = [line + "\n" for line in islice((line for line in lines if line.strip()), LINES_JUDGED)]
    return max(DELIMITERS, key=lambda one: _fits(some, one))


def _fits(lines, delimiter):
    """Return how well a delimiter divides some lines: lines alike times dividing places."""
    widths = Counter()
    try:
        for cells in csv.reader(lines, delimiter=delimiter):
            widths[len(cells)] += 1
    except csv.Error:
        pass  # what could be read so far is judged
    return max((count * (width - 1) for width, count in widths.items()), default=0)


def _why_unreadable(error, *, is_one_line):
    if "field limit" in error:
        return _("Eine Zelle der Zeile ist zu lang.")
    if is_one_line and "expected after" in error:
        return _("Die Zeile lässt sich nicht lesen: ein Anführungszeichen steht falsch.")
    return _("Ein Anführungszeichen wird nicht geschlossen.")
