"""How often a misspelled, torn or joined word leads where the right one leads.

A file has the columns ``wrong``, ``right`` and ``kind``.
"""

import csv
from collections import defaultdict
from dataclasses import dataclass

from .search_evaluation import FIRST, shown_for


@dataclass(frozen=True)
class Spelled:
    """How something was typed, how it is spelled, and what each shows first."""

    wrong: str
    right: str
    kind: str
    shown: tuple
    wanted: tuple

    @property
    def leads_there(self):
        """Whether the first offers are the same, in the same order."""
        return self.shown == self.wanted


def compare(path):
    """Yield a ``Spelled`` for each row of a file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            wrong, right = row["wrong"], row["right"]
            shown, wanted = (tuple(shown_for(text)[:FIRST]) for text in (wrong, right))
            yield Spelled(wrong, right, row.get("kind") or "", shown, wanted)


def by_kind(compared):
    """Return by kind, and for "all", how many there are and which share leads there."""
    groups = defaultdict(list)
    for one in compared:
        groups[one.kind].append(one.leads_there)
        groups["all"].append(one.leads_there)
    return {kind: (len(found), sum(found) / len(found)) for kind, found in groups.items()}
