"""Write a list of entries as a file: XLSX, CSV after RFC 4180, and CSV as German Excel opens it."""

import csv
import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

import openpyxl
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter

from kekiz_portal.lib.tables import formulas
from kekiz_portal.lib.tables.writing import file_of, text_cell
from kekiz_portal.lib.times import minute
from offers.exchange.importing.mapping import COLUMNS

ROWS_A_BATCH = 500
# Excel keeps these as typed.
TEXT_ONLY = {"phone", "mobile", "postal_code", "external_id", "uuid", "stand"}
WIDE = {"description", "teaser", "title", "name", "how_to_apply", "eligibility_text", "times"}
NARROW = {"postal_code", "age_from", "age_to", "anonymous_possible", "valid_from", "valid_to"}


class Format(models.TextChoices):
    XLSX = "xlsx", gettext_lazy("Excel (XLSX)")
    CSV_EXCEL = "csv-excel", gettext_lazy("CSV für Excel")
    CSV = "csv", gettext_lazy("CSV für Programme")

    @property
    def extension(self):
        return "xlsx" if self == Format.XLSX else "csv"

    @property
    def content_type(self):
        if self == Format.XLSX:
            return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        return "text/csv; charset=utf-8"


@dataclass(frozen=True)
class About:
    """What a file says about itself: what it lists, by which filters, for whom; ``hint`` on use."""

    what: str
    filters: str
    by: str
    hint: str = ""


def columns(kind, *, internal):
    """Return the columns of an exported list; ``internal`` ones only for who may see them."""
    return [column for column in COLUMNS[kind]() if internal or not column.internal]


def csv_lines(entries, columns, file_format):
    """Yield the lines of a CSV file as bytes, whatever the number of entries.

    ``entries`` is a queryset that has loaded what the columns read.
    """
    is_german = file_format == Format.CSV_EXCEL
    writer = csv.writer(_Echo(), delimiter=";" if is_german else ",", lineterminator="\r\n")
    say = _german if is_german else _plain
    header = writer.writerow([formulas.neutral(str(column.label)) for column in columns])
    yield ("\ufeff" if is_german else "").encode() + header.encode()
    for row in _rows(entries, columns, is_typed=is_german):
        yield writer.writerow([formulas.neutral(say(value)) for value in row]).encode()


def write_csv(path, entries, columns):
    """Write entries into a CSV file after RFC 4180."""
    with path.open("wb") as file:
        file.writelines(csv_lines(entries, columns, Format.CSV))


def workbook(entries, columns, about):
    """Return a temporary file with the workbook; memory does not grow with the entries.

    ``entries`` is a queryset that has loaded what the columns read.
    """
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(about.what[:31])
    sheet.freeze_panes = "B2"
    for number, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = _width(column)
    sheet.append([text_cell(sheet, str(column.label), bold=True) for column in columns])
    count = 0
    for row in _rows(entries, columns, is_typed=True):
        sheet.append([_cell(sheet, c, value) for c, value in zip(columns, row, strict=True)])
        count += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{count + 1}"
    _say_about(book.create_sheet(_("Über diese Liste")), about, count)
    return file_of(book)


def file_name(about, file_format):
    """Return a name without umlauts or spaces: "angebote-2026-11-24.xlsx"."""
    suffix = "-excel" if file_format == Format.CSV_EXCEL else ""
    day = timezone.localdate().isoformat()
    return f"{about.what.lower()}-{day}{suffix}.{file_format.extension}"


def _rows(entries, columns, *, is_typed):
    """Yield the cells of each entry, as the office types them or as programs keep them."""
    for entry in entries.iterator(chunk_size=ROWS_A_BATCH):
        yield [(one.typed if is_typed else one.cell)(one.plain(entry)) for one in columns]


class _Echo:
    """A file for ``csv.writer`` whose ``write`` gives the line back."""

    def write(self, line):
        return line


def _plain(value):
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value)


def _german(value):
    if isinstance(value, dt.date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, Decimal):
        return str(value).replace(".", ",")
    return str(value)


def _width(column):
    if column.key in WIDE:
        return 40
    return 12 if column.key in NARROW else 24


def _cell(sheet, column, value):
    if value == "":
        return None
    if isinstance(value, dt.date):
        cell = WriteOnlyCell(sheet, value)
        cell.number_format = "DD.MM.YYYY"
        return cell
    if isinstance(value, Decimal):
        cell = WriteOnlyCell(sheet, value)
        cell.number_format = "#,##0.00"
        return cell
    if isinstance(value, int):
        return value
    return text_cell(sheet, str(value), is_fixed=column.key in TEXT_ONLY)


def _say_about(sheet, about, count):
    sheet.column_dimensions["A"].width = 24
    sheet.column_dimensions["B"].width = 80
    for label, value in (
        (_("Liste"), about.what),
        (_("Zeilen"), str(count)),
        (_("Auswahl"), about.filters or _("alle")),
        (_("Stand"), minute(timezone.now())),
        (_("Exportiert von"), about.by),
        (_("Aus"), settings.CITY["portal_name"]),
        (_("Hinweis"), about.hint),
    ):
        if value:
            sheet.append([text_cell(sheet, label, bold=True), text_cell(sheet, value)])
