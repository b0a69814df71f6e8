"""What everybody may read of an ``Overview``: the office's figures, without demand and notes."""

THICKEST = 8  # offers within reach; more make the thread no thicker


class Net:
    """``threads`` are, for each topic along the phases, ``Cell.thread``, offers and thickness."""

    def __init__(self, overview):
        self.day, self.place, self.part = overview.day, overview.place, overview.part
        self.city, self.here = overview.city, overview.all_here
        self.phases = [one for one in overview.phases if not one.is_cross]
        self.parts = [] if overview.part else list(overview.by_part())
        supply = overview.supply
        self.threads = []
        for topic in overview.topics:
            cells = (supply.cell(topic.slug, one, overview.slug) for one in self.phases)
            pieces = [(one.thread, one.within_reach) for one in cells]
            self.threads.append((topic, [(*one, min(one[1], THICKEST)) for one in pieces]))
        kinds = [kind for _topic, thread in self.threads for kind, *_numbers in thread]
        self.torn, self.fields = kinds.count("torn"), len(kinds) - kinds.count("none")
        somewhere = supply.placed | supply.coming
        self.nobody_knows_where = (supply.of(overview.span) & ~somewhere).bit_count()

    @property
    def lacking(self):
        """Offers of which somebody to ask, a place or a time is not known."""
        return self.here.offers - self.here.within_reach
