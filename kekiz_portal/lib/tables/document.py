"""A file that was read: its sheets with all their rows, in a form that can be kept and read again.

Packed it is gzip of one JSON text a line: what is known of the file, then each row with the number
of its sheet.
"""

import gzip
import io
import json
from dataclasses import dataclass
from functools import cached_property

from . import limits
from .cells import Covered, Record, packed, unpacked
from .errors import RefusedError

QUICK = 3  # of gzip's nine levels


class Packing:
    """Takes sheets and rows one after the other; ``finished`` returns the packed bytes."""

    def __init__(self):
        self.sheets, self.hidden_sheets, self.encoding = [], [], {}
        self.lines, self.size = [], 0

    def sheet(self, name):
        about = {"name": name, "rows": 0, "hidden_rows": 0, "hidden_columns": []}
        self.sheets.append(about)

    def row(self, line, cells, problem=""):
        """Add a row to the last sheet, without the empty cells at its end, unless it is empty."""
        cells = list(cells)
        if not any(cells) and not problem:
            return
        while cells and cells[-1] == "" and not isinstance(cells[-1], Covered):
            cells.pop()
        record = [len(self.sheets) - 1, line, [packed(cell) for cell in cells], problem]
        text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
        text = text.encode("utf-8", "replace")
        self.size += len(text)
        if self.size > limits.TEXT_BYTES:
            raise RefusedError("too large")
        self.lines.append(text)
        self.sheets[-1]["rows"] += 1

    def left_out(self, rows, columns):
        self.sheets[-1] |= {"hidden_rows": rows, "hidden_columns": columns}

    def finished(self):
        head = {
            "sheets": self.sheets,
            "hidden_sheets": self.hidden_sheets,
            "encoding": self.encoding,
        }
        out = io.BytesIO()
        with gzip.GzipFile(fileobj=out, mode="wb", compresslevel=QUICK, mtime=0) as file:
            file.write(json.dumps(head).encode() + b"\n")
            for line in self.lines:
                file.write(line + b"\n")
        return out.getvalue()


@dataclass(frozen=True)
class Document:
    """A file as it was read; ``packed`` is what to keep of it."""

    packed: bytes

    @cached_property
    def head(self):
        with gzip.open(io.BytesIO(self.packed)) as file:
            return json.loads(file.readline())

    @property
    def sheets(self):
        """What is known of each sheet: name, number of rows, what was hidden."""
        return self.head["sheets"]

    @property
    def encoding(self):
        """How the bytes of a text were read, and what else they may mean (``encodings.py``)."""
        return self.head["encoding"]

    def records(self, sheet=0):
        """Yield the rows of a sheet that hold anything."""
        beginning = f"[{sheet},".encode()
        with gzip.open(io.BytesIO(self.packed)) as file:
            file.readline()
            for text in file:
                if text.startswith(beginning):
                    _sheet, line, cells, problem = json.loads(text)
                    yield Record(line, tuple(unpacked(cell) for cell in cells), problem)
