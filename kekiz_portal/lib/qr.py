"""An address as a QR code that is drawn into the page, in black, without styles of its own."""

import segno
from django.utils.safestring import mark_safe

MEDIUM = "m"  # still read when 15 % of it are dirty


def svg(address, title):
    """Return the QR code of an address as inline SVG; ``title`` says what it leads to."""
    code = segno.make(address, error=MEDIUM, micro=False)
    drawn = code.svg_inline(omitsize=True, border=2, svgclass="qr", lineclass=None, title=title)
    return mark_safe(drawn)  # noqa: S308, segno escapes the title; the rest are modules
