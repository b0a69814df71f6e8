"""Telephone numbers as phones dial them."""

import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

NATIONAL_PREFIX = "0"
WRITTEN = re.compile(r"\+?[0-9 ()/.\-\u2011-\u2013]+")
SHORTEST, LONGEST = 3, 15  # 110; ITU-T E.164


def tel_uri(number):
    """Return the ``tel:`` address (RFC 3966) of a number as it is written.

    "02323 16-1651" becomes "tel:+492323161651" in Germany; short numbers such as
    116 117 stay as they are.
    """
    number = number.replace("(0)", "")
    digits = "".join(char for char in number if char.isdigit())
    if number.strip().startswith("+"):
        return f"tel:+{digits}"
    if digits.startswith(NATIONAL_PREFIX):
        return f"tel:{settings.CITY['region'].get('calling_code', '+49')}{digits[1:]}"
    return f"tel:{digits}"


def validate(number):
    """Raise ``ValidationError`` unless a phone can dial a number as it is written."""
    digits = sum(char.isdigit() for char in number)
    if not WRITTEN.fullmatch(number.strip()):
        raise ValidationError(
            _("Eine Telefonnummer hat nur Ziffern, etwa 02323 16-0. Hinweise gehören nicht hinein.")
        )
    if not SHORTEST <= digits <= LONGEST:
        raise ValidationError(
            _("Eine Nummer, die man wählen kann, hat %(shortest)d bis %(longest)d Ziffern."),
            params={"shortest": SHORTEST, "longest": LONGEST},
        )


def dialled(number):
    """Return the digits a phone dials for a number as written; nothing if it cannot."""
    try:
        validate(number)
    except ValidationError:
        return ""
    return tel_uri(number).removeprefix("tel:")
