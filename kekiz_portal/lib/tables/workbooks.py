"""Read an XLSX file that a stranger may have made into the packed form of a ``Document``.

To be run in a process of its own (``isolated.py``): knows no settings and no language.
"""

import datetime as dt
import io
import re
import warnings
import zipfile

import openpyxl
from openpyxl.utils import get_column_letter

from . import limits
from .cells import Covered, DateText, ErrorText, NoResult, NumberText
from .document import Packing
from .errors import RefusedError
from .workbook_shape import check_part, shape_of

SHARED_TEXT = "xl/sharedStrings.xml"
STYLES = "xl/styles.xml"
SHEETS = "xl/worksheets/"
CONTENT_TYPES = "[Content_Types].xml"
# A member that only another kind of ZIP file has, and the code of its sentence.
OTHERS = {
    "xl/workbook.bin": "binary",
    "word/document.xml": "document",
    "ppt/presentation.xml": "slides",
    "Index/Document.iwa": "numbers",
    "content.xml": "calc",
}
EXACT = 10**15  # beyond, a number of Excel has lost digits
WITH_ZEROS = re.compile(r"(?:\[\$[^\]]*\])?(0{2,})(?:;.*)?")  # the format of postal codes

NO_MEMORY = "Error -4 "  # how zlib says it (Z_MEM_ERROR); Python passes it on as it is


def packed(data):
    """Return the visible sheets in the bytes of a workbook, packed. Raises ``RefusedError``.

    Raises ``MemoryError`` where there is not enough memory, whoever notices.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_size(archive)
            return _packed(data, _shapes(archive))
    except (RefusedError, MemoryError):
        raise
    except Exception as error:  # whatever a file makes zipfile, expat and openpyxl stumble over
        if str(error).startswith(NO_MEMORY):
            raise MemoryError from error
        raise RefusedError("broken") from error


def _check_size(archive):
    """Refuse what would unpack to far more than it is (zipfile never reads beyond these sizes)."""
    members = archive.infolist()
    sizes = {member.filename: member.file_size for member in members}
    if other := next((code for name, code in OTHERS.items() if name in sizes), ""):
        raise RefusedError(other)
    if CONTENT_TYPES not in sizes:
        raise RefusedError("archive")
    too_much = len(members) > limits.MEMBERS or sum(sizes.values()) > limits.UNPACKED_BYTES
    if too_much or sizes.get(SHARED_TEXT, 0) > limits.SHARED_TEXT_BYTES:
        raise RefusedError("too large")
    for name in sizes:
        most, what = limits.OTHER_ELEMENTS, "names"
        if name == SHARED_TEXT:
            most, what = limits.SHARED_TEXT_ELEMENTS, "texts"
        elif name == STYLES:
            most, what = limits.STYLE_ELEMENTS, "formats"
        elif name not in (CONTENT_TYPES, "xl/workbook.xml") and not name.endswith(".rels"):
            continue
        with archive.open(name) as part:
            check_part(part, most, what)


def _shapes(archive):
    """Return the ``Shape`` of each sheet by its member, counted before openpyxl reads any."""
    found = {}
    for name in archive.namelist():
        if name.startswith(SHEETS) and name.endswith(".xml") and "/_rels/" not in name:
            with archive.open(name) as part:
                found[name] = shape_of(part)
    return found


def _packed(data, shapes):
    with warnings.catch_warnings(action="ignore"):  # about styles and lists we don't read
        book = openpyxl.load_workbook(
            io.BytesIO(data), read_only=True, data_only=True, keep_links=False
        )
        visible = [one for one in book.worksheets if one.sheet_state == "visible"]
        if not visible:
            raise RefusedError("no sheet")
        packing = Packing()
        packing.hidden_sheets = [one.title for one in book.worksheets if one not in visible]
        for one in visible[: limits.SHEETS]:
            _pack(one, shapes[one._worksheet_path], packing)  # noqa: SLF001, it tells nowhere else
    return packing.finished()


def _pack(worksheet, shape, packing):
    """Put the rows of a sheet that can be seen into a packing."""
    worksheet.reset_dimensions()  # what a file says about its own size may be wrong
    hidden = {
        column
        for first, last in shape.hidden_columns
        for column in range(first, min(last, shape.last_column) + 1)
    }
    names = dict.fromkeys(sorted(hidden), "")
    packing.sheet(worksheet.title)
    under = _Merged(shape)
    left_out = 0
    rows = worksheet.iter_rows(max_row=shape.last_row, max_col=shape.last_column)
    for line, row in enumerate(rows if shape.last_row else (), start=1):
        cells = under.row(line, _cells(line, row, shape))
        for column, name in names.items():
            names[column] = name or str(cells[column - 1])
        if line in shape.hidden_rows:
            left_out += any(cells)
            continue
        seen = [cell for column, cell in enumerate(cells, start=1) if column not in hidden]
        packing.row(line, seen)
    packing.left_out(left_out, _in_words(names))


def _cells(line, row, shape):
    found = []
    for column, cell in enumerate(row, start=1):
        if (line, column) in shape.without_result:
            found.append(NoResult("=…"))
        elif cell.data_type == "e":
            found.append(ErrorText(cell.value))
        else:
            found.append(_text(cell))
    return found


def _text(cell):
    """Return the text of a cell as a German would have typed it; dates as ISO 8601."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, int | float):
        return NumberText(_number(value, cell.number_format))
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time.min
        return DateText(value.date().isoformat() if midnight else value.isoformat(" ", "seconds"))
    if isinstance(value, dt.date | dt.time):
        return DateText(value.isoformat())
    return str(value).replace("\r\n", "\n").replace("_x000D_", "").strip()


def _number(value, number_format):
    whole = isinstance(value, int) or (value.is_integer() and abs(value) < EXACT)
    if not whole:
        return repr(value).replace(".", ",")
    zeros = WITH_ZEROS.fullmatch(number_format or "")
    return f"{int(value):0{len(zeros[1])}d}" if zeros and value >= 0 else f"{int(value)}"


class _Merged:
    """Gives each row what merged cells put there: downwards the value, sideways nothing."""

    def __init__(self, shape):
        self.starting, self.open, self.count = {}, [], 0
        for first_column, first_row, last_column, last_row in shape.merged:
            columns = range(first_column, min(last_column, shape.last_column) + 1)
            if first_row <= shape.last_row and columns:
                last = min(last_row, shape.last_row)
                self.starting.setdefault(first_row, []).append((columns, last))

    def row(self, line, cells):
        for columns, last, value in self.open:
            if line <= last:
                self._cover(cells, columns, value)
        for columns, last in self.starting.pop(line, ()):
            value = cells[columns[0] - 1]
            self._cover(cells, columns, value)
            self.open.append((columns, last, value))
        self.open = [one for one in self.open if one[1] > line]
        return cells

    def _cover(self, cells, columns, value):
        self.count += len(columns)
        if self.count > limits.COVERED:
            raise RefusedError("too many", what="merged")
        for column in columns:
            cells[column - 1] = Covered("")
        cells[columns[0] - 1] = value


def _in_words(names):
    """Return the hidden columns that hold anything as a person finds them: "C (Telefon)"."""
    return [f"{get_column_letter(column)} ({name[:40]})" for column, name in names.items() if name]
