"""Write cells that a spreadsheet takes as they are meant."""

from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from . import formulas


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
