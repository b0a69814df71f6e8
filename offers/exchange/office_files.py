"""Read the tables offices send: CSV as Excel writes it, and XLSX.

Whatever the bytes, the answer is rows or an ``OfficeFileError`` with a sentence for a person.
"""

import codecs
import csv
import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import formulas, workbooks

MAX_BYTES = 20 * 1024 * 1024
MAX_ROWS = 50_000
MAX_COLUMNS = 300
LINES_A_RECORD = 200
LONGEST_HEADER = 120
EXACT = 10**15  # beyond, a number of Excel has lost digits
DELIMITERS = ";,\t"
SEPARATOR_LINE = re.compile(r'"?sep=(?P<delimiter>[;,\t|])"?[;,\t]*', re.IGNORECASE)
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # old Excel files, and new ones with a password
ZIP_MAGIC = b"PK\x03\x04"


class OfficeFileError(ValueError):
    """A file that cannot be read; the message says what to do."""


class NumberText(str):
    """The text of a cell that Excel kept as a number: leading zeros may be lost."""

    __slots__ = ()


@dataclass(frozen=True)
class Record:
    """One row: the line it begins at, its cells as text, and why it cannot be read."""

    line: int
    cells: tuple = ()
    problem: str = ""


@dataclass
class Table:
    """A header and the rows below it; ``records`` can be gone through once."""

    header: list
    records: object
    notes: list = field(default_factory=list)


def read(name, data):
    """Return the ``Table`` in the bytes of a file. Raises ``OfficeFileError``."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise OfficeFileError(_("Die Datei ist leer."))
    if len(data) > MAX_BYTES:
        limit = MAX_BYTES // 1024 // 1024
        raise OfficeFileError(
            _("Die Datei ist größer als %d MB. Teilen Sie sie bitte auf.") % limit
        )
    if data.startswith(OLE_MAGIC):
        raise OfficeFileError(
            _(
                "Die Datei ist mit einem Kennwort geschützt oder im alten Excel-Format (.xls). "
                "Speichern Sie sie bitte ohne Kennwort als XLSX."
            )
        )
    if data.startswith(ZIP_MAGIC) or name.lower().endswith(".xlsx"):
        return _read_workbook(data)
    return _read_csv(data)


def _table(records, notes=()):
    """Take the header from the first record that has one; a title above it is passed over."""
    records = iter(records)
    above = []
    for record in records:
        if record.problem:
            raise OfficeFileError(
                _("Zeile %(line)d: %(problem)s") % {"line": record.line, "problem": record.problem}
            )
        filled = [cell for cell in record.cells if cell]
        if len(filled) > 1:
            header = _header(record.cells)
            return Table(header, _rows(records, len(header)), list(notes))
        if filled:
            above.append(record)
    if not above:
        raise OfficeFileError(_("Die Datei ist leer."))
    return Table(_header(above[0].cells), _rows(iter(above[1:]), 1), list(notes))


def _header(cells):
    """Return the names of the columns, each once, without the empty ones at the end."""
    names = [" ".join(cell.split())[:LONGEST_HEADER] for cell in cells]
    while names and not names[-1]:
        names.pop()
    if len(names) > MAX_COLUMNS:
        raise OfficeFileError(_("Die Tabelle hat mehr als %d Spalten.") % MAX_COLUMNS)
    if any("\0" in name for name in names):
        raise OfficeFileError(
            _("Die Kopfzeile enthält Nullzeichen. Speichern Sie die Datei bitte neu als CSV UTF-8.")
        )
    seen = Counter()
    unique = []
    for number, name in enumerate(names, start=1):
        said = name or _("Spalte %d") % number
        seen[said] += 1
        unique.append(said if seen[said] == 1 else f"{said} ({seen[said]})")
    return unique


def _rows(records, width):
    """Yield the rows that hold anything, each as wide as the header, at most ``MAX_ROWS``."""
    count = 0
    for record in records:
        if not record.problem and not any(record.cells):
            continue
        count += 1
        if count > MAX_ROWS:
            limit = f"{MAX_ROWS:,}".replace(",", ".")
            raise OfficeFileError(
                _("Die Tabelle hat mehr als %s Zeilen. Teilen Sie sie bitte auf.") % limit
            )
        yield _fitted(record, width)


def _fitted(record, width):
    if record.problem:
        return record
    if any("\0" in cell for cell in record.cells):
        return Record(record.line, (), _("Die Zeile enthält ein Nullzeichen."))
    if any(record.cells[width:]):
        extra = len(record.cells) - width
        reason = ngettext(
            "Die Zeile hat %d Feld mehr als die Kopfzeile.",
            "Die Zeile hat %d Felder mehr als die Kopfzeile.",
            extra,
        )
        return Record(record.line, (), reason % extra)
    return Record(record.line, (*record.cells[:width], *[""] * (width - len(record.cells))))


# CSV -------------------------------------------------------------------------------------


def _read_csv(data):
    text, notes = _decoded(data)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    first = 0
    if found := SEPARATOR_LINE.fullmatch(lines[0].strip(" ")):
        delimiter, first = found["delimiter"], 1
    else:
        delimiter = _delimiter(lines)
    return _table(_records(lines, first, delimiter), notes)


def _decoded(data):
    """Return the text and what had to be assumed to read it."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            try:
                return data.decode(encoding), []
            except UnicodeDecodeError as error:
                raise OfficeFileError(_not_text()) from error
    try:
        return data.decode(), []
    except UnicodeDecodeError:
        pass
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise OfficeFileError(_not_text()) from error
    return text, [_("Die Datei ist in der Windows-Kodierung (cp1252) geschrieben.")]


def _not_text():
    return _(
        "Die Datei ist weder eine Tabelle im Format XLSX noch Text. "
        "Speichern Sie sie bitte als XLSX oder als „CSV UTF-8“."
    )


def _delimiter(lines):
    """Return what divides the cells of the first line that has any of the usual characters."""
    for line in islice(lines, 20):
        outside = re.sub(r'"[^"]*"', "", line)
        delimiter = max(DELIMITERS, key=outside.count)
        if delimiter in outside:
            return delimiter
    return ";"


def _records(lines, first, delimiter):
    """Yield the records; a stray quotation mark costs its own line, not the rest of the file."""
    at = first
    while at < len(lines):
        if not lines[at].strip():
            at += 1
            continue
        taken = (line + "\n" for line in lines[at : at + LINES_A_RECORD])
        reader = csv.reader(taken, delimiter=delimiter, strict=True)
        try:
            cells = tuple(formulas.original(cell).strip() for cell in next(reader))
            yield Record(at + 1, cells)
            at += reader.line_num
        except csv.Error as error:
            yield Record(at + 1, (), _why_unreadable(str(error), is_one_line=reader.line_num == 1))
            at += 1


def _why_unreadable(error, *, is_one_line):
    if "field limit" in error:
        return _("Eine Zelle der Zeile ist zu lang.")
    if is_one_line and "expected after" in error:
        return _("Die Zeile lässt sich nicht lesen: ein Anführungszeichen steht falsch.")
    return _("Ein Anführungszeichen wird nicht geschlossen.")


# XLSX ------------------------------------------------------------------------------------


def _read_workbook(data):
    try:
        sheet = workbooks.first_sheet(data)
    except workbooks.UnreadableError as error:
        raise OfficeFileError(str(error)) from error
    notes = []
    if sheet.others:
        notes.append(
            _("Gelesen wird das Blatt „%(name)s“; nicht gelesen: %(others)s.")
            % {"name": sheet.name, "others": ", ".join(sheet.others)}
        )
    return _table(_sheet_records(sheet), notes)


def _sheet_records(sheet):
    try:
        for line, values in sheet.rows():
            broken = next((v for v in values if isinstance(v, workbooks.CellError)), None)
            if broken is not None:
                yield Record(line, (), _("Eine Zelle enthält den Excel-Fehler %s.") % broken)
            else:
                yield Record(line, tuple(_cell_text(value) for value in values))
    except workbooks.UnreadableError as error:
        raise OfficeFileError(str(error)) from error


def _cell_text(value):
    """Return the text of a cell as a German would have typed it; dates as ISO 8601."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, int | float):
        whole = isinstance(value, int) or (value.is_integer() and abs(value) < EXACT)
        return NumberText(f"{int(value)}" if whole else repr(value).replace(".", ","))
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time.min
        return value.date().isoformat() if midnight else value.isoformat(" ", "seconds")
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value).replace("\r\n", "\n").replace("_x000D_", "").strip()
