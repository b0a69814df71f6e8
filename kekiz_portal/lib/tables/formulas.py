"""Keep a spreadsheet from computing what somebody has written (standards S-21)."""

import re

# What a spreadsheet takes for the beginning of a formula, full-width signs included.
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
QUOTE = "'"
# Numbers and telephone numbers begin with a sign too and compute nothing.
HARMLESS = re.compile(r"[+-]? ?[0-9(][0-9 ()/.,-]*")


def neutral(text):
    """Return a text as a cell of a CSV file may hold it; ``original`` turns it back."""
    unquoted = text.lstrip(QUOTE)
    if unquoted.startswith(STARTS) and not HARMLESS.fullmatch(text):
        return QUOTE + text
    return text


def original(text):
    """Return what ``neutral`` was given."""
    if text.startswith(QUOTE) and text.lstrip(QUOTE).startswith(STARTS):
        return text[1:]
    return text
