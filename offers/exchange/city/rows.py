"""Read a CSV file row by row; a broken row does not stop the others."""

import csv
import io
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

LINES_A_ROW = 50


@dataclass(frozen=True)
class Problem:
    """Why a row cannot be taken: where exactly, and a sentence for the person who mends it."""

    file: str
    line: int
    column: str
    reason: str

    def __str__(self):
        where = [self.file]
        if self.line:
            where.append(_("Zeile %d") % self.line)
        if self.column:
            where.append(_("Spalte %s") % self.column)
        return f"{', '.join(where)}: {self.reason}"


class RowError(Exception):
    """A row that cannot be taken; holds one or more problems."""

    def __init__(self, *problems):
        super().__init__("; ".join(str(problem) for problem in problems))
        self.problems = problems


@dataclass(frozen=True)
class Row:
    """One row: its values by column, where it stands, and the rows of other files about it."""

    file: str
    line: int
    values: dict
    companions: dict = field(default_factory=dict)

    def __getitem__(self, column):
        return self.values[column].strip()

    def about(self, file):
        """Return the rows of a companion file about this one, in order."""
        return self.companions.get(file, [])

    def parts(self, column, separator="|"):
        """Return the parts of a value that is a list, without empty ones."""
        return [part.strip() for part in self[column].split(separator) if part.strip()]

    def error(self, column, reason):
        """Return the error that says what is wrong in one column of this row."""
        return RowError(Problem(self.file, self.line, column, str(reason)))


def read(path, columns):
    """Read a CSV file with a header line.

    Takes the path and the columns that must be there. Returns the rows that can be read
    and the problems of those that cannot, both in the order of the file.
    """
    try:
        lines = path.read_bytes().removeprefix(b"\xef\xbb\xbf").split(b"\n")
    except OSError as error:
        reason = _("Die Datei lässt sich nicht lesen (%s).") % error.strerror
        return [], [Problem(path.name, 0, "", reason)]
    return _Reader(path.name, lines).read(columns)


class _Reader:
    def __init__(self, name, lines):
        self.name, self.lines = name, lines

    def read(self, columns):
        rows, problems = [], []
        try:
            header, at = self._record(0, width=None)
        except RowError as error:
            return [], list(error.problems)
        missing = [column for column in columns if column not in header]
        if missing:
            reason = _("Die Spalte fehlt; die Datei wurde nicht geladen.")
            return [], [Problem(self.name, 1, column, reason) for column in missing]
        while at < len(self.lines):
            if not self.lines[at].strip():
                at += 1
                continue
            line = at + 1
            try:
                values, at = self._record(at, len(header))
                rows.append(Row(self.name, line, dict(zip(header, values, strict=True))))
            except RowError as error:
                problems += error.problems
                at += 1
        return rows, problems

    def _record(self, at, width):
        """Return the values of the record that begins at a line, and where the next one begins.

        A record goes on over the next line as long as a quotation mark is open. If that leads
        nowhere, only the line with the stray mark is refused and the next one is read again.
        """
        last = at
        while b"".join(self.lines[at : last + 1]).count(b'"') % 2:
            last += 1
            if last >= min(len(self.lines), at + LINES_A_ROW):
                raise self._error(at, _("Ein Anführungszeichen wird nicht geschlossen."))
        values = self._values(at, b"\n".join(self.lines[at : last + 1]))
        if width is not None and len(values) != width:
            reason = _("Die Zeile hat %(found)d Felder statt %(expected)d.")
            raise self._error(at, reason % {"found": len(values), "expected": width})
        return values, last + 1

    def _values(self, at, record):
        try:
            text = record.rstrip(b"\r").decode()
        except UnicodeDecodeError as error:
            raise self._error(at, _("Die Zeile ist nicht in UTF-8 geschrieben.")) from error
        if "\0" in text:
            raise self._error(at, _("Die Zeile enthält ein Nullzeichen."))
        try:
            return next(csv.reader(io.StringIO(text, newline=""), strict=True))
        except (csv.Error, StopIteration) as error:
            raise self._error(at, _("Die Zeile lässt sich nicht als CSV lesen.")) from error

    def _error(self, at, reason):
        return RowError(Problem(self.name, at + 1, "", reason))
