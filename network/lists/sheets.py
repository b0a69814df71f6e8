"""Lists on paper, set by typst as tagged PDF (PDF/UA-1): address labels and attendance sheets.

What people have typed goes in as JSON and is shown as text; it can never become typst markup.
"""

from django.utils import timezone
from django.utils.translation import gettext as _

from network.models import Partner

from . import signs
from .postal_addresses import address_of

GUESTS = 8


def labels(entries, about):
    """Return the PDF with an address label for each loaded partner or person with an address."""
    lines_of = _institution if entries.model is Partner else _person_there
    rows = [lines for lines in map(lines_of, entries.iterator(chunk_size=500)) if lines]
    return _pdf("labels.typ", about, rows=rows, empty=_("Zu dieser Liste gibt es keine Anschrift."))


def attendance(entries, about, occasion=""):
    """Return the PDF with a line to sign for each loaded partner or person."""
    row_of = _seat_of_institution if entries.model is Partner else _seat_of_person
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


def _pdf(template, about, **data):
    common = {"title": about.what, "by": about.by, "about": _about(about), "fonts": signs.FONTS}
    return signs.tagged_pdf(template, common | data)


def _about(about):
    return _("%(what)s · Auswahl: %(filters)s · Stand %(day)s · exportiert von %(by)s") % {
        "what": about.what,
        "filters": about.filters or _("alle"),
        "day": f"{timezone.localtime():%d.%m.%Y}",
        "by": about.by,
    }


def _institution(partner):
    place = address_of(partner)
    return [partner.institution.name, place.street, place.town] if place.street else None


def _person_there(person):
    lines = _institution(person.partner)
    return lines and [lines[0], person.name, *lines[1:]]


def _seat_of_institution(partner):
    return {"name": "", "role": "", "institution": partner.institution.name}


def _seat_of_person(person):
    return {
        "name": person.name,
        "role": person.role,
        "institution": person.partner.institution.name,
    }
