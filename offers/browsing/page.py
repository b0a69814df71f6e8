"""The page of ``/angebote/``: results, counted choices, chips, and a way out of nothing."""

from dataclasses import dataclass, field

from django.core.paginator import Paginator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from lifephases import ages
from offers.models import Offer
from offers.search import marking

from .filters import EVERYWHERE, FILTERS, count_in_words
from .meant import Meant
from .notices import page_of
from .phases import light_phases
from .query import SORTS
from .tally import total, union

OFFERS_A_PAGE = 20


@dataclass
class Choice:
    """One choice of a filter; ``count`` is how many offers it leaves, ``None`` if uncounted."""

    name: str
    value: str
    label: str
    chosen: bool
    count: int | None = None
    level: int = 1


@dataclass
class Facet:
    """One group of choices; ``kind`` is ``radio``, ``checkbox`` or ``age``."""

    name: str
    legend: str
    kind: str
    choices: list = field(default_factory=list)
    number: int | str | None = None
    unit: str = "jahre"
    error: str = ""

    @property
    def open(self):
        return self.number is not None or any(choice.chosen for choice in self.choices)


@dataclass
class Chip:
    """A value in use; ``words`` are those of the search it was read from, if it was."""

    label: str
    remove_url: str
    words: str = ""


@dataclass
class Suggestion:
    label: str
    url: str
    count: int


class BrowsePage:
    """All that the template of the browse page reads."""

    def __init__(self, query, age_form=None):
        self.query = query
        self.age_form = age_form  # an age that was typed and cannot be understood
        self.notices = list(query.notices)
        self._found = {}

    @cached_property
    def results(self):
        """One page of offers, with all that their cards read."""
        paginator = Paginator(self.query.offers.for_cards(), OFFERS_A_PAGE)
        page = page_of(paginator, self.query.page_number, self.notices)
        light_phases(page, self.query.vocabulary.phases)
        if self.query.search:
            marking.explain(page, self.query.search.understanding, self.query.search.only_heard)
        return page

    @property
    def total(self):
        return self.results.paginator.count

    @cached_property
    def meant(self):
        """What the words of the search mean beside filters; ``None`` without a search."""
        return Meant(self.query, lambda: self.results) if self.query.search else None

    @property
    def is_private(self):
        """Whether the words sound like distress: then no address and no link holds them."""
        return bool(self.meant and self.meant.is_private)

    @property
    def heading(self):
        """What was found for what: "23 Angebote · 18 Monate · Wanne"."""
        return " · ".join([count_in_words(self.total), *self.words_for])

    @property
    def words_for(self):
        """What the reader asked for himself; a need is not written in large letters."""
        typed = [_("Suche: %s") % self.typed] if self.typed else []
        return [*typed, *self.filters_for]

    @property
    def typed(self):
        """The words of a search, in whatever language; not those of a need."""
        return "" if not self.meant or self.is_private else self.query.search.text

    @property
    def filters_for(self):
        """The filters chosen by hand, in words."""
        if self.is_private:
            return []
        return [
            one.label(value, self.query.vocabulary)
            for one in self.query.chosen_filters
            if one.name != "q"
            for value in self.query.chosen.get(one.name, [])
        ]

    @property
    def title_level(self):
        """The level of the heading over the list: numbers to call are the page's own subject."""
        return 2 if self.shows_help else 1

    @property
    def shows_only_help(self):
        """Whether nothing helps in a need but the numbers: then no empty list stands below."""
        return bool(self.meant and self.meant.is_crisis and not self.total)

    @property
    def shows_help(self):
        """Whether numbers to call come before the list."""
        return bool(self.meant and (self.meant.helplines or self.meant.later))

    @cached_property
    def chips(self):
        """The filters in use, each with the address that drops it; the words have their box."""
        return [
            self._chip(one, value)
            for one in self.query.chosen_filters
            if one.name != "q"
            for value in self.query.selection[one.name]
        ]

    @property
    def was_in_vain(self):
        """Whether someone searched and nothing answers all of it."""
        search = self.query.search
        if not search or search.literal:
            return False
        return bool(search.given_up or search.ranked.is_asking or not self.total)

    @cached_property
    def facets(self):
        """Every group of choices, with how many offers each choice leaves."""
        facets = {}
        for one in FILTERS:
            choices = self._choices_of(one)
            if choices:
                kind = "checkbox" if one.many or one.group else "radio"
                name, legend = one.group or (one.name, one.legend)
                facet = facets.setdefault(name, Facet(name, str(legend), kind))
                facet.choices += choices
        return [self._age_facet(), *facets.values()]

    @cached_property
    def suggestions(self):
        """For an empty result: which filter to drop, and how many offers that brings.

        Each is an address, so none for words of distress.
        """
        query = self.query
        if self.is_private:
            return []
        tallies = [total(query.offers_without(one.name), one.name) for one in query.chosen_filters]
        counts = {facet: number for facet, _choice, number in union(tallies)}
        found = [
            Suggestion(
                _("ohne Suchwort") if one.name == "q" else _("ohne „%s“ suchen") % self._words(one),
                query.url_dropping(one.name),
                counts.get(one.name, 0),
            )
            for one in query.chosen_filters
        ]
        return sorted((one for one in found if one.count), key=lambda one: -one.count)

    @property
    def sort_choices(self):
        labels = {
            "passend": _("was am besten passt"),
            "termin": _("nächster Termin"),
            "titel": _("Titel von A bis Z"),
        }
        return [
            Choice("sortierung", sort, labels[sort], chosen=sort == self.query.sort)
            for sort in SORTS
        ]

    @cached_property
    def lit_phases(self):
        """The slugs of the phases that the thread under the header shows lit."""
        selection = self.query.selection
        if "phase" in selection:
            return selection["phase"]
        if "alter" not in selection:
            return []
        month = int(selection["alter"][0])
        return [phase.slug for phase in self.query.vocabulary.phases if month in phase]

    def _chip(self, one, value):
        query = self.query
        label = one.label(value, query.vocabulary)
        if one.name in query.chosen:
            return Chip(label, query.url_without(one.name, value))
        read = [
            reading
            for reading in query.search.readings
            if (reading.name, reading.value) == (one.name, value)
        ]
        words = " ".join(reading.words for reading in read)
        return Chip(label, query.url_without_words(read), words)

    def _words(self, one):
        values = self.query.selection[one.name]
        return ", ".join(one.label(value, self.query.vocabulary) for value in values)

    def _age_facet(self):
        facet = Facet("alter", _("Alter des Kindes"), "age")
        if self.age_form:
            facet.number, facet.unit = (self.age_form[name].value() for name in ("zahl", "einheit"))
            facet.error = " ".join(error for field in self.age_form for error in field.errors)
        elif chosen := self.query.selection.get("alter"):
            facet.number, facet.unit = number_and_unit(int(chosen[0]))
        return facet

    @cached_property
    def _counts(self):
        query = self.query
        tallies = []
        for one in FILTERS:
            offers = self._counted_for(one.name)
            if offers is not None:
                tallies += one.tallies(offers, query.selection, query.vocabulary)
        return {(facet, choice): number for facet, choice, number in union(tallies)}

    def _counted_for(self, name):
        """Return the offers among which a filter counts its choices; ``None`` for none.

        Those of a search are few: they are looked up once instead of narrowed in every tally.
        """
        query = self.query
        if not query.search or query.search.ranked.ids is None:
            return query.offers_without(name)
        name = name if name in query.selection else None
        if name not in self._found:
            self._found[name] = list(
                query.offers_without(name).order_by().values_list("pk", flat=True)
            )
        keys = self._found[name]
        return Offer.objects.with_keys(keys) if keys else None

    def _choices_of(self, one):
        chosen = self.query.selection.get(one.name, [])
        everywhere = self._counts.get((one.name, EVERYWHERE), 0)
        return [
            Choice(
                one.name,
                value,
                str(label),
                chosen=value in chosen,
                count=self._counts.get((one.name, one.counted_as(value)), 0) + everywhere,
                level=one.level(value, self.query.vocabulary),
            )
            for value, label in one.choices(self.query.vocabulary)
        ]


def number_and_unit(month):
    """Say an age as the two fields of the form do: 18 is (18, "monate"), 36 is (3, "jahre")."""
    if month <= 0:
        return None, "jahre"
    if month % ages.MONTHS_A_YEAR == 0:
        return month // ages.MONTHS_A_YEAR, "jahre"
    return month, "monate"
