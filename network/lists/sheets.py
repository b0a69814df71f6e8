"""Lists on paper, set by typst as tagged PDF (PDF/UA-1): address labels and attendance sheets.

What people have typed goes in as JSON and is shown as text; it can never become typst markup.
"""

import json
import unicodedata
from pathlib import Path

import typst
from django.utils import timezone
from django.utils.translation import gettext as _

from network.models import Partner

from .addresses import address_of

TEMPLATES = Path(__file__).parent / "typst"
# The first is inside typst and has Latin, Greek and Cyrillic; others are taken where they are.
FONTS = ["Libertinus Serif"]
GUESTS = 8
INVISIBLE = {"Cc", "Cs", "Co", "Cn"}


def labels(entries, about):
    """Return the PDF with an address label for each loaded partner or person with an address."""
    lines_of = _house if entries.model is Partner else _person_at_house
    rows = [lines for lines in map(lines_of, entries.iterator(chunk_size=500)) if lines]
    return _pdf("labels.typ", about, rows=rows, empty=_("Zu dieser Liste gibt es keine Anschrift."))


def attendance(entries, about, occasion=""):
    """Return the PDF with a line to sign for each loaded partner or person."""
    row_of = _seat_of_house if entries.model is Partner else _seat_of_person
    return _pdf(
        "attendance.typ",
        about,
        title=_("Anwesenheitsliste"),
        rows=[row_of(entry) for entry in entries.iterator(chunk_size=500)],
        occasion=occasion,
        guests=GUESTS,
        words={
            "page": _("Seite"),
            "of": _("von"),
            "occasion": _("Anlass, Tag und Ort:"),
            "columns": [_("Name"), _("Einrichtung"), _("Unterschrift")],
        },
    )


def compiled(template, data, **options):
    """Return what typst makes of a template and data; ``options`` as for ``typst.compile``."""
    return typst.compile(
        TEMPLATES / template,
        root=TEMPLATES,
        sys_inputs={"data": json.dumps(_printable(data))},
        **options,
    )


def _pdf(template, about, **data):
    data = {"title": about.what, "by": about.by, "about": _about(about), "fonts": FONTS} | data
    try:
        return compiled(template, data, format="pdf", pdf_standards=["ua-1"])
    except typst.TypstError:
        # A sign that no font on this machine has: better a box in its place than no list.
        return compiled(template, data, format="pdf")


def _about(about):
    return _("%(what)s · Auswahl: %(filters)s · Stand %(day)s · exportiert von %(by)s") % {
        "what": about.what,
        "filters": about.filters or _("alle"),
        "day": f"{timezone.localtime():%d.%m.%Y}",
        "by": about.by,
    }


def _house(partner):
    place = address_of(partner)
    return [partner.institution.name, place.street, place.town] if place.street else None


def _person_at_house(person):
    lines = _house(person.partner)
    return lines and [lines[0], person.name, *lines[1:]]


def _seat_of_house(partner):
    return {"name": "", "role": "", "house": partner.institution.name}


def _seat_of_person(person):
    return {"name": person.name, "role": person.role, "house": person.partner.institution.name}


def _printable(value):
    """Return the data without signs that no font can show."""
    if isinstance(value, dict):
        return {name: _printable(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_printable(one) for one in value]
    if isinstance(value, str):
        return "".join(sign for sign in value if unicodedata.category(sign) not in INVISIBLE)
    return value
