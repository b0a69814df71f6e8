"""Open an XLSX file that a stranger may have made: bounded, values only, first visible sheet."""

import io
import struct
import warnings
import zipfile
import zlib
from dataclasses import dataclass, field
from xml.etree.ElementTree import ParseError

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.utils.exceptions import InvalidFileException

MAX_MEMBERS = 2_000
MAX_UNPACKED_BYTES = 150 * 1024 * 1024
MAX_SHARED_TEXT_BYTES = 40 * 1024 * 1024  # held in memory while reading
LAST_LINE = 1_048_576  # of a sheet in Excel
SHARED_TEXT = "xl/sharedStrings.xml"
SPREADSHEET = "[Content_Types].xml"

# What zipfile, the XML parser and openpyxl raise on files that are not what they claim.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    InvalidFileException,
    ParseError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    EOFError,
    OSError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
    AssertionError,
    struct.error,
)


class UnreadableError(ValueError):
    """The workbook cannot be read; the message says what to do."""


class CellError(str):
    """The value of a cell that Excel could not compute: "#REF!"."""

    __slots__ = ()


@dataclass
class Sheet:
    """One sheet and the names of the others."""

    worksheet: object
    others: list = field(default_factory=list)

    @property
    def name(self):
        return self.worksheet.title

    def rows(self):
        """Yield each line's number and values. Raises ``UnreadableError``."""
        try:
            with warnings.catch_warnings(action="ignore"):  # about styles and lists we don't read
                for line, row in enumerate(self.worksheet.iter_rows(), start=1):
                    if line > LAST_LINE:
                        return
                    yield line, [_value(cell) for cell in row]
        except BROKEN as error:
            raise UnreadableError(_broken()) from error


def first_sheet(data):
    """Return the first visible sheet in the bytes of a workbook. Raises ``UnreadableError``."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_size(archive)
        with warnings.catch_warnings(action="ignore"):
            book = openpyxl.load_workbook(
                io.BytesIO(data), read_only=True, data_only=True, keep_links=False
            )
            sheets = [one for one in book.worksheets if one.sheet_state == "visible"]
            for one in sheets:
                one.reset_dimensions()  # what a file says about its own size may be wrong
    except UnreadableError:
        raise
    except BROKEN as error:
        raise UnreadableError(_broken()) from error
    if not sheets:
        raise UnreadableError(_("Die Datei hat kein sichtbares Tabellenblatt."))
    return Sheet(sheets[0], [one.title for one in sheets[1:]])


def _check_size(archive):
    """Refuse what would unpack to far more than it is (zipfile never reads beyond these sizes)."""
    members = archive.infolist()
    sizes = {member.filename: member.file_size for member in members}
    if SPREADSHEET not in sizes:
        raise UnreadableError(
            _("Die Datei ist keine Excel-Tabelle. Speichern Sie sie bitte als XLSX.")
        )
    too_much = len(members) > MAX_MEMBERS or sum(sizes.values()) > MAX_UNPACKED_BYTES
    if too_much or sizes.get(SHARED_TEXT, 0) > MAX_SHARED_TEXT_BYTES:
        raise UnreadableError(
            _("Die Datei ist ausgepackt zu groß. Teilen Sie sie bitte auf mehrere Dateien auf.")
        )


def _value(cell):
    return CellError(cell.value) if cell.data_type == "e" else cell.value


def _broken():
    return _("Die Excel-Datei ist beschädigt. Öffnen Sie sie in Excel und speichern Sie sie neu.")
