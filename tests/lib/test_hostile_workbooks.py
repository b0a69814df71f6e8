"""Workbooks of some kilobytes that would cost minutes and gigabytes end soon, with a sentence."""

import io
import time
import zipfile

import openpyxl
import pytest

from kekiz_portal.lib.tables import errors, isolated, limits, reading, sheets, workbooks
from kekiz_portal.lib.tables.document import Document
from kekiz_portal.lib.tables.errors import RefusedError, TableError

SECONDS = 20  # of a processor; the slowest takes 3 on a plain machine
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def workbook(texts="", **parts):
    """Return a small workbook, some of its parts replaced; ``sheet1``, ``styles`` and so on."""
    book = openpyxl.Workbook()
    book.active.append(["Name", "Ort"])
    book.active.append(["A", "B"])
    book.save(whole := io.BytesIO())
    out = io.BytesIO()
    with (
        zipfile.ZipFile(whole) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            change = parts.get(name.rpartition("/")[2].partition(".")[0])
            text = old.read(name).decode()
            new.writestr(name, change(text) if change else text)
        if texts:
            new.writestr("xl/sharedStrings.xml", texts)
    return out.getvalue()


def before(end, more):
    return lambda text: text.replace(end, more + end)


def instead(text):
    return lambda _old: text


def sheet(rows, more=""):
    dimension = '<dimension ref="A1"/>'
    return instead(f"<worksheet {MAIN}>{dimension}<sheetData>{rows}</sheetData>{more}</worksheet>")


NAMED = '<row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c></row>'
FAR = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
WIDE = "".join(f'<row r="{n}">{"<c/>" * 16_000}</row>' for n in range(2, 402))
MERGED = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 40_000))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (workbook(sheet1=sheet(NAMED + FAR)), "In der Zelle XFD1048576"),
        (workbook(sheet1=sheet(NAMED + WIDE)), "zu viele Zellen"),
        (workbook(sheet1=sheet(NAMED + "<row/>" * 1_200_000)), "mehr als 50.000 Zeilen"),
        (
            workbook(sheet1=sheet(NAMED, f"<mergeCells>{MERGED}</mergeCells>")),
            "zu viele verbundene Zellen",
        ),
        (
            workbook(styles=before("</cellXfs>", '<xf numFmtId="0"/>' * 400_000)),
            "zu viele Formate",
        ),
        (
            workbook(texts=f"<sst {MAIN}>{'<si><r/><r/><r/><r/></si>' * 450_000}</sst>"),
            "zu viele Texte",
        ),
        (
            workbook(
                workbook=before(
                    "</workbook>",
                    "<definedNames>"
                    + '<definedName name="n">A1</definedName>' * 60_000
                    + "</definedNames>",
                )
            ),
            "zu viele Namen",
        ),
        (workbook(styles=before("</styleSheet>", "<a>" * 5_000 + "</a>" * 5_000)), "zu viele"),
        (
            workbook(
                sheet1=instead(
                    f'<!DOCTYPE w [<!ENTITY a "{"x" * 9}">]><worksheet {MAIN}>&a;</worksheet>'
                )
            ),
            "beschädigt",
        ),
    ],
    ids=["far", "wide", "rows", "merged", "styles", "texts", "names", "deep", "entity"],
)
def test_a_small_file_made_to_hurt_ends_soon_with_a_sentence(data, sentence):
    assert len(data) < 400_000
    started = time.process_time()

    with pytest.raises(RefusedError) as refused:
        workbooks.packed(data)

    assert time.process_time() - started < SECONDS
    assert sentence in errors.sentence(refused.value.code, refused.value.values)


def test_hundreds_of_thousands_of_rows_that_are_only_coloured_are_no_rows():
    coloured = "".join(f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(2, 300_000))

    found = Document(workbooks.packed(workbook(sheet1=sheet(NAMED + coloured))))

    assert found.sheets[0]["rows"] == 1


@pytest.mark.parametrize(
    ("limit", "value"), [("MEMORY_BYTES", 60 * limits.MEGABYTE), ("WAIT_SECONDS", 0.05)]
)
def test_what_no_count_foresees_costs_only_its_own_process(monkeypatch, limit, value):
    """The process gets its limits as arguments, so that they can be narrow here."""
    monkeypatch.setattr(limits, limit, value)

    with pytest.raises(TableError, match="zu umfangreich"):
        isolated.read_workbook(workbook(sheet1=before("</t>", "x" * 30 * limits.MEGABYTE)))


def test_a_file_is_read_without_the_secrets_of_the_portal(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "geheim")
    asked = []
    run = isolated.subprocess.run
    monkeypatch.setattr(
        isolated.subprocess, "run", lambda *a, **k: asked.append(k["env"]) or run(*a, **k)
    )

    table = sheets.table(reading.read(workbook()))

    assert next(table.records).cells == ("A", "B")
    assert asked == [{"PYTHONUTF8": "1"}]
