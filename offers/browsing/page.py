"""The page of ``/angebote/``: results, counted choices, chips, and a way out of nothing."""

from dataclasses import dataclass
from heapq import nlargest
from itertools import combinations

from django.core.paginator import Paginator
from django.utils.functional import cached_property
from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from offers.search import marking

from .cards import cards, offers_in_order
from .facets import Choice, Facet, number_and_unit
from .filters import FILTERS, count_in_words
from .meant import Meant
from .notices import page_of
from .parts import Chip, ReadyParts

OFFERS_A_PAGE = 20
MOST_PAIRS = 3  # of filters to drop that an empty list names


@dataclass
class Suggestion:
    label: str
    url: str
    count: int


class BrowsePage(ReadyParts):
    """All that the template of the browse page reads."""

    def __init__(self, query, age_form=None):
        self.query = query
        self.age_form = age_form  # an age that was typed and cannot be understood
        self.notices = list(query.notices)

    @cached_property
    def title(self):
        """The state of the page in the title of the window, but never a need."""
        words = _("Alle Angebote")
        if self.is_private:
            words = _("Hilfe")
        elif self.chips or self.meant:
            words = self.heading
        if self.results.number > 1:
            words = _("%(words)s, Seite %(number)d") % {
                "words": words,
                "number": self.results.number,
            }
        return _("Fehler: %s") % words if self.age_form else words

    @cached_property
    def results(self):
        """One page of the keys of offers."""
        paginator = Paginator(self.query.offers, OFFERS_A_PAGE)
        return page_of(paginator, self.query.page_number, self.notices)

    @cached_property
    def cards(self):
        """The cards of the page as a list of HTML; in a search each says why it is there."""
        found = cards(self.query.catalogue, self._keys)
        if self.query.search:
            offers = {offer.pk: offer for offer in self.shown}
            found = [card.found(offers[card.key]) for card in found if card.key in offers]
        return format_html_join("", "<li>{}</li>", ((card,) for card in found))

    @cached_property
    def shown(self):
        """The offers of the page, with what a search knows about them."""
        found = offers_in_order(self.query.catalogue, self._keys)
        marking.explain(found, self.query.search.understanding, self.query.search.only_heard)
        return found

    @property
    def _keys(self):
        return [int(key) for key in self.results.object_list]

    @property
    def all_notices(self):
        """What readers are told, also about the number of the page."""
        self.results  # noqa: B018, tells of a page that is not there
        return self.notices

    @property
    def total(self):
        return self.results.paginator.count

    @cached_property
    def meant(self):
        """What the words of the search mean beside filters; ``None`` without a search."""
        return Meant(self.query, lambda: self.shown) if self.query.search else None

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
            one.label(value, self.query.catalogue)
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
        """For an empty result: what to drop, and how many offers that brings.

        Each filter alone; where none alone brings any, two of them, or beside words all of them.
        Each is an address, so none for words of distress.
        """
        query = self.query
        if self.is_private:
            return []
        filters = [one for one in query.chosen_filters if one.name != "q"]
        found = [self._without(query.url_dropping(one.name), one) for one in filters]
        if not any(one.count for one in found):
            found = self._without_several(filters)
        if "q" in query.chosen:
            count = query.found_without("q").bit_count()
            found.append(Suggestion(_("ohne Suchwort"), query.url_dropping("q"), count))
        return sorted((one for one in found if one.count), key=lambda one: -one.count)

    def _without_several(self, filters):
        if "q" in self.query.chosen:
            return [self._without(self.query.url_without_filters, *reversed(filters))]
        pairs = (
            self._without(self.query.url(**dict.fromkeys(one.name for one in pair)), *pair)
            for pair in combinations(filters, 2)
        )
        return nlargest(MOST_PAIRS, pairs, key=lambda one: one.count)

    def _without(self, url, *filters):
        words = _(" und ").join(_("„%s“") % self._words(one) for one in filters)
        found = self.query.found_without(*(one.name for one in filters))
        return Suggestion(_("ohne %s suchen") % words, url, found.bit_count())

    @property
    def count(self):
        return count_in_words(self.total)

    @cached_property
    def lit_phases(self):
        """The slugs of the phases that the thread under the header shows lit."""
        selection = self.query.selection
        if "phase" in selection:
            return selection["phase"]
        if "alter" not in selection:
            return []
        month = int(selection["alter"][0])
        return [phase.slug for phase in self.query.catalogue.phases if month in phase]

    def _chip(self, one, value):
        query = self.query
        label = one.label(value, query.catalogue)
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
        return ", ".join(one.label(value, self.query.catalogue) for value in values)

    def _age_facet(self):
        kept = self.query.parameters.get("alter", "")
        facet = Facet("alter", _("Alter des Kindes"), "age", kept=kept)
        if self.age_form:
            facet.number, facet.unit = (self.age_form[name].value() for name in ("zahl", "einheit"))
            facet.error = " ".join(error for field in self.age_form for error in field.errors)
        elif chosen := self.query.selection.get("alter"):
            facet.number, facet.unit = number_and_unit(int(chosen[0]))
        return facet

    def _choices_of(self, one):
        """Each choice, with how many offers it leaves among those that the others leave."""
        query, catalogue = self.query, self.query.catalogue
        chosen = query.selection.get(one.name, [])
        others = query.narrowing_without(one.name)
        found = query.found_without(one.name) if chosen else query.found
        return [
            Choice(
                one.name,
                value,
                label,
                chosen=value in chosen,
                count=(found & one.left_by([value], others, catalogue)).bit_count(),
                level=one.level(value, catalogue),
            )
            for value, label in one.labels(catalogue).items()
        ]
