"""Several values in one cell: "Kultur | Sprache", each perhaps of several parts: "Büro; 02323 16".

A value may hold the dividing signs itself: a backslash before one says so.
"""

import re

BETWEEN = " | "
BETWEEN_PARTS = "; "
DIVIDING = re.compile(r"\\([\\|;\n])|([|;\n])")
SIGNS = "\\|;\n"


def joined(values):
    """Return the cell of values as they are: without a dividing sign or ``escaped``."""
    return BETWEEN.join(values)


def escaped(value, signs=SIGNS):
    """Return a value as it may stand among others in a cell."""
    return "".join(f"\\{sign}" if sign in signs else sign for sign in value)


def row(parts):
    """Return the value of several parts in order; empty ones at the end are left out."""
    parts = [escaped(part) for part in parts]
    while parts and not parts[-1]:
        parts.pop()
    return BETWEEN_PARTS.join(parts)


def values(text, dividing="|;\n"):
    """Return the values in a cell without those that are empty."""
    return [value for value in all_values(text, dividing) if value]


def rows(text):
    """Return the parts of each value in a cell."""
    return [all_values(value, ";") for value in _divided(text, "|") if value.strip()]


def all_values(text, dividing):
    """Return the values in a cell, the empty ones too: what stands side by side keeps its place."""
    return [_plain(value.strip()) for value in _divided(text, dividing)]


def _divided(text, dividing):
    """Divide at some of the signs; what is escaped stays so."""
    begin = 0
    for found in DIVIDING.finditer(text):
        if found[2] and found[2] in dividing:
            yield text[begin : found.start()]
            begin = found.end()
    yield text[begin:]


def _plain(value):
    return DIVIDING.sub(lambda found: found[1] or found[2], value)
