"""What a workbook does not say in its values: how large it is, what is hidden, merged, uncomputed.

Read element by element and counted, before a library builds anything of it (ISO/IEC 29500-1, 18).
"""

from dataclasses import dataclass, field
from xml.parsers import expat

from openpyxl.utils import column_index_from_string, get_column_letter, range_boundaries

from . import limits
from .errors import RefusedError

PIECE = 64 * 1024
STRICT = "http://purl.oclc.org/ooxml/"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@dataclass
class Shape:
    """One sheet. Rows and columns count from 1; the last ones are the last that hold anything."""

    last_row: int = 0
    last_column: int = 0
    hidden_rows: set = field(default_factory=set)
    hidden_columns: list = field(default_factory=list)  # pairs of first and last
    merged: list = field(default_factory=list)  # first column, first row, last column, last row
    without_result: set = field(default_factory=set)  # pairs of row and column


def check_part(part, most, what):
    """Refuse a part that is no sheet if it holds too much, or is nested as nobody does."""
    count = depth = 0

    def start(name, _attributes):
        nonlocal count, depth
        if not count and name.startswith(STRICT):
            raise RefusedError("strict")
        count, depth = count + 1, depth + 1
        if count > most or depth > limits.DEPTH:
            raise RefusedError("too many", what=what)

    def end(_name):
        nonlocal depth
        depth -= 1

    _parse(part, start, end)


def shape_of(part):
    """Return the ``Shape`` of the sheet in a part. Raises ``RefusedError``."""
    reader = _SheetReader()
    _parse(part, reader.start, reader.end, reader.text)
    return reader.shape


def _parse(part, start, end, text=None):
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    while piece := part.read(PIECE):
        parser.Parse(piece)
    parser.Parse(b"", True)


def _refuse_doctype(*_about):
    """Excel writes none; it is how a small file swells while it is read."""
    raise RefusedError("broken")


class _SheetReader:
    """Takes the events of a parser, and keeps count; called millions of times, hence short."""

    def __init__(self):
        self.shape = Shape()
        self.rows = self.cells = self.values = 0
        self.row = self.column = 0
        self.is_formula = self.is_text = self.has_value = self.is_inside = False
        self.columns = {"": 0}  # by their letters
        starts = {
            "c": self._cell,
            "row": self._row,
            "v": self._text_begins,
            "t": self._text_begins,
            "f": self._formula_begins,
            "mergeCell": self._merged,
            "col": self._column,
        }
        ends = {"c": self._end_of_cell, "v": self._text_ends, "t": self._text_ends}
        ends["f"] = self._formula_ends
        self.starts = {f"{MAIN} {tag}": method for tag, method in starts.items()}
        self.ends = {f"{MAIN} {tag}": method for tag, method in ends.items()}

    def start(self, tag, attributes):
        if method := self.starts.get(tag):
            method(attributes)

    def end(self, tag):
        if method := self.ends.get(tag):
            method()

    def text(self, text):
        if self.is_inside and not self.has_value and not text.isspace():
            self.has_value = True

    def _text_begins(self, _attributes):
        self.is_inside = True

    def _text_ends(self):
        self.is_inside = False

    def _formula_begins(self, _attributes):
        self.is_formula = True

    def _formula_ends(self):
        self.has_value = False  # what the formula says is not what it gives

    def _column(self, attributes):
        if _is_hidden(attributes, "width"):
            pair = int(attributes["min"]), int(attributes["max"])
            self.shape.hidden_columns.append(pair)

    def _row(self, attributes):
        self.rows += 1
        if self.rows > limits.ROW_ELEMENTS:
            raise RefusedError("too many rows")
        self.row = int(attributes.get("r", self.row + 1))
        self.column = 0
        if _is_hidden(attributes, "ht"):
            self.shape.hidden_rows.add(self.row)

    def _cell(self, attributes):
        self.cells += 1
        if self.cells > limits.CELL_ELEMENTS:
            raise RefusedError("too many", what="cells")
        letters = attributes.get("r", "").rstrip("0123456789")
        if letters not in self.columns:
            self.columns[letters] = column_index_from_string(letters)
        self.column = self.columns[letters] or self.column + 1
        self.is_formula = self.has_value = self.is_inside = False
        self.is_text = attributes.get("t") == "str"

    def _end_of_cell(self):
        if not (self.has_value or self.is_formula):
            return
        self.values += 1
        if self.values > limits.VALUES:
            raise RefusedError("too many", what="cells")
        cell = f"{get_column_letter(self.column)}{self.row}"
        if self.column > limits.COLUMNS:
            raise RefusedError("far cell", cell=cell)
        self._refuse_far_row(cell)
        if self.is_formula and not self.has_value and not self.is_text:
            self.shape.without_result.add((self.row, self.column))
        self.shape.last_row = max(self.shape.last_row, self.row)
        self.shape.last_column = max(self.shape.last_column, self.column)

    def _refuse_far_row(self, cell):
        """One cell far below the others is a slip; many rows are too many."""
        if self.row > limits.ROWS + limits.ABOVE:
            if self.row > 2 * self.shape.last_row + limits.ROWS:
                raise RefusedError("far cell", cell=cell)
            raise RefusedError("too many rows")

    def _merged(self, attributes):
        self.shape.merged.append(range_boundaries(attributes["ref"]))
        if len(self.shape.merged) > limits.MERGED:
            raise RefusedError("too many", what="merged")


def _is_hidden(attributes, measure):
    """Whether a row or column is hidden, or has been drawn to nothing."""
    if attributes.get("hidden") in ("1", "true"):
        return True
    try:
        return float(attributes.get(measure, 1)) == 0
    except ValueError:
        return False
