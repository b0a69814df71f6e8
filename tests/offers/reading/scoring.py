"""How well pages are read: what was found of what was to be found, and what was made up."""

import datetime as dt
from dataclasses import dataclass

from kekiz_portal.lib import telephone
from offers.reading import money, reader
from offers.reading.clock import same, times_in
from offers.reading.document import parse

TODAY = dt.date(2026, 11, 29)


@dataclass(frozen=True)
class Score:
    right: int
    made_up: int
    missed: int

    @property
    def precision(self):
        return self.right / (self.right + self.made_up)

    @property
    def recall(self):
        return self.right / (self.right + self.missed)


def read(page):
    return reader.differences(parse(page.html.encode()), page.known, TODAY)


def score(pages):
    right = made_up = missed = 0
    for page in pages:
        found = read(page)
        good = [one for one in found if is_right(one, page.expected)]
        right += len(good)
        made_up += len(found) - len(good)
        missed += len(page.expected) - len(good)
    return Score(right, made_up, missed)


def errors(pages):
    """Return in words what went wrong, for whoever mends the reader."""
    said = []
    for number, page in enumerate(pages):
        found = read(page)
        wrong = [one for one in found if not is_right(one, page.expected)]
        lost = set(page.expected) - {one.fact for one in found if one not in wrong}
        said += [f"{number} layout {page.layout + 1}: made up {one}" for one in wrong]
        said += [
            f"{number} layout {page.layout + 1}: missed {one} {page.expected[one]}" for one in lost
        ]
    return said


def is_right(found, expected):
    """Whether a found fact is one that the page was changed in."""
    wanted = expected.get(found.fact)
    if wanted is None:
        return False
    if found.fact == "phone":
        return telephone.read(found.value).dialled == wanted
    if found.fact == "times":
        span = frozenset({(wanted.day, wanted.begin * 60, wanted.end * 60)})
        return same(times_in(found.value), span)
    if found.fact == "price":
        return money.amounts_in(found.value) == {wanted * 100}
    return wanted in found.value if found.fact == "notice" else found.value == wanted
