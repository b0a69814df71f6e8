"""Read one cell as a German office fills it in.

Each function takes the text of a cell and returns a value that JSON can hold, or raises
``ValidationError`` with a sentence that says what is wrong with it.
"""

import datetime as dt
import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from kekiz_portal.lib import mailbox as mailboxes
from kekiz_portal.lib import telephone, web_address

YES = {"ja", "j", "x", "wahr", "true", "1", "yes"}
TICKS = {"✓", "✔", "☑", "☒", "\N{MULTIPLICATION SIGN}", "+"}
NO = {"☐", "nein", "n", "-", "falsch", "false", "0", "no"}
GERMAN_DATE = re.compile(r"(?P<day>[0-9]{1,2})\.(?P<month>[0-9]{1,2})\.(?P<year>[0-9]{4})")
ISO_DATE = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?:[ T]00:00.*)?")
SCIENTIFIC = re.compile(r"[0-9][.,][0-9]+[eE][+][0-9]+")
LOST_ZERO = re.compile(r"[1-9][0-9]{8,11}")
LOST_PLUS = re.compile(r"49[0-9]{9,12}")
SHOWN = 40


def wrong(message, text):
    """Return the error that a sentence with the beginning of a cell says."""
    return ValidationError(message % text[:SHOWN])


def unknown(text):
    """Return the error that there is no such thing here."""
    return wrong(_("„%s“ gibt es nicht."), text)


def date(text):
    """Read "31.12.2026", "2026-12-31" or a date of Excel as ISO 8601."""
    found = GERMAN_DATE.fullmatch(text) or ISO_DATE.fullmatch(text)
    try:
        parts = found.groupdict()
        return dt.date(int(parts["year"]), int(parts["month"]), int(parts["day"])).isoformat()
    except (AttributeError, ValueError):
        raise wrong(_("„%s“ ist kein Datum wie 31.12.2026."), text) from None


def truth(text):
    word = text.casefold()
    if word in YES or word in NO:
        return word in YES
    raise wrong(_("„%s“ ist weder „ja“ noch „nein“."), text)


def is_ticked(text):
    """Read a cell to tick: "x", "ja", "1" or a check mark; nothing and "nein" are none."""
    word = text.strip().casefold()
    if not word or word in TICKS:
        return bool(word)
    try:
        return truth(word)
    except ValidationError:
        raise wrong(_("„%s“ ist weder ein „x“ noch leer."), text) from None


def link(text):
    """Read the address of a page, with or without "https://"."""
    web_address.validate(text)
    return web_address.stored(text)


def mailbox(text):
    """Read a mail address, also as programs write it; its domain in the letters people write."""
    text = text.strip().removeprefix("mailto:").strip("<>")
    mailboxes.validate(text)
    return mailboxes.shown(mailboxes.stored(text))


def phone(text):
    """Read a telephone number; refuse what Excel has made unreadable."""
    if SCIENTIFIC.fullmatch(text):
        raise wrong(_("Excel hat die Nummer zu „%s“ gekürzt. Bitte als Text eintragen."), text)
    if lost_a_zero(text):
        text = f"0{text}"
    return str(telephone.validated(text))


def lost_a_zero(text):
    """Whether a telephone number lacks the zero that Excel takes away."""
    return bool(LOST_ZERO.fullmatch(text)) and not LOST_PLUS.fullmatch(text)


def choice(text, choices):
    """Read one of the choices of a field (pairs of value and label), by label or value."""
    known = by_text(choices)
    if text.casefold() in known:
        return known[text.casefold()]
    possible = ", ".join(str(label) for _value, label in choices)
    raise ValidationError(
        _("„%(text)s“ gibt es hier nicht; möglich sind: %(possible)s.")
        % {"text": text[:SHOWN], "possible": possible}
    )


def by_text(choices):
    """Return the values of choices by their labels and by themselves, in small letters."""
    found = {}
    for value, label in choices:
        found[str(label).casefold()] = found[str(value).casefold()] = value
    return found
