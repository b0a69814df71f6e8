"""Write workbooks, with cells that a spreadsheet takes as they are meant."""

import tempfile

from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from . import formulas

SPOOLED_BYTES = 5 * 1024 * 1024  # a larger file waits on the disk, not in memory


def text_cell(sheet, text, *, bold=False, is_fixed=False):
    """Return a cell that stays text whatever it begins with; a fixed one also when edited."""
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", text))
    cell.data_type = "s"
    if text.startswith(formulas.STARTS):
        cell.quotePrefix = True
    if is_fixed:
        cell.number_format = "@"
    if bold:
        cell.font = Font(bold=True)
    return cell


def file_of(book):
    """Return an open temporary file with a workbook; the response that sends it closes it."""
    file = tempfile.SpooledTemporaryFile(SPOOLED_BYTES)  # noqa: SIM115
    book.save(file)
    file.seek(0)
    return file
