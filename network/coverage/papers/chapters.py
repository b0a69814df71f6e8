"""A paper of tables: the page, the workbook and the PDF of it say the same, as all read it here."""

from dataclasses import dataclass
from typing import NamedTuple

import openpyxl
from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from kekiz_portal.lib.tables.writing import file_of, text_cell
from network.lists import signs

WIDEST_SHEET_NAME = 31  # signs, as Excel has it
SHORTEST_WORDS, LONGEST_WORDS = 9, 50  # signs that make a column on paper wider


class Chapter(NamedTuple):
    """A table: each row begins with its words, numbers are whole. ``method`` says how it is counted
    and from what.
    """

    title: str
    heads: list
    rows: list
    method: str


@dataclass(frozen=True)
class Paper:
    """Chapters, with what they are about: day, years, place; ``by`` is who asked for them."""

    title: str
    lead: str
    by: str
    chapters: list

    @property
    def file_name(self):
        return slugify(self.title)

    @property
    def about(self):
        return f"{settings.CITY['full_name']}, {settings.CITY['department']}"


def workbook(paper):
    """Return a file with one sheet a chapter, and a first one that says how all is counted."""
    book = openpyxl.Workbook(write_only=True)
    first = book.create_sheet(_("Über diese Zahlen"))
    first.column_dimensions["A"].width, first.column_dimensions["B"].width = 36, 110
    told = [
        (paper.title, paper.lead),
        (_("Herausgegeben von"), paper.about),
        (_("Erstellt von"), paper.by),
        *((one.title, one.method) for one in paper.chapters),
    ]
    for line in told:
        first.append([text_cell(first, str(one), bold=not at) for at, one in enumerate(line)])
    for number, chapter in enumerate(paper.chapters, start=1):
        sheet = book.create_sheet(f"{number} {chapter.title}"[:WIDEST_SHEET_NAME].replace("/", "-"))
        for at in range(1, len(chapter.heads) + 1):
            sheet.column_dimensions[get_column_letter(at)].width = 20 if at > 1 else 44
        sheet.append([text_cell(sheet, str(one), bold=True) for one in chapter.heads])
        for row in chapter.rows:
            sheet.append(
                [one if isinstance(one, int) else text_cell(sheet, str(one)) for one in row]
            )
    return file_of(book)


def pdf(paper):
    """Return the PDF (PDF/UA-1)."""
    data = {
        "title": paper.title,
        "lead": paper.lead,
        "by": paper.by,
        "about": paper.about,
        "fonts": signs.FONTS,
        "chapters": [
            one._asdict()
            | {
                "heads": [str(head) for head in one.heads],
                "rows": [[str(cell) for cell in row] for row in one.rows],
                "widths": _widths(one),
            }
            for one in paper.chapters
        ],
        "words": {"page": _("Seite"), "of": _("von"), "none": _("Dazu ist nichts eingetragen.")},
    }
    return signs.tagged_pdf("chapters.typ", data)


def _widths(chapter):
    """Return how wide each column is beside the others, by the longest words in it."""
    columns = zip(chapter.heads, *chapter.rows, strict=True)
    return [
        min(max(SHORTEST_WORDS, *(len(str(one)) for one in of)), LONGEST_WORDS) for of in columns
    ]
