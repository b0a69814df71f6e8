"""The network as woven threads: a thread down for each group, one across for each house, a knot
where they meet, and an arc between two houses that share offers or refer to each other.
"""

from typing import NamedTuple

LABEL, STEP, ROW, TOP = 270, 60, 26, 180
THINNEST, THICKEST = 2, 10
FARTHEST = 220  # how far an arc reaches to the side


class Down(NamedTuple):
    """The thread of a group, from its first knot to its last."""

    name: str
    x: int
    first: int
    last: int
    width: int


class Across(NamedTuple):
    """The thread of a house, from its name to its last knot, with its knots."""

    name: str
    y: int
    end: int
    knots: list


class Arc(NamedTuple):
    """Between two houses that share ``number`` offers or referrals."""

    path: str
    width: int
    number: int


class Picture:
    """Where everything lies that is drawn of ``Ties``; ``city`` names the thread of agreements."""

    def __init__(self, ties, city):
        self.label, self.heads = LABEL - STEP // 10, TOP - ROW
        houses = ties.tied
        self._y = {one.partner.pk: TOP + ROW * at for at, one in enumerate(houses)}
        threads = [(str(one), {*those}) for one in ties.by_size for those in [ties.groups[one]]]
        agreed = {one.partner.pk for one in houses if one.agreements}
        if agreed:
            threads.append((city, agreed))
        self.downs = [self._down(at, *thread) for at, thread in enumerate(threads)]
        self.edge = LABEL + STEP * len(threads)
        self.acrosses = [self._across(one, threads) for one in houses]
        self.arcs = [
            self._arc(one.partner.pk, other, number)
            for one in houses
            for other, number in one.beside.items()
            if one.partner.pk < other
        ]
        self.width = self.edge + (FARTHEST if self.arcs else STEP) + STEP
        self.height = TOP + ROW * len(houses)

    def _down(self, at, name, those):
        ends = [self._y[pk] for pk in those]
        width = max(THINNEST, min(len(those), THICKEST))
        return Down(name, LABEL + STEP * at + STEP // 2, min(ends), max(ends), width)

    def _across(self, house, threads):
        pk = house.partner.pk
        downs = zip(self.downs, threads, strict=True)
        knots = [down.x for down, (_name, those) in downs if pk in those]
        end = self.edge if house.beside else max(knots)
        return Across(house.name, self._y[pk], end, knots)

    def _arc(self, one, other, number):
        first, last = sorted([self._y[one], self._y[other]])
        reach = min(40 + (last - first) // 2, FARTHEST * 4 // 3)
        x = self.edge
        path = f"M{x} {first}C{x + reach} {first} {x + reach} {last} {x} {last}"
        return Arc(path, min(THINNEST + number - 1, THICKEST), number)
