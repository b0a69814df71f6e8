"""The rows an import refused, as a file to mend: the columns as they came, and the reason."""

import openpyxl
from django.utils.translation import gettext as _

from kekiz_portal.lib.tables.writing import file_of, text_cell
from offers.models import ImportRow

from . import receiving


def lines(run):
    """Return why each refused row of a run was, by its line."""
    return {
        row.line: "; ".join(f"{column}: {why}" if column else why for column, why in row.problems)
        for row in run.rows.filter(outcome=ImportRow.Outcome.REFUSED)
    }


def workbook(run):
    """Return an open file with the refused rows of a run; it can be imported as it is."""
    reasons = lines(run)
    table = receiving.table_of(run)
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(_("abgelehnt"))
    sheet.append([*table.header, _("Zeile"), _("Warum abgelehnt")])
    for record in table.records:
        if record.line in reasons:
            blank = [""] * (len(table.header) - len(record.cells))
            texts = [*record.cells, *blank, str(record.line), reasons[record.line]]
            sheet.append([text_cell(sheet, str(text), is_fixed=True) for text in texts])
    return file_of(book)


def name_of(run):
    return _("abgelehnt aus %s") % run.file_name.rpartition(".")[0] + ".xlsx"
