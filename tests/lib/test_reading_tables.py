"""Whatever an office calls a table is read, or refused with a sentence; never with a crash."""

import csv
import datetime as dt
import io
import zipfile
from contextlib import suppress
from functools import partial

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kekiz_portal.lib.tables import cells, formulas, reading, sheets, workbooks
from kekiz_portal.lib.tables.document import Document
from kekiz_portal.lib.tables.errors import RefusedError, TableError, sentence

ROWS = [("Käte", "0232 1"), ("Öğuz; \nzweite Zeile", "+49 2323")]
CSV = 'Name;Telefon;;\nKäte;0232 1;;\n"Öguz; \nzweite Zeile";+49 2323;;\n;;;\n'


def document(data, encoding=""):
    """Read a file; a workbook in this process, which is quicker than one of its own."""
    if data.startswith(b"PK"):
        try:
            return Document(workbooks.packed(data))
        except RefusedError as error:
            raise TableError(sentence(error.code, error.values)) from error
    return reading.read(data, encoding)


def content(data, choice=None, encoding="", known=()):
    table = sheets.table(document(data, encoding), choice, lambda name: name in known)
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

    assert (header, rows) == (["a,b", "c"], [(2, "1", "2")])


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
    with pytest.raises(TableError, match="Die Datei ist leer"):
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
        book.create_sheet("Notizen").append(["egal"])

    header, rows = content(workbook(fill))

    assert header == ["Text", "Zahl", "Komma", "Tag", "Zeit", "ja?"]
    first = "0232 1", "2323161234", "4,5", "2026-12-31", "2026-12-31 09:00:00", "ja"
    assert rows == [(2, *first), (4, "unten", "", "", "", "", "")]


def test_a_number_of_excel_is_known_as_one_and_other_sheets_are_named():
    def fill(book):
        book.active.append(["Name", "PLZ"])
        book.active.append(["A", 4462])
        book.create_sheet("Notizen")

    table = sheets.table(document(workbook(fill)))

    assert isinstance(next(table.records).cells[1], cells.NumberText)
    assert table.notes == ["Gelesen wird das Blatt „Sheet“; nicht gelesen: Notizen."]


def test_a_formula_without_result_and_an_error_of_excel_are_known_as_such_never_as_empty():
    def fill(book):
        book.active.append(["a", "b"])
        book.active.append(['="02323 "&"555111"', "x"])
        book.active.append(["#REF!", "y"])
        book.active["A3"].data_type = "e"

    rows = list(sheets.table(document(workbook(fill))).records)

    assert [type(row.cells[0]) for row in rows] == [cells.NoResult, cells.ErrorText]
    assert all(row.cells[0] for row in rows)
    assert rows[1].cells[0] == "#REF!"


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def bomb(name, size):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "x")
        archive.writestr(name, b"\0" * size)
    return out.getvalue()


NAMES = "password xls pdf html xml2003 xml broken workbook bomb texts bytes rows size wide"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (OLE + "EncryptedPackage".encode("utf-16-le"), "mit einem Kennwort geschützt"),
        (OLE + "Workbook".encode("utf-16-le"), r"im alten Excel-Format \(\.xls\)"),
        (b"%PDF-1.7\n1 0 obj", "ist ein PDF"),
        (b"\xef\xbb\xbf\n<HTML><table>", "ist eine Internetseite"),
        (
            b'<?xml version="1.0"?><W xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "2003",
        ),
        (b'<?xml version="1.0"?><liste/>', "ist XML"),
        (b"PK\x03\x04kaputt", "beschädigt"),
        (partial(bomb, "mimetype", 10), "beschädigt"),
        (partial(bomb, "xl/worksheets/sheet1.xml", 160 * 1024 * 1024), "ausgepackt zu groß"),
        (partial(bomb, "xl/sharedStrings.xml", 50 * 1024 * 1024), "ausgepackt zu groß"),
        (bytes(range(32)) * 9, "weder eine Tabelle"),
        (b"a;b\n" + b"1;2\n" * 50_001, "mehr als 50.000 Zeilen"),
        (b"a;b\n" + b"x" * 21 * 1024 * 1024, "größer als 20 MB"),
        (b";".join([b"a"] * 400), "mehr als 300 Spalten"),
    ],
    ids=[
        "password",
        "xls",
        "pdf",
        "html",
        "xml 2003",
        "xml",
        "broken",
        "no workbook",
        "bomb",
        "text bomb",
        "bytes",
        "rows",
        "size",
        "wide",
    ],
)
def test_what_cannot_be_read_is_one_sentence(data, sentence):
    with pytest.raises(TableError, match=sentence):
        content(data() if callable(data) else data)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04"]))
def test_no_bytes_make_it_crash(data, beginning):
    with suppress(TableError):
        content(beginning + data)


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
    with suppress(TableError):
        content(out.getvalue())


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(st.text(st.characters(codec="utf-8")), min_size=2, max_size=2)))
def test_text_comes_back_as_an_export_wrote_it(rows):
    clean = [[" ".join(c.replace("\0", "").split()) for c in row] for row in rows]
    out = io.StringIO(newline="")
    safe = [[formulas.neutral(cell) for cell in row] for row in clean]
    csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL).writerows([["kopf", "zwei"], *safe])

    _header, found = content(out.getvalue().encode("utf-8-sig"), encoding="utf-8-sig")

    assert [list(row[1:]) for row in found] == [row for row in clean if any(row)]


# Letters


def question(data, encoding=""):
    """Return the first row below the header, and what a person is asked about its letters."""
    found = document(data, encoding)
    asked = [one["name"] for one in found.encoding["readings"]]
    return next(sheets.table(found).records).cells, asked


TEXT = "Name;Ort\nKäthe Groß;Übach-Palenberg\nJörg Äußer;Münster – „Mitte“\n"


@pytest.mark.parametrize("encoding", ["mac_roman", "cp850"])
def test_letters_that_the_file_does_not_explain_are_asked_about_the_likeliest_first(encoding):
    text = TEXT if encoding == "mac_roman" else TEXT.replace("– „Mitte“", "")
    cells_read, asked = question(text.encode(encoding))

    assert cells_read == ("Käthe Groß", "Übach-Palenberg")
    assert asked[0] == encoding
    assert len(asked) > 1


@pytest.mark.parametrize(
    ("line", "encoding"),
    [
        ("Straße 5;Herne", "mac_roman"),
        ("Straße 5;Herne", "cp850"),
        ("Öğuz Yıldız;Herne", "cp1254"),
        ("Zażółć;Łódź", "cp1250"),
    ],
)
def test_few_or_foreign_letters_are_a_question_too(line, encoding):
    _cells, asked = question(f"Name;Ort\n{line}\n".encode(encoding))

    assert encoding in asked
    assert question(f"Name;Ort\n{line}\n".encode(encoding), encoding)[0] == tuple(line.split(";"))


@pytest.mark.parametrize("taken_for", ["cp1252", "mac_roman", "cp850"])
def test_utf8_that_was_taken_for_something_else_is_mended_if_a_person_says_so(taken_for):
    twice = TEXT.encode().decode(taken_for, "replace" if taken_for == "cp1252" else "strict")
    twice = twice.replace("\ufffd", "\x9d").encode()

    cells_read, asked = question(twice)

    assert cells_read == ("Käthe Groß", "Übach-Palenberg")
    assert asked[-1] == "utf-8"
    assert question(twice, "utf-8")[0] != cells_read


def test_two_files_put_together_in_two_encodings_are_read_line_by_line():
    data = TEXT.encode() + "Björn;Köln\n".encode("cp1252")

    cells_read, asked = question(data, "mixed")

    assert "mixed" in asked
    assert cells_read[0] == "Käthe Groß"


def test_plain_german_from_windows_is_not_asked_about():
    assert question(TEXT.encode("cp1252")) == (("Käthe Groß", "Übach-Palenberg"), [])


def test_a_letter_that_is_lost_already_refuses_its_row():
    rows = content("Name;Ort\nK\ufffdte;Herne\n".encode())[1]

    assert rows == [(2, "In der Zeile steht „\ufffd“: Ein Buchstabe ist verloren gegangen.")]


# Where the header is, and what divides


def test_the_delimiter_is_judged_from_several_lines_not_from_a_title():
    data = b"Kitas, Schulen, Horte, Stand 2026\nName;Preis\nA;4,50\nB;3,20\n"

    assert content(data) == (["Name", "Preis"], [(3, "A", "4,50"), (4, "B", "3,20")])


@pytest.mark.parametrize(
    "above",
    [
        "Kitas in Herne;;;\n",
        "Kitas in Herne;;;\nStand:;01.03.2026;;\n\n",
        "Stadt Herne;Fachbereich 51;;\n\n",
    ],
)
def test_titles_and_dates_above_the_header_are_passed_over(above):
    data = f"{above}Name;Straße;PLZ;Ort\nA;Weg 1;44623;Herne\n".encode()

    header, rows = content(data)

    assert header == ["Name", "Straße", "PLZ", "Ort"]
    assert rows == [(above.count("\n") + 2, "A", "Weg 1", "44623", "Herne")]


def test_two_rows_of_headers_become_one():
    data = b"Name;Adresse;;;Telefon\n;Weg;PLZ;Ort;\nA;B;44623;Herne;1\n"

    header, rows = content(data, known={"Name", "Telefon", "Weg", "PLZ", "Ort"})

    assert header == ["Name", "Adresse: Weg", "Adresse: PLZ", "Adresse: Ort", "Telefon"]
    assert rows == [(3, "A", "B", "44623", "Herne", "1")]


def test_the_row_of_excel_is_told_though_cells_have_several_lines():
    data = b'Name;Ort\n"A\nB\nC";x\n\nD;y\n'

    assert content(data)[1] == [(2, "A\nB\nC", "x"), (4, "D", "y")]


def test_a_header_that_is_repeated_further_down_is_no_row():
    rows = content(b"Name;Ort\nA;B\nName;Ort\nC;D\n")[1]

    assert rows[1] == (3, "Die Zeile wiederholt die Kopfzeile.")


def test_a_person_may_say_where_the_header_is():
    data = b"A;B\n1;2\nName;Ort\nC;D\n"

    assert content(data, sheets.Choice(first=3)) == (["Name", "Ort"], [(4, "C", "D")])


def test_a_person_may_say_that_two_rows_are_the_header():
    data = b"Liste;;\nKontakt;;Ort\nName;Telefon;\nA;1;Herne\n"

    header, rows = content(data, sheets.Choice(first=2, last=3))

    assert header == ["Kontakt: Name", "Kontakt: Telefon", "Ort"]
    assert rows == [(4, "A", "1", "Herne")]


def test_where_no_column_is_known_the_fullest_sheet_is_read():
    def fill(book):
        book.active.append(["Notiz", "von"])
        sheet = book.create_sheet("Liste")
        for row in [["Eins", "Zwei"], ["a", "b"], ["c", "d"]]:
            sheet.append(row)

    assert content(workbook(fill)) == (["Eins", "Zwei"], [(2, "a", "b"), (3, "c", "d")])


def test_the_sheet_with_known_columns_is_read_though_another_is_fuller():
    def fill(book):
        for number in range(5):
            book.active.append([f"Zelle {number}", "x", "y"])
        sheet = book.create_sheet("Liste")
        sheet.append(["Name", "Ort"])
        sheet.append(["A", "Herne"])

    found = content(workbook(fill), known={"Name", "Ort"})

    assert found == (["Name", "Ort"], [(2, "A", "Herne")])


def test_a_row_drawn_to_no_height_is_hidden_and_one_of_odd_height_is_not():
    def fill(book):
        for row in [["Name", "Ort"], ["A", "1"], ["B", "2"], ["C", "3"]]:
            book.active.append(row)
        book.active.row_dimensions[3].height = 88
        book.active.row_dimensions[4].height = 99

    def drawn(sheet):
        return sheet.replace('ht="88"', 'ht="0"').replace('ht="99"', 'ht="hoch"')

    odd = changed(workbook(fill), sheet1=drawn)

    assert content(odd)[1] == [(2, "A", "1"), (4, "C", "3")]


# Workbooks as offices keep them


def test_a_filtered_list_with_cover_title_hidden_columns_and_merged_cells_is_read_as_seen():
    def fill(book):
        book.active.append(["Kitas der Stadt"])
        sheet = book.create_sheet("Liste")
        sheet.append(["Stand: 1. März 2026"])
        sheet.append([])
        for row in [
            ["Name", "Adresse", None, None, "Telefon"],
            [None, "Straße", "intern", "PLZ", None],
            ["A", "Weg 1", "geheim", 4462, "1"],
            [None, "Weg 2", "geheim", 44623, "2"],
            ["B", "Weg 3", "geheim", 44623, "3"],
            ["C", "Weg 4", "geheim", 44623, "4"],
        ]:
            sheet.append(row)
        for area in ("A3:A4", "B3:D3", "E3:E4", "A5:A6"):
            sheet.merge_cells(area)
        sheet["D5"].number_format = "00000"
        sheet.row_dimensions[7].hidden = True
        sheet.column_dimensions["C"].hidden = True
        book.create_sheet("Archiv").sheet_state = "hidden"

    table = sheets.table(document(workbook(fill)))

    assert table.header == ["Name", "Adresse: Straße", "Adresse: PLZ", "Telefon"]
    assert [(row.line, *row.cells) for row in table.records] == [
        (5, "A", "Weg 1", "04462", "1"),
        (6, "A", "Weg 2", "44623", "2"),
        (8, "C", "Weg 4", "44623", "4"),
    ]
    assert table.notes == [
        "Gelesen wird das Blatt „Liste“; nicht gelesen: Sheet.",
        "Ausgeblendete Blätter bleiben weg: Archiv.",
        "1 ausgeblendete Zeile bleibt weg. Soll sie mit, blenden Sie sie in Excel ein.",
        "Ausgeblendete Spalten bleiben weg: C (intern).",
    ]


def test_a_cell_under_one_merged_beside_it_is_not_taken_for_emptied():
    def fill(book):
        book.active.append(["Name", "Telefon", "E-Mail"])
        book.active.append(["A", "nur Anrufbeantworter", None])
        book.active.merge_cells("B2:C2")

    row = next(sheets.table(document(workbook(fill))).records)

    assert type(row.cells[2]) is cells.Covered


def test_what_excel_made_a_date_is_known_as_one():
    def fill(book):
        book.active.append(["Name", "Öffnungszeiten"])
        book.active.append(["A", dt.date(2026, 12, 8)])

    row = next(sheets.table(document(workbook(fill))).records)

    assert row.cells[1] == "2026-12-08"
    assert type(row.cells[1]) is cells.DateText


def changed(book, **parts):
    """Return a workbook with the text of some of its parts replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            change = parts.get(name.rpartition("/")[2].partition(".")[0], lambda text: text)
            new.writestr(name, change(old.read(name).decode()))
    return out.getvalue()


def test_a_strict_workbook_is_named_and_what_to_do():
    strict = changed(
        WORKBOOK,
        workbook=lambda text: text.replace(
            "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            "http://purl.oclc.org/ooxml/spreadsheetml/main",
        ),
    )

    with pytest.raises(TableError, match="Strict Open XML"):
        document(strict)


@pytest.mark.parametrize(
    ("member", "sentence_"),
    [
        ("xl/workbook.bin", ".xlsb"),
        ("content.xml", "LibreOffice"),
        ("word/document.xml", "Word-Dokument"),
        ("Index/Document.iwa", "Numbers"),
        ("liste.csv", "ZIP-Archiv"),
    ],
)
def test_other_files_in_zip_are_named(member, sentence_):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(member, "x")

    with pytest.raises(TableError, match=sentence_):
        document(out.getvalue())
