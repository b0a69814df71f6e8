"""Read one cell as a German office fills it in.

Each function takes the text of a cell and returns a value that JSON can hold, or raises
``ValidationError`` with a sentence that says what is wrong with it.
"""

import datetime as dt
import re
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from kekiz_portal.lib import mailbox as mailboxes
from kekiz_portal.lib import telephone, web_address
from lifephases import age_text, ages

YES = {"ja", "j", "x", "wahr", "true", "1", "yes"}
TICKS = {"✓", "✔", "☑", "☒", "\N{MULTIPLICATION SIGN}", "+"}
NO = {"☐", "nein", "n", "-", "falsch", "false", "0", "no"}
GERMAN_DATE = re.compile(r"(?P<day>[0-9]{1,2})\.(?P<month>[0-9]{1,2})\.(?P<year>[0-9]{4})")
ISO_DATE = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?:[ T]00:00.*)?")
SCIENTIFIC = re.compile(r"[0-9][.,][0-9]+[eE][+][0-9]+")
LOST_ZERO = re.compile(r"[1-9][0-9]{8,11}")
LOST_PLUS = re.compile(r"49[0-9]{9,12}")
POSTAL_CODE = re.compile(r"[0-9]{5}")
LIST_SEPARATORS = re.compile(r"[|;\n]")
PRICE = re.compile(
    r"(?P<amount>[0-9]{1,6}(?:[.,][0-9]{1,2})?) ?(?:€|Euro|EUR)?(?: (?P<label>.{1,120}))?"
)
SHOWN = 40


def _wrong(message, text):
    return ValidationError(message % text[:SHOWN])


def date(text):
    """Read "31.12.2026", "2026-12-31" or a date of Excel as ISO 8601."""
    found = GERMAN_DATE.fullmatch(text) or ISO_DATE.fullmatch(text)
    try:
        parts = found.groupdict()
        return dt.date(int(parts["year"]), int(parts["month"]), int(parts["day"])).isoformat()
    except (AttributeError, ValueError):
        raise _wrong(_("„%s“ ist kein Datum wie 31.12.2026."), text) from None


def truth(text):
    word = text.casefold()
    if word in YES or word in NO:
        return word in YES
    raise _wrong(_("„%s“ ist weder „ja“ noch „nein“."), text)


def is_ticked(text):
    """Read a cell to tick: "x", "ja", "1" or a check mark; nothing and "nein" are none."""
    word = text.strip().casefold()
    if not word or word in TICKS:
        return bool(word)
    try:
        return truth(word)
    except ValidationError:
        raise _wrong(_("„%s“ ist weder ein „x“ noch leer."), text) from None


def month(text):
    """Read an age in whole months; before birth it is negative."""
    if re.fullmatch(r"-?[0-9]{1,4}", text):
        if not ages.may_be_entered(int(text)):
            raise _wrong(_("Ein Alter von „%s“ Monaten gibt es hier nicht."), text)
        return int(text)
    try:
        return age_text.month(text, age_text.MONTHS)
    except ValueError:
        raise _wrong(_("„%s“ ist keine ganze Zahl von Monaten."), text) from None


def link(text):
    """Read the address of a page, with or without "https://"."""
    web_address.validate(text)
    return web_address.stored(text)


def mailbox(text):
    """Read a mail address; its domain in the letters people write."""
    mailboxes.validate(text)
    return mailboxes.shown(mailboxes.stored(text))


def phone(text):
    """Read a telephone number; refuse what Excel has made unreadable."""
    if SCIENTIFIC.fullmatch(text):
        raise _wrong(_("Excel hat die Nummer zu „%s“ gekürzt. Bitte als Text eintragen."), text)
    if lost_a_zero(text):
        text = f"0{text}"
    return str(telephone.validated(text))


def lost_a_zero(text):
    """Whether a telephone number lacks the zero that Excel takes away."""
    return bool(LOST_ZERO.fullmatch(text)) and not LOST_PLUS.fullmatch(text)


def postal_code(text, known=()):
    """Read a postal code; a lost zero comes back only if the city has such a code."""
    if POSTAL_CODE.fullmatch(text):
        return text
    if re.fullmatch(r"[0-9]{4}", text) and f"0{text}" in known:
        return f"0{text}"
    raise _wrong(_("„%s“ ist keine Postleitzahl: Sie hat fünf Ziffern."), text)


def prices(text):
    """Read "10", "4,50 je Termin | 30 im Monat" as pairs of amount and what it is for."""
    found = []
    for part in parts(text):
        price = PRICE.fullmatch(part)
        if not price:
            raise _wrong(_("„%s“ ist kein Betrag wie 4,50."), part)
        try:
            amount = Decimal(price["amount"].replace(",", ".")).quantize(Decimal("0.01"))
        except InvalidOperation:
            raise _wrong(_("„%s“ ist kein Betrag wie 4,50."), part) from None
        found.append([str(amount), price["label"] or ""])
    if len({tuple(price) for price in found}) < len(found):
        raise _wrong(_("„%s“: Derselbe Betrag steht hier zweimal."), text)
    return sorted(found)


def parts(text):
    """Return the parts of a list in one cell: divided by "|", ";" or a line break."""
    return [part.strip() for part in LIST_SEPARATORS.split(text) if part.strip()]


def postal_code_and_city(text):
    """Divide "44789 Bochum"; a text without a code is a city."""
    found = re.fullmatch(r"(?:D-? ?)?(?P<code>[0-9]{4,5})\b[ ,]*(?P<city>.*)", text)
    return (found["code"], found["city"]) if found else ("", text)


def months_of_years(text, *, is_last):
    """Return the months, as text, that an age in years begins or ends with."""
    try:
        return str(age_text.month(text, age_text.YEARS, is_last=is_last))
    except ValueError:
        reason = _(
            "„%s“ ist kein Alter in Jahren. Stehen hier Monate, wählen Sie die Spalte dafür."
        )
        raise _wrong(reason, text) from None


def ages_in_one(text):
    """Return the months, as texts, that "6–12 Monate" begins and ends with; open is empty."""
    try:
        return tuple("" if end is None else str(end) for end in age_text.read(text))
    except ValueError:
        raise _wrong(_("„%s“ ist kein Alter wie „3 Jahre“ oder „6–12 Monate“."), text) from None
