"""Telephone numbers as phones dial them."""

from django.conf import settings

NATIONAL_PREFIX = "0"


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
