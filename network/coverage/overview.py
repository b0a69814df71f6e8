"""The page of the whole chain: which part of the city, which ages, and all its cells."""

from dataclasses import dataclass
from functools import cached_property

from network.models import ChainNeed, ChainNote
from offers.models import District, Topic

from . import children, columns, supply
from .cells import Cell, Supply, Thin
from .demand import Demand
from .doubles import Doubles
from .past import Change, Since


@dataclass(frozen=True)
class Field:
    """A cell with where it stands, and the count of children if it is known."""

    place: District
    topic: Topic
    column: columns.Column
    cell: Cell
    count: object = None
    change: Change | None = None  # against an earlier day, if one is asked for
    demand: int = 0  # how often it was searched in vain or found full
    doubles: tuple = ()  # where three providers or more do the same at the same time

    @property
    def per_100(self):
        """Offers for each hundred children who live there; ``None`` where nobody counted them."""
        known = self.count is not None and self.count.children
        return 100 * self.cell.offers / self.count.children if known else None


class Overview:
    """What one page says of a day, a part of the city (``None`` is all of it) and a cut.

    ``since`` is an earlier day that it is compared with, or ``None``.
    """

    @supply.without_collecting()
    def __init__(self, day, part=None, cut=columns.CUTS[0], since=None):
        self.day, self.cut = day, cut
        self.span = columns.whole(cut)
        # The Stadtbezirke, each before the Ortsteile in it.
        districts = District.objects.exclude(level=District.Level.QUARTER).order_by("path")
        self.city = next((one for one in districts if one.parent_id is None), None)
        self.parts = [one for one in districts if one.parent_id]
        self.part = next((one for one in self.parts if one.slug == part), None)
        self.topics = list(Topic.objects.order_by("position", "pk"))
        self.phases, self.steps = columns.read(cut)
        self.columns = {one.slug: one for one in [*self.phases, *self.steps]}
        self.needs = columns.Needs(ChainNeed.objects.by_topic())
        self.supply = Supply(supply.read(day), day, self.needs)
        self.since = Since(since, self.supply, self.needs) if since else None

    @property
    def place(self):
        """The part of the city, or the city."""
        return self.part or self.city

    @property
    def slug(self):
        return self.part.slug if self.part else None

    @cached_property
    def children(self):
        return children.Children()

    def field(self, topic, column, place=None):
        """Return a field of the part that is shown, or of any other."""
        place = place or self.place
        count = place and self.children.of(place, column.years)
        part = place.slug if place and place.parent_id else None
        cell = self.supply.cell(topic.slug, column, part)
        change = self.since and self.since.cell(column, topic.slug, part)
        missed = self.demand.of(place, topic, column).total
        doubles = tuple(self.doubles.of(topic.slug, column, part))
        return Field(place, topic, column, cell, count, change, missed, doubles)

    @cached_property
    def rows(self):
        """The fields of each topic, one a phase."""
        return [(topic, [self.field(topic, one) for one in self.phases]) for topic in self.topics]

    @cached_property
    def fields(self):
        return [field for _topic, fields in self.rows for field in fields]

    @cached_property
    def step_rows(self):
        """Each step with its figures over all topics, and the fields of the single topics."""
        return [
            (
                step,
                self.supply.cell(None, step, self.slug),
                [self.field(topic, step) for topic in self.topics],
            )
            for step in self.steps
        ]

    @cached_property
    def demand(self):
        return Demand()

    @cached_property
    def doubles(self):
        return Doubles(self.supply, self.parts)

    @cached_property
    def doubles_here(self):
        """The doubles here for an age in the cut, with their topic."""
        return [
            (topic, double)
            for topic in self.topics
            for double in self.doubles.of(topic.slug, self.span, self.slug)
        ]

    @cached_property
    def notes(self):
        """The notes of the cells here, by column and topic."""
        return ChainNote.objects.by_cell(self.place) if self.place else {}

    @cached_property
    def all_here(self):
        """The figures of all offers here for an age in the cut."""
        return self.supply.cell(None, self.span, self.slug)

    @cached_property
    def change(self):
        """What came and went here for an age in the cut since the day that is compared with."""
        return self.since and self.since.cell(self.span, part=self.slug)

    @cached_property
    def before(self):
        """The figures of all offers here on the day that is compared with."""
        return self.since.then.cell(None, self.span, self.slug)

    @cached_property
    def turned(self):
        """Where holes have closed and torn here since the day that is compared with."""
        return self.since.turned(self.fields, self.slug)

    @cached_property
    def is_nothing_confirmed(self):
        """Whether a mark "unconfirmed" would stand in every field that has an offer."""
        full = [field.cell for field in self.fields if field.cell.offers]
        return bool(full) and all(Thin.UNCONFIRMED in cell.thin for cell in full)

    def by_part(self):
        """Yield each part of the city with what it has and how many fields are empty in it."""
        spans = [
            self.supply.about(topic.slug) & self.supply.of(one)
            for topic in self.topics
            for one in self.phases
            if self.needs.holds(topic.slug, one)
        ]
        for_them = self.supply.of(self.span)
        for part in self.parts:
            near = self.supply.near(part.slug)
            reached = near & self.supply.within_reach
            yield {
                "part": part,
                "there": (self.supply.in_part(part.slug) & for_them).bit_count(),
                "offers": (near & for_them).bit_count(),
                "within_reach": (reached & for_them).bit_count(),
                "empty": sum(not span & near for span in spans),
                "open": sum(not span & reached for span in spans),
                "fields": len(spans),
            }
