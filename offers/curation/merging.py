"""Two records that grew out of one: what each changed is kept, what both changed is asked."""

import hashlib
from dataclasses import dataclass, field

from .record import POSITION, ROOT, without_orphans

MINE, THEIRS = "mine", "theirs"


@dataclass(frozen=True)
class Conflict:
    """What two people changed in different ways; without ``field`` a whole row.

    ``mine`` and ``theirs`` are its two values, ``None`` for a row that somebody removed.
    """

    part: object
    pk: int
    field: object
    mine: object = field(compare=False)
    theirs: object = field(compare=False)

    @property
    def name(self):
        return f"{self.part.name}-{self.pk}-{self.field.name if self.field else 'row'}"

    @property
    def mark(self):
        """What tells apart two states of the other side: who chose knew this one."""
        return hashlib.sha256(repr(self.theirs).encode()).hexdigest()[:12]


def mine_unless_gone(conflict):
    """Prefer what is wanted now, but leave away what was removed meanwhile."""
    return THEIRS if conflict.theirs is None else MINE


class Merge:
    """Both sides of a ``base`` in one ``record``; ``asked`` are conflicts with the side chosen.

    ``choose`` takes a ``Conflict`` and returns ``MINE``, ``THEIRS`` or ``None``.
    """

    def __init__(self, parts, base, theirs, mine, choose=mine_unless_gone):
        self.parts, self.choose, self.asked = parts, choose, []
        self.base, self.theirs, self.mine = base, theirs, mine
        self.record, self._side_of = {}, {}
        for part in parts:
            self._merge_part(part)
        without_orphans(self.record, parts)

    @property
    def open(self):
        """The conflicts that nobody has decided."""
        return [conflict for conflict, side in self.asked if side is None]

    def _merge_part(self, part):
        kept = self.record[part.name] = {}
        mine, theirs = self.mine[part.name], self.theirs[part.name]
        for pk in [*theirs, *(pk for pk in mine if pk not in theirs)]:
            row = self._row(part, pk)
            if row is not None:
                kept[pk] = row

    def _row(self, part, pk):
        before, theirs, mine = (
            side[part.name].get(pk) for side in (self.base, self.theirs, self.mine)
        )
        if side := self._side_of_parent(part, theirs or mine):
            self._side_of[part.name, pk] = side
            return mine if side == MINE else theirs
        if before is None:  # added, so known to one of them only
            return mine or theirs
        if mine is None or theirs is None:
            return self._removed(part, pk, mine, theirs)
        return self._both_there(part, pk, before, mine, theirs)

    def _side_of_parent(self, part, row):
        """Return whose state counts for a whole row that this one belongs to, if it is decided."""
        return part.name != ROOT and self._side_of.get((part.under, row[part.parent]))

    def _removed(self, part, pk, mine, theirs):
        """One removed a row; if the other changed it, or what hangs on it, it is asked."""
        remover, other = (MINE, self.theirs) if mine is None else (THEIRS, self.mine)
        side = remover
        if self._branch(part, pk, other) != self._branch(part, pk, self.base):
            side = self._decide(Conflict(part, pk, None, mine, theirs))
        self._side_of[part.name, pk] = side
        return mine if side == MINE else theirs

    def _branch(self, part, pk, record):
        """Return a row with all that hangs on it."""
        below = [one for one in self.parts if one.under == part.name and one.name != ROOT]
        return record[part.name].get(pk), [
            self._branch(one, key, record)
            for one in below
            for key, row in record[one.name].items()
            if row[one.parent] == pk
        ]

    def _both_there(self, part, pk, before, mine, theirs):
        if part.is_read_whole and before not in (mine, theirs) and mine != theirs:
            side = self._decide(Conflict(part, pk, None, mine, theirs))
            return mine if side == MINE else theirs
        row = {}
        for one in [*part.fields, *part.lists]:
            sides = Conflict(part, pk, one, mine.get(one.name), theirs.get(one.name))
            row[one.name] = self._value(sides, before.get(one.name))
        return row

    def _value(self, sides, before):
        """Return the value of a field; ``sides`` is the ``Conflict`` it would be."""
        if sides.mine in (before, sides.theirs):
            return sides.theirs
        if sides.theirs == before or sides.field.name == POSITION:
            return sides.mine
        return sides.mine if self._decide(sides) == MINE else sides.theirs

    def _decide(self, conflict):
        side = self.choose(conflict)
        self.asked.append((conflict, side))
        return side or MINE
