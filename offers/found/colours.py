"""Colours that others name: read with certainty, and kept apart enough to be read (WCAG 1.4.3)."""

import re

HEX = re.compile(r"#?([0-9a-fA-F]{6})")
ENOUGH = 4.5
NEARLY_BLACK = 0.04045  # where the curve of sRGB is a line
BLACK, WHITE = "#000000", "#ffffff"


def read(text, otherwise):
    """Return a colour as "#c4122f"; ``otherwise`` where a text names none."""
    found = HEX.fullmatch(text.strip())
    return f"#{found[1].lower()}" if found else otherwise


def ink_on(ground):
    """Return black or white, whichever is read better on a ground."""
    return max(BLACK, WHITE, key=lambda ink: contrast(ink, ground))


def readable(colour, ground):
    """Return a colour if it can be read on a ground, else black or white."""
    return colour if contrast(colour, ground) >= ENOUGH else ink_on(ground)


def contrast(one, other):
    """Return the contrast of two colours, from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour):
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (
        one / 12.92 if one <= NEARLY_BLACK else ((one + 0.055) / 1.055) ** 2.4 for one in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
