"""Groups of choices in a list of filters; the line of a choice is rendered once."""

from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from lifephases import ages

from .ready import filled, gap, parts

COUNT = gap("count")
MOST_LINES = 4_000
UNITS = {"jahre", "monate"}


class Choice(NamedTuple):
    """One choice of a filter; ``count`` is how many offers it leaves, ``None`` if uncounted."""

    name: str
    value: str
    label: str
    chosen: bool
    count: int | None = None
    level: int = 1
    is_there: bool = False  # counts what is there, nothing of what comes to the family

    def line(self, kind, language):
        """Return the choice as a line of its group, ``radio`` or ``checkbox``."""
        *shown, _count, level, is_there = self
        count = COUNT if self.count else self.count
        before, after = _line(language, kind, *shown, count, level, is_there)
        return f"{before}{self.count}{after}" if count is COUNT else before


@lru_cache(MOST_LINES)
def _line(language, kind, *choice):
    """Return what stands before and behind the number of a choice."""
    before, *after = parts("choice", language, (("choice", Choice(*choice)), ("kind", kind)))
    return before, after[-1] if after else ""


class Select(NamedTuple):
    """A question of a group with one answer, as a field."""

    name: str
    legend: str
    choices: list

    def __html__(self):
        counts = {f"count{number}": one.count for number, one in enumerate(self.choices)}
        choices = zip(self.choices, counts, strict=True)
        shown = tuple(one._replace(count=gap(name)) for one, name in choices)
        shape = ("name", self.name), ("legend", self.legend), ("choices", shown)
        return filled("select", shape, **counts)

    __str__ = __html__


@dataclass
class Facet:
    """One group of choices; ``kind`` is ``radio``, ``checkbox``, ``order`` or ``age``.

    ``kept`` is an age of the address that no number says.
    """

    name: str
    legend: str
    kind: str
    choices: list = field(default_factory=list)
    selects: list = field(default_factory=list)
    number: int | str | None = None
    unit: str = "jahre"
    error: str = ""
    kept: str = ""

    @property
    def open(self):
        return self.number is not None or any(
            one.chosen and one.value
            for one in chain(self.choices, *(select.choices for select in self.selects))
        )

    def __html__(self):
        """Return the group with all its choices."""
        language = get_language()
        line_kind = "radio" if self.kind == "order" else self.kind
        lines = "".join([choice.line(line_kind, language) for choice in self.choices])
        shape = {name: getattr(self, name) for name in ("name", "legend", "kind", "open")}
        shape |= {"unit": self.unit if self.unit in UNITS else "", "lines": gap("lines")}
        shape |= {"fields": gap("fields") if self.selects else ""}
        typed = {"number": self.number, "error": self.error, "kept": self.kept}
        shape |= {name: gap(name) for name, text in typed.items() if text not in {None, ""}}
        fields = "".join(str(one) for one in self.selects)
        lines = mark_safe(lines)  # noqa: S308, escaped
        fields = mark_safe(fields)  # noqa: S308, escaped
        return filled("facet", tuple(shape.items()), lines=lines, fields=fields, **typed)

    __str__ = __html__


def number_and_unit(month):
    """Say an age as the two fields of the form do: 18 is (18, "monate"), 36 is (3, "jahre")."""
    if month <= 0:
        return None, "jahre"
    if month % ages.MONTHS_A_YEAR == 0:
        return month // ages.MONTHS_A_YEAR, "jahre"
    return month, "monate"
