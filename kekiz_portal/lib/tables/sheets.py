"""One sheet of a document as a table: its columns by name and the rows below, each as wide."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import headers, limits
from .cells import Record
from .errors import TableError, sentence

LOST = "\ufffd"  # what programs write for a letter they could not read
PREVIEWED = 15


@dataclass(frozen=True)
class Choice:
    """What somebody has said about how a file is read; by default it is guessed."""

    sheet: int | None = None
    first: int | None = None  # the row of the header, as Excel numbers it
    last: int | None = None


@dataclass
class Table:
    """A header and the rows below it; ``records`` can be gone through once."""

    header: list
    records: Iterator
    sheet: int = 0
    first: int = 1
    last: int = 1
    notes: list = field(default_factory=list)


def table(document, choice=None, knows=lambda _name: False):
    """Return the ``Table`` in a document. Raises ``TableError``.

    ``choice`` is a ``Choice``; ``knows`` says whether a name means a column to whoever asks.
    """
    choice = choice or Choice()
    sheet, header = choice.sheet, None
    if sheet is None:
        sheet, header = _likeliest(document, knows)
    if choice.first:
        last = choice.last or choice.first
        header = headers.at(document.records(sheet), choice.first, last, knows)
    elif header is None:
        header = headers.find(document.records(sheet), knows)
    if header is None:
        _refuse_unreadable(document, sheet)
        raise TableError(_("Die Datei ist leer."))
    return Table(
        header.names,
        _rows(document.records(sheet), header),
        sheet,
        header.first,
        header.last,
        _notes(document, sheet),
    )


def beginning(document, sheet):
    """Return the first rows of a sheet, for a person to see where its header is."""
    return list(islice(document.records(sheet), PREVIEWED))


def _likeliest(document, knows):
    """Return the sheet with the most known columns, else the one with the most cells."""
    best, most, found = 0, (-1, -1), None
    for number, about in enumerate(document.sheets):
        header = headers.find(document.records(number), knows)
        if header is not None:
            worth = (header.known, len(header.names) * about["rows"])
            if worth > most:
                best, most, found = number, worth, header
    return best, found


def _refuse_unreadable(document, sheet):
    for record in document.records(sheet):
        if record.problem:
            raise TableError(
                _("Zeile %(line)d: %(problem)s") % {"line": record.line, "problem": record.problem}
            )


def _rows(records, header):
    """Yield the rows below the header, each as wide, at most ``limits.ROWS``."""
    width, count = len(header.names), 0
    names = None
    for record in records:
        if record.line == header.last:
            names = record.cells
        if record.line <= header.last:
            continue
        count += 1
        if count > limits.ROWS:
            raise TableError(sentence("too many rows", {}))
        if record.cells == names:
            yield Record(record.line, (), _("Die Zeile wiederholt die Kopfzeile."))
        else:
            yield _fitted(record, width)


def _fitted(record, width):
    if record.problem:
        return record
    if any("\0" in cell for cell in record.cells):
        return Record(record.line, (), _("Die Zeile enthält ein Nullzeichen."))
    if any(LOST in cell for cell in record.cells):
        reason = _("In der Zeile steht „�“: Ein Buchstabe ist verloren gegangen.")
        return Record(record.line, (), reason)
    if any(record.cells[width:]):
        extra = len(record.cells) - width
        reason = ngettext(
            "Die Zeile hat %d Feld mehr als die Kopfzeile.",
            "Die Zeile hat %d Felder mehr als die Kopfzeile.",
            extra,
        )
        return Record(record.line, (), reason % extra)
    return Record(record.line, (*record.cells[:width], *[""] * (width - len(record.cells))))


def _notes(document, sheet):
    """Say what of a file was not read, and what was assumed."""
    about = document.sheets[sheet]
    others = [one["name"] for number, one in enumerate(document.sheets) if number != sheet]
    found = []
    if others:
        found.append(
            _("Gelesen wird das Blatt „%(name)s“; nicht gelesen: %(others)s.")
            % {"name": about["name"], "others": ", ".join(others)}
        )
    if hidden := document.head["hidden_sheets"]:
        found.append(_("Ausgeblendete Blätter bleiben weg: %s.") % ", ".join(hidden))
    if count := about["hidden_rows"]:
        text = ngettext(
            "%d ausgeblendete Zeile bleibt weg. Soll sie mit, blenden Sie sie in Excel ein.",
            "%d ausgeblendete Zeilen bleiben weg. Sollen sie mit, heben Sie in Excel den Filter "
            "auf oder blenden Sie sie ein.",
            count,
        )
        found.append(text % count)
    if columns := about["hidden_columns"]:
        found.append(_("Ausgeblendete Spalten bleiben weg: %s.") % ", ".join(columns))
    if document.encoding.get("name") == "cp1252":
        found.append(_("Die Datei ist in der Windows-Kodierung (cp1252) geschrieben."))
    return found
