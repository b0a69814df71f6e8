"""The thread of the chain as a picture: thick, thin or frayed, from the cells of the table."""

from typing import NamedTuple

LEFT, STEP, ROW, TOP = 270, 150, 34, 60
THICKEST = 14
NO_THREAD = {"torn", "none"}
FRAY = 26  # how far the ends of a torn thread reach into its gap


class Piece(NamedTuple):
    """The thread of a topic in one phase; ``kind`` as ``Cell.thread`` says."""

    kind: str
    x: int
    y: int
    width: int
    torn_from: tuple = ()  # the ends of a gap: where the thread that is not there would go on

    @property
    def end(self):
        return self.x + STEP

    @property
    def frays(self):
        """The loose ends of a torn thread, as paths."""
        return [
            f"M{start} {self.y}q{sign * FRAY // 2} {bend} {sign * FRAY} {2 * bend}"
            for start, sign in self.torn_from
            for bend in (-4, 0, 4)
        ]


class Thread:
    """One thread a topic along the phases of an ``Overview``, with the size of the picture."""

    def __init__(self, overview):
        self.phases = [one for one in overview.phases if not one.is_cross]
        self.lines = [
            (topic.name, TOP + ROW * row, self._pieces(fields, TOP + ROW * row))
            for row, (topic, fields) in enumerate(overview.rows)
        ]
        self.width = LEFT + STEP * len(self.phases)
        self.height = TOP + ROW * len(self.lines)

    @property
    def heads(self):
        """The name of each phase with the middle of its column."""
        return [(one.name, LEFT + STEP * at + STEP // 2) for at, one in enumerate(self.phases)]

    def _pieces(self, fields, y):
        along = [one.cell for one in fields if not one.column.is_cross]
        kinds = ["", *(cell.thread for cell in along), ""]
        pieces = []
        for at, cell in enumerate(along):
            before, kind, after = kinds[at : at + 3]
            x = LEFT + STEP * at
            ends = ((x, 1, before), (x + STEP, -1, after)) if kind == "torn" else ()
            torn_from = tuple((end, sign) for end, sign, beside in ends if beside not in NO_THREAD)
            width = min(2 + cell.within_reach, THICKEST)
            pieces.append(Piece(kind, x, y, width, torn_from))
        return pieces
