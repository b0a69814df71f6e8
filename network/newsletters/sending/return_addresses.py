"""Where a mail comes back to when it cannot be delivered: an address for each mail, signed.

``bounces@portal.example`` becomes ``bounces+<number of the delivery>-<signature>@portal.example``,
so a bounce says by its address alone which mail it is about, and nobody can make one up.
"""

import base64
import re
from email.utils import parseaddr
from functools import cache

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.http import base36_to_int, int_to_base36

PURPOSE = "network.newsletters.bounces.return_path"
OF_A_LETTER = "network.asking.return_path"  # the number is one of a ``HouseLetter``
# 80 bits: cannot be guessed by mail, and leaves the address 64 octets before the @. Lower-case
# letters and digits only, since some servers change the case of addresses.
SIGNATURE_BYTES = 10
SIGNED = re.compile(r"\+([0-9a-z]{1,13})-([a-z2-7]{16})@", re.IGNORECASE)


def return_path(delivery):
    """Return the envelope sender of one mail, without a question to the database.

    Without a mailbox for bounces it is the address the newsletters come from.
    """
    return _signed(delivery, PURPOSE)


def return_path_of_letter(letter):
    """Return the envelope sender of a letter to an institution, likewise."""
    return _signed(letter, OF_A_LETTER)


def _signed(mail, purpose):
    if not settings.BOUNCE_ADDRESS:
        return _without_name(settings.DEFAULT_FROM_EMAIL)
    local, _at, domain = settings.BOUNCE_ADDRESS.rpartition("@")
    number = int_to_base36(mail.pk)
    return f"{local}+{number}-{_signature(number, settings.SECRET_KEY, purpose)}@{domain}"


def letter_id_in(text):
    """Return the number of the letter to an institution whose return path stands in a text."""
    return delivery_id_in(text, OF_A_LETTER)


def delivery_id_in(text, purpose=PURPOSE):
    """Return the number of the delivery whose return path stands in a text, else None.

    Knows addresses signed with earlier keys. Whatever stands around the address is ignored.
    """
    for number, signature in SIGNED.findall(text):
        if _is_ours(number.lower(), signature.lower(), purpose):
            return base36_to_int(number)
    return None


@cache
def _without_name(address):
    return parseaddr(address)[1]


def _is_ours(number, signature, purpose):
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any(constant_time_compare(signature, _signature(number, key, purpose)) for key in keys)


def _signature(number, key, purpose):
    digest = salted_hmac(purpose, number, secret=key, algorithm="sha256").digest()
    return base64.b32encode(digest[:SIGNATURE_BYTES]).decode().lower()
