"""Mail addresses: when two spellings are one mailbox, and how each is written and reached.

A mailbox is kept as typed before the "@", with its domain as machines write it (IDNA 2008,
"xn--…", in small letters). So the database compares and reaches it, and people read their own
letters. Two addresses are one mailbox when they differ in case only: RFC 5321 lets a server tell
"Max" from "max", none does, and one person must not get two mails.
"""

import unicodedata

import idna
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.db.models import TextField
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

PUNYCODE = "xn--"
INVISIBLE = {"Cf"}  # direction marks and the like; control signs are refused
# Providers that deliver "max+kita@" to "max@", and those that ignore dots as well, as they say
# themselves; others may make such names different people's.
WITH_TAGS = frozenset(
    """gmail.com googlemail.com outlook.com outlook.de hotmail.com hotmail.de live.com live.de
    icloud.com me.com mac.com fastmail.com proton.me protonmail.com pm.me posteo.de mailbox.org
    """.split()  # noqa: SIM905
)
WITHOUT_DOTS = {"gmail.com": "gmail.com", "googlemail.com": "gmail.com"}
SAME_DOMAIN = WITHOUT_DOTS | {"protonmail.com": "proton.me", "pm.me": "proton.me"}


def stored(address):
    """Return an address as it is kept and written to: as typed, its domain as machines write it.

    What is no address stays as it is, without blanks around it: whether it is one says
    ``validate``.
    """
    address = "".join(
        sign
        for sign in unicodedata.normalize("NFC", address or "")
        if unicodedata.category(sign) not in INVISIBLE
    ).strip()
    local, at, domain = address.rpartition("@")
    if not at:
        return address
    if not local.isascii():  # the database may know small letters of ASCII only
        local = unicodedata.normalize("NFC", local.lower())
    return f"{local}@{_ascii_domain(domain)}"


def identity(address):
    """Return what is the same for all spellings of a mailbox."""
    return stored(address).lower()


def shown(address):
    """Return an address as people read it: a domain in its own letters."""
    local, at, domain = (address or "").rpartition("@")
    if PUNYCODE not in domain:
        return address
    try:
        return f"{local}{at}{idna.decode(domain)}"
    except idna.IDNAError:
        return address


def spellings(address):
    """Return how an address may stand in a text, in small letters: for machines, for people."""
    return list(dict.fromkeys([identity(address), shown(identity(address))]))


def validate(address):
    """Raise ``ValidationError`` for what is no address, or has a domain nobody can have."""
    kept = stored(address)
    local, _at, domain = kept.rpartition("@")
    is_address = EmailValidator(_("Das ist keine E-Mail-Adresse, an die man schreiben kann."))
    is_address(kept if local.isascii() else "")
    if not domain.isascii():
        raise ValidationError(
            _("Eine solche Domain kann es nicht geben. Bitte prüfen Sie den Teil nach dem „@“."),
            code="invalid",
        )


def provider_mailbox(address):
    """Return the mailbox an address leads to at its provider: without tag, and dots where ignored.

    For limits against abuse only: never for whom to write to, or who is the same person.
    """
    local, at, domain = identity(address).rpartition("@")
    if domain in WITH_TAGS:
        local = local.partition("+")[0] or local
    if domain in WITHOUT_DOTS:
        local = local.replace(".", "")
    return f"{local}{at}{SAME_DOMAIN.get(domain, domain)}"


def in_database(column):
    """Return the expression for ``identity`` of a column that holds stored addresses."""
    return Lower(column, output_field=TextField())


def _ascii_domain(domain):
    """Return a domain as "xn--…" in small letters; as it is where IDNA 2008 knows none such."""
    domain = domain.strip().rstrip(".。．｡")
    if domain.isascii() and PUNYCODE not in domain.lower():
        return domain.lower()
    try:
        # UTS 46 without transition: capitals become small, "ß" stays itself.
        return idna.encode(domain, uts46=True, transitional=False).decode().lower()
    except idna.IDNAError:
        return domain.lower()
