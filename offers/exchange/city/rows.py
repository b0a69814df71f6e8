"""The rows of a small file of a city, and why one of them cannot be taken."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from kekiz_portal.lib.tables import reading, several, sheets
from kekiz_portal.lib.tables.errors import TableError

HEADER = sheets.Choice(sheet=0, first=1, last=1)


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
    """One row: its values by column, where it stands as a spreadsheet counts, and by their file
    the values of other rows about it."""

    file: str
    line: int
    values: dict
    companions: dict = field(default_factory=dict)

    def __getitem__(self, column):
        return self.values[column]

    def parts(self, column):
        """Return the parts of a value that is a list, without empty ones."""
        return several.values(self[column], "|")

    def error(self, column, reason):
        """Return the error that says what is wrong in one column of this row."""
        return RowError(Problem(self.file, self.line, column, str(reason)))


def table(path):
    """Return the ``Table`` in a file as the portal writes it, the names of columns in its first
    row. Raises ``TableError``."""
    try:
        document = reading.read_own(path.read_bytes())
    except OSError as error:
        reason = _("Die Datei lässt sich nicht lesen (%s).") % error.strerror
        raise TableError(reason) from error
    return sheets.table(document, HEADER)


def read(path, columns):
    """Read a file with a header.

    Takes the path and the columns that must be there. Returns the rows that can be read
    and the problems of those that cannot, both in the order of the file.
    """
    try:
        found = table(path)
    except TableError as error:
        return [], [Problem(path.name, 0, "", str(error))]
    if missing := [column for column in columns if column not in found.header]:
        reason = _("Die Spalte fehlt; die Datei wurde nicht geladen.")
        return [], [Problem(path.name, 1, column, reason) for column in missing]
    rows, problems = [], []
    for record in found.records:
        if record.problem:
            problems.append(Problem(path.name, record.line, "", record.problem))
        else:
            values = dict(zip(found.header, map(str, record.cells), strict=True))
            rows.append(Row(path.name, record.line, values))
    return rows, problems
