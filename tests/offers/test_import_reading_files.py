"""Whatever an office calls a table is read, or refused with a sentence; never with a crash."""

import csv
import datetime as dt
import io
import zipfile
from contextlib import suppress

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offers.exchange import formulas, office_files
from offers.exchange.office_files import OfficeFileError

ROWS = [("Käte", "0232 1"), ("Öğuz; \nzweite Zeile", "+49 2323")]
CSV = 'Name;Telefon;;\nKäte;0232 1;;\n"Öguz; \nzweite Zeile";+49 2323;;\n;;;\n'


def content(data, name="liste.csv"):
    table = office_files.read(name, data)
    return table.header, [(row.line, *(row.cells or [row.problem])) for row in table.records]


EXPECTED = (
    ["Name", "Telefon"],
    [(2, "Käte", "0232 1"), (3, "Öguz; \nzweite Zeile", "+49 2323")],
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_encoding_and_line_end_of_an_office_gives_the_same_rows(encoding, line_end):
    assert content(CSV.replace("\n", line_end).encode(encoding)) == EXPECTED


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_the_delimiter_is_found(delimiter):
    data = "a;b\n1;2\n".replace(";", delimiter).encode()

    assert content(data) == (["a", "b"], [(2, "1", "2")])


@pytest.mark.parametrize("first", ["sep=;", '"sep=;"', "SEP=;;;"])
def test_a_line_about_the_delimiter_is_no_header(first):
    header, rows = content(f"{first}\na,b;c\n1;2\n".encode())

    assert (header, rows) == (["a,b", "c"], [(3, "1", "2")])


def test_a_title_above_the_header_is_passed_over():
    assert content(b"Kitas, Stand 2026;;\n;;\nName;Ort;\nA;B;\n") == (
        ["Name", "Ort"],
        [(4, "A", "B")],
    )


def test_a_stray_quotation_mark_costs_only_its_own_line():
    _header, rows = content(b'a;b\n"offen;1\n2;3\n4;"5"6\n7;8\n')

    assert rows == [
        (2, "Ein Anführungszeichen wird nicht geschlossen."),
        (3, "2", "3"),
        (4, "Die Zeile lässt sich nicht lesen: ein Anführungszeichen steht falsch."),
        (5, "7", "8"),
    ]


def test_nul_bytes_and_surplus_fields_refuse_their_line():
    assert content(b"a;b\n1;\x002\n1;2;3\n4;5\n")[1] == [
        (2, "Die Zeile enthält ein Nullzeichen."),
        (3, "Die Zeile hat 1 Feld mehr als die Kopfzeile."),
        (4, "4", "5"),
    ]


def test_headers_that_stand_twice_or_are_empty_get_names_of_their_own():
    assert content(b"a;a;;b\n1;2;3;4\n")[0] == ["a", "a (2)", "Spalte 3", "b"]


@pytest.mark.parametrize("data", [b"", b"\n \n", b"\xef\xbb\xbf", b"\xff\xfe", b"sep=;\n"])
def test_an_empty_file_is_called_empty(data):
    with pytest.raises(OfficeFileError, match="Die Datei ist leer"):
        content(data)


def test_a_file_of_headers_only_has_no_rows():
    assert content(b"Name;Ort\n") == (["Name", "Ort"], [])


def workbook(fill):
    book = openpyxl.Workbook()
    fill(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_cells_of_excel_are_read_as_a_person_sees_them():
    def fill(book):
        sheet = book.active
        sheet.append(["Text", "Zahl", "Komma", "Tag", "Zeit", "ja?", None])
        day = dt.datetime(2026, 12, 31)  # noqa: DTZ001, Excel knows no time zones
        sheet.append(["0232 1", 2323161234, 4.5, day, day.replace(hour=9), True, None])
        sheet.append([None, None])
        sheet.append(["unten"])
        sheet.merge_cells("A5:C5")
        sheet.row_dimensions[4].hidden = True
        book.create_sheet("Notizen").append(["egal"])

    header, rows = content(workbook(fill), "liste.xlsx")

    assert header == ["Text", "Zahl", "Komma", "Tag", "Zeit", "ja?"]
    first = "0232 1", "2323161234", "4,5", "2026-12-31", "2026-12-31 09:00:00", "ja"
    assert rows == [(2, *first), (4, "unten", "", "", "", "", "")]


def test_a_number_of_excel_is_known_as_one_and_other_sheets_are_named():
    def fill(book):
        book.active.append(["Name", "PLZ"])
        book.active.append(["A", 4462])
        book.create_sheet("Notizen")

    table = office_files.read("x.xlsx", workbook(fill))

    assert isinstance(next(table.records).cells[1], office_files.NumberText)
    assert table.notes == ["Gelesen wird das Blatt „Sheet“; nicht gelesen: Notizen."]


def test_a_formula_is_read_as_its_value_and_an_error_of_excel_refuses_its_line():
    def fill(book):
        book.active.append(["a", "b"])
        book.active.append(["=1+1", "x"])
        book.active.append(["#REF!", "y"])
        book.active["A3"].data_type = "e"

    assert content(workbook(fill), "x.xlsx")[1] == [
        (2, "", "x"),
        (3, "Eine Zelle enthält den Excel-Fehler #REF!."),
    ]


def bomb(name, size):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "x")
        archive.writestr(name, b"\0" * size)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "mit einem Kennwort geschützt"),
        (b"PK\x03\x04kaputt", "beschädigt"),
        (bomb("mimetype", 10), "beschädigt"),
        (bomb("xl/worksheets/sheet1.xml", 160 * 1024 * 1024), "ausgepackt zu groß"),
        (bomb("xl/sharedStrings.xml", 50 * 1024 * 1024), "ausgepackt zu groß"),
        (b"\x81\x8d\x8f\x90;\x9d", "weder eine Tabelle"),
        (b"a;b\n" + b"1;2\n" * 50_001, "mehr als 50.000 Zeilen"),
        (b"a;b\n" + b"x" * 21 * 1024 * 1024, "größer als 20 MB"),
        (b";".join([b"a"] * 400), "mehr als 300 Spalten"),
    ],
    ids=["password", "broken", "no workbook", "bomb", "text bomb", "bytes", "rows", "size", "wide"],
)
def test_what_cannot_be_read_is_one_sentence(data, sentence):
    with pytest.raises(OfficeFileError, match=sentence):
        content(data, "liste.xlsx" if data.startswith(b"PK") else "liste.csv")


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["a.csv", "a.xlsx"]))
def test_no_bytes_make_it_crash(data, name):
    with suppress(OfficeFileError):
        content(data, name)


WORKBOOK = workbook(lambda book: [book.active.append(row) for row in [("a", "b"), *ROWS]])
PARTS = {
    one.filename: zipfile.ZipFile(io.BytesIO(WORKBOOK)).read(one)
    for one in zipfile.ZipFile(io.BytesIO(WORKBOOK)).infolist()
}


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(PARTS)), st.floats(0, 1), st.binary(max_size=30), st.integers(0, 9))
def test_a_damaged_workbook_never_makes_it_crash(name, where, junk, lost):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part, whole in PARTS.items():
            at = int(where * len(whole)) if part == name else len(whole)
            broken = whole[:at] + junk + whole[at + lost :] if part == name else whole
            archive.writestr(part, broken)
    with suppress(OfficeFileError):
        content(out.getvalue(), "a.xlsx")


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(st.text(st.characters(codec="utf-8")), min_size=2, max_size=2)))
def test_text_comes_back_as_an_export_wrote_it(rows):
    clean = [[" ".join(c.replace("\0", "").split()) for c in row] for row in rows]
    out = io.StringIO(newline="")
    safe = [[formulas.neutral(cell) for cell in row] for row in clean]
    csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL).writerows([["kopf", "zwei"], *safe])

    _header, found = content(out.getvalue().encode("utf-8-sig"))

    assert [list(row[1:]) for row in found] == [row for row in clean if any(row)]
