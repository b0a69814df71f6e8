"""Address books: vCard 3.0 (RFC 2426), which every program reads, or 4.0 (RFC 6350).

One card a person or institution. The lines are written here, because `vobject` knows no 4.0; the
tests read every card of 3.0 back with it.
"""

import unicodedata
import uuid

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from kekiz_portal.lib import names, telephone
from network.models import Partner

from .postal_addresses import address_of

V3, V4 = "3.0", "4.0"
LINE_OCTETS = 75
NAMESPACE = uuid.UUID("6f3b0a4e-5c0a-4c8e-9d0e-0d2a4b1c7f10")


def cards(entries, about, version=V3):
    """Yield the cards of loaded partners or people as bytes; ``about`` becomes each one's note."""
    lines_of = partner_lines if entries.model is Partner else person_lines
    for entry in entries.iterator(chunk_size=500):
        yield card([*lines_of(entry, version), *_about_lines(about)], version)


def card(lines, version):
    """Return one card: folded lines, each ended as the standard asks."""
    whole = ["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD"]
    return "".join(f"{folded(line)}\r\n" for line in whole).encode()


def person_lines(person, version):
    institution, name = person.partner.institution, names.read(person.name)
    return [
        *_kind("individual", version),
        f"UID:urn:uuid:{uuid.uuid5(NAMESPACE, f'contact:{person.pk}')}",
        f"FN:{escaped(name.full)}",
        f"N:{_parts(name.family, name.given, '', name.title, name.suffix)}",
        f"ORG:{escaped(institution.name)}",
        *([f"TITLE:{escaped(person.role)}"] if person.role else []),
        *_phone(person.phone, "WORK,VOICE", version),
        *_phone(person.mobile, "WORK,CELL", version),
        *_mail(person.email, version),
        *_address(person.partner),
        *_categories(person),
    ]


def partner_lines(partner, version):
    institution = partner.institution
    return [
        *_kind("org", version),
        f"UID:urn:uuid:{institution.uuid}",
        f"FN:{escaped(institution.name)}",
        f"N:{_parts(institution.name, '', '', '', '')}",
        f"ORG:{escaped(institution.name)}",
        *_phone(institution.phone, "WORK,VOICE", version),
        *_mail(institution.email, version),
        *([f"URL:{one_line(institution.url)}"] if institution.url else []),
        *_address(partner),
        *_categories(partner),
    ]


def escaped(text):
    """Return text as a value: what structures a card is escaped, nothing unprintable stays."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(
        sign for sign in text if sign == "\n" or unicodedata.category(sign) not in {"Cc", "Cs"}
    )
    for sign in "\\,;":
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def one_line(text):
    """Return an address, which has no escapes, without what would begin a new line."""
    return "".join(sign for sign in text if unicodedata.category(sign) not in {"Cc", "Cs"})


def folded(line):
    """Break a line so that none is longer than 75 octets, never inside a character."""
    pieces, piece, size = [], "", 0
    for sign in line:
        width = len(sign.encode())
        if size + width > LINE_OCTETS:
            pieces.append(piece)
            piece, size = " ", 1
        piece += sign
        size += width
    return "\r\n".join([*pieces, piece])


def _parts(*parts):
    return ";".join(escaped(part) for part in parts)


def _kind(kind, version):
    return [f"KIND:{kind}"] if version == V4 else []


def _phone(text, kinds, version):
    """Return a number as text, as one dials it anywhere; its note is a note of the card."""
    if not text:
        return []
    found = telephone.read(text)
    number = found.international if found else text
    types = kinds if version == V3 else f'"{kinds.lower()}"'
    note = [f"NOTE:{escaped(f'{number}: {found.note}')}"] if found and found.note else []
    return [f"TEL;TYPE={types}:{escaped(number)}", *note]


def _mail(address, version):
    types = "INTERNET,WORK" if version == V3 else "work"
    return [f"EMAIL;TYPE={types}:{escaped(address)}"] if address else []


def _address(partner):
    place = address_of(partner)
    if not (place.street or place.postal_code):
        return []
    parts = ["", "", place.street, place.city, "", place.postal_code, ""]
    return [f"ADR;TYPE=WORK:{';'.join(escaped(part) for part in parts)}"]


def _categories(entry):
    names = dict.fromkeys(one.group.name for one in entry.open_memberships)
    return [f"CATEGORIES:{','.join(escaped(name) for name in names)}"] if names else []


def _about_lines(about):
    now = timezone.now()
    note = _("%(what)s, Stand %(day)s, Auswahl: %(filters)s, exportiert von %(by)s") % {
        "what": about.what,
        "day": f"{timezone.localtime(now):%d.%m.%Y}",
        "filters": about.filters or _("alle"),
        "by": about.by,
    }
    return [
        f"NOTE:{escaped(note)}",
        f"PRODID:{escaped(settings.CITY['portal_name'])}",
        f"REV:{now:%Y%m%dT%H%M%SZ}",
    ]
