"""Later facts about a row: single values, each from its own page, that win over the row's own.

``corrected`` lays them over a row, field by field. What a person decided about a value (the file
of readings) is the last word: the value as it is to be read, or nothing.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from .rows import Row

FACTS = ("field", "value", "source_url", "source_year", "certainty", "note")
READINGS = ("field", "value", "reason", "source_url", "source_year")
INFERRED = "inferred"
YEAR = re.compile(r"[0-9]{4}")
# What the list says about a row itself, not about what it describes.
ABOUT_THE_ROW = {"id", "scope", "source_url", "source_year", "certainty", "notes"}


@dataclass
class Corrected:
    """A row with later facts laid over it.

    ``sources`` maps a page and its year to the columns that come from it; ``sourced`` are the
    columns whose value a page says in so many words, ``inferred`` those that somebody concluded.
    """

    row: Row
    sources: dict = field(default_factory=lambda: defaultdict(list))
    sourced: set = field(default_factory=set)
    inferred: set = field(default_factory=set)


def corrected(row, facts, readings):
    """Lay facts (rows of a companion) and readings over a row; returns a ``Corrected``."""
    latest = {fact["field"]: fact for fact in facts}
    decided = {own["field"]: own for own in readings}
    values = row.values | {
        name: said["value"] for name, said in [*latest.items(), *decided.items()]
    }
    found = Corrected(Row(row.file, row.line, values, row.companions))
    for name, value in values.items():
        if name in ABOUT_THE_ROW or not value.strip():
            continue
        origin = _origin(name, value, row, latest.get(name), decided)
        found.sources[origin["source_url"], year_in(origin["source_year"])].append(name)
        if "certainty" in origin.values and origin is not row:
            (found.inferred if origin["certainty"] == INFERRED else found.sourced).add(name)
    return found


def year_in(text):
    """Return the year in what a collector wrote ("2025?", "2018+"), ``None`` if there is none."""
    found = YEAR.search(text)
    return int(found[0]) if found else None


def _origin(name, value, row, fact, decided):
    """Return the row that a value is from: the reading with a page of its own, else the fact.

    A reading that says what the row said goes back to the row.
    """
    if name in decided and decided[name]["source_url"]:
        return decided[name]
    if fact is None or (name in decided and value == row.values.get(name)):
        return row
    return fact
