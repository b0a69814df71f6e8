"""Address books: vCard 4.0 (RFC 6350), one card a person or institution."""

import re
import unicodedata
import uuid

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from network.models import Partner
from offers.telephone import tel_uri

from .addresses import address_of

LINE_OCTETS = 75
TITLES = re.compile(r"^((?:(?:Prof|Dr|Dipl)\.[\w.\-]*(?: (?:med|phil|Ing|Päd)\.)* ?)+)")
NUMBER = re.compile(r"\+?[0-9 ()/.\-\u2011-\u2013]+")
NAMESPACE = uuid.UUID("6f3b0a4e-5c0a-4c8e-9d0e-0d2a4b1c7f10")


def cards(entries, about):
    """Yield the cards of loaded partners or people as bytes; ``about`` becomes each one's note."""
    lines_of = partner_lines if entries.model is Partner else person_lines
    for entry in entries.iterator(chunk_size=500):
        yield card([*lines_of(entry), *_about_lines(about)])


def card(lines):
    """Return one card: folded lines, each ended as the standard asks."""
    whole = ["BEGIN:VCARD", "VERSION:4.0", *lines, "END:VCARD"]
    return "".join(f"{folded(line)}\r\n" for line in whole).encode()


def person_lines(person):
    house = person.partner.institution
    return [
        "KIND:individual",
        f"UID:{_uid('contact', person.pk)}",
        f"FN:{escaped(person.name)}",
        f"N:{name_parts(person.name)}",
        f"ORG:{escaped(house.name)}",
        *_line("TITLE", person.role),
        *_phone(person.phone, "work,voice"),
        *_phone(person.mobile, "work,cell"),
        *_mail(person.email),
        *_address(person.partner),
        *_categories(person),
    ]


def partner_lines(partner):
    house = partner.institution
    return [
        "KIND:org",
        f"UID:urn:uuid:{house.uuid}",
        f"FN:{escaped(house.name)}",
        f"ORG:{escaped(house.name)}",
        *_phone(house.phone, "work,voice"),
        *_mail(house.email),
        *([f"URL:{one_line(house.url)}"] if house.url else []),
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


def name_parts(name):
    """Return "Dr. Ada von Muster" as its five parts: family name last, titles before."""
    titles = TITLES.match(name)
    prefix = titles[0].strip() if titles else ""
    words = name[len(titles[0]) if titles else 0 :].split()
    start = len(words) - 1
    while start > 1 and words[start - 1].islower():  # "van der Berg"
        start -= 1
    given, family = " ".join(words[: max(start, 0)]), " ".join(words[max(start, 0) :])
    return ";".join(escaped(part) for part in (family, given, "", prefix, ""))


def _line(name, text):
    return [f"{name}:{escaped(text)}"] if text else []


def _phone(number, kinds):
    if not number:
        return []
    if NUMBER.fullmatch(number):
        return [f'TEL;VALUE=uri;TYPE="{kinds}":{tel_uri(number)}']
    return [f'TEL;VALUE=text;TYPE="{kinds}":{escaped(number)}']


def _mail(address):
    return [f"EMAIL;TYPE=work:{escaped(address)}"] if address else []


def _address(partner):
    place = address_of(partner)
    if not (place.street or place.postal_code):
        return []
    parts = ["", "", place.street, place.city, "", place.postal_code, ""]
    return [f"ADR;TYPE=work:{';'.join(escaped(part) for part in parts)}"]


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


def _uid(kind, key):
    return f"urn:uuid:{uuid.uuid5(NAMESPACE, f'{kind}:{key}')}"
