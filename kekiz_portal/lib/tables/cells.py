"""Cells as text, with what a program must know beyond the text; and rows of them."""

from dataclasses import dataclass


class NumberText(str):
    """The text of a cell that Excel kept as a number: leading zeros may be lost."""

    __slots__ = ()


class DateText(str):
    """A cell that Excel kept as a date or a time, in ISO 8601; it may have made "8-12" one."""

    __slots__ = ()


class ErrorText(str):
    """What Excel shows where it could not compute: "#REF!"."""

    __slots__ = ()


class NoResult(str):
    """A formula whose result the file does not hold; only a spreadsheet could compute it."""

    __slots__ = ()


class Covered(str):
    """A cell under a merged one beside it: empty to look at, but nobody has emptied it."""

    __slots__ = ()


KINDS = {"n": NumberText, "d": DateText, "e": ErrorText, "f": NoResult, "c": Covered}
LETTERS = {kind: letter for letter, kind in KINDS.items()}


@dataclass(frozen=True)
class Record:
    """One row: its number in Excel, its cells as text, and why it cannot be read."""

    line: int
    cells: tuple = ()
    problem: str = ""


def packed(cell):
    """Return a cell as JSON holds it."""
    letter = LETTERS.get(type(cell))
    return [letter, str(cell)] if letter else str(cell)


def unpacked(value):
    """Return the cell that ``packed`` was given."""
    return value if isinstance(value, str) else KINDS[value[0]](value[1])
