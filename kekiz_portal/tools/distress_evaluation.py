"""How well calls for help are heard: labelled calls and near misses against ``understand``.

A file has the columns of ``tests/offers/search/distress_a.csv``. ``right_first`` names, parted by
``|``, the numbers that may stand first.
"""

import csv
from collections import defaultdict
from dataclasses import dataclass, field

from offers.search.query.understanding import understand

CALL = "call"
RESCUE, POLICE, OWN_CITY = "notruf-112", "polizei-110", "soforthilfe-herne"
# What the files call a number, and which lines of the city are one. The city's own line answers
# for its youth office day and night; nobody else here is asked for a bed or food tonight.
LINES = {
    "112": {RESCUE},
    "deaf-emergency": {RESCUE},
    "110": {POLICE},
    "missing-children": {POLICE},
    "poison": {"giftnotruf-bonn"},
    "suicide": {"telefonseelsorge", OWN_CITY},
    "child-line": {"nummer-gegen-kummer-kinder"},
    "parents-line": {"elterntelefon", OWN_CITY},
    "women-violence": {"gewalt-gegen-frauen"},
    "men-violence": set(),
    "sexual-abuse": {"sexueller-missbrauch"},
    "pregnancy": {"schwangere-in-not"},
    "youth-office": {OWN_CITY},
    "homeless": {OWN_CITY},
    "food": {OWN_CITY},
    "addiction": set(),
    "on-call": {"aerztlicher-bereitschaftsdienst"},
    "other": {OWN_CITY},
}


@dataclass(frozen=True)
class Heard:
    """A row of a file, and what the search made of its text."""

    row: dict
    helplines: tuple
    is_crisis: bool

    @property
    def is_right(self):
        """Whether the first number is one that helps."""
        wanted = set().union(*(LINES[name] for name in self.row["right_first"].split("|") if name))
        return bool(self.helplines) and self.helplines[0] in wanted

    @property
    def is_rescued(self):
        """Whether who may die gets 112 first, or the police where somebody attacks."""
        return self.helplines[:1] == (RESCUE,) or self.is_right


@dataclass
class Figures:
    """The shares of some rows; ``None`` where there are none."""

    rows: list = field(default_factory=list)

    @property
    def calls(self):
        return [one for one in self.rows if one.row["kind"] == CALL]

    @property
    def near_misses(self):
        return [one for one in self.rows if one.row["kind"] != CALL]

    @property
    def shares(self):
        """Right first, any number, 112 where life is in danger; false: urgent, and of any kind."""
        dying = [one for one in self.calls if one.row["life_in_danger"] == "yes"]
        return (
            _share([one.is_right for one in self.calls]),
            _share([bool(one.helplines) for one in self.calls]),
            _share([one.is_rescued for one in dying]),
            _share([one.is_crisis for one in self.near_misses]),
            _share([bool(one.helplines) for one in self.near_misses]),
        )


def evaluate(paths, ask=understand):
    """Return every row of the files as it is ``Heard``."""
    heard = []
    for path in paths:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                understood = ask(row["text"])
                heard.append(Heard(row, understood.helplines, understood.is_crisis))
    return heard


def by_language(heard):
    """Return the ``Figures`` of each language and, last, of all."""
    groups = defaultdict(Figures)
    for one in heard:
        groups[one.row["language"]].rows.append(one)
    return dict(sorted(groups.items())) | {"all": Figures(heard)}


def _share(values):
    return sum(values) / len(values) if values else None
