"""The page of ``/angebote/``: results, counted choices, chips, and a way out of nothing."""

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from offers.browsing.cards import cards, offers_in_order
from offers.browsing.facets import Facet, Select, number_and_unit
from offers.browsing.filters import FILTERS, count_in_words
from offers.browsing.meant import Meant
from offers.browsing.notices import page_of
from offers.search import marking

from .choices import choices_by_name
from .groups import groups
from .parts import Chip, ReadyParts
from .switches import SWITCHES, switches
from .ways_out import WaysOut

OFFERS_A_PAGE = 20


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
    def feed_url(self):
        """The address of the feed of these filters; words of a search stand in none."""
        _path, mark, filters = self.query.url().partition("?")
        return "" if "q" in self.query.chosen else f"{reverse('offers:feed')}{mark}{filters}"

    @cached_property
    def results(self):
        """One page of the keys of offers."""
        paginator = Paginator(self.query.offers, OFFERS_A_PAGE)
        return page_of(paginator, self.query.page_number, self.notices)

    @cached_property
    def groups(self):
        """The cards of the page in their groups; in a search each says why it is there."""
        found = cards(self.query.catalogue, self._keys)
        if self.query.search:
            offers = {offer.pk: offer for offer in self.shown}
            found = [card.found(offers[card.key]) for card in found if card.key in offers]
        return groups(self.query, found, before=max(self.results.start_index() - 1, 0))

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
        return [chip for chip, _one, _value in self._chips]

    @cached_property
    def _chips(self):
        return [
            (self._chip(one, value), one, value)
            for one in self.query.chosen_filters
            if one.name != "q"
            for value in self.query.selection[one.name]
        ]

    @property
    def other_chips(self):
        """The chips of what no switch turns off."""
        return [
            chip
            for chip, one, value in self._chips
            if chip.words or (one.name, value) not in SWITCHES
        ]

    @cached_property
    def switches(self):
        """What one tap narrows by: filters in sight, and what the words of a search named."""
        links = self.meant.links if self.meant else ()
        return switches(self.query, self._choices, links)

    @property
    def unconfirmed(self):
        """How much of what was found nobody has confirmed yet, in words."""
        unconfirmed = self.query.found & self.query.catalogue.unconfirmed
        if not unconfirmed:
            return ""
        is_all = unconfirmed == self.query.found
        return _("noch nicht bestätigt") if is_all else _("teils noch nicht bestätigt")

    @property
    def told(self):
        """How many things the reader is told about the list."""
        return len(self.all_notices) + (self.meant.told if self.meant else 0)

    @property
    def was_in_vain(self):
        """Whether someone searched or filtered and nothing answers all of it."""
        search = self.query.search
        if not search:
            return bool(self.query.chosen) and not self.total
        if search.literal:
            return False
        return bool(search.given_up or search.ranked.is_asking or not self.total)

    @cached_property
    def facets(self):
        """Every group of choices, with how many offers each choice leaves."""
        facets = {}
        for one in FILTERS:
            if choices := self._choices[one.name]:
                kind = "checkbox" if one.many or one.group else "radio"
                name, legend = one.group or (one.name, one.legend)
                facet = facets.setdefault(name, Facet(name, str(legend), kind))
                if one.is_a_select:
                    facet.selects.append(Select(one.name, str(one.legend), choices))
                else:
                    facet.choices += choices
        return [self._age_facet(), *facets.values()]

    @cached_property
    def ways_out(self):
        """Where an empty list leads on to."""
        return WaysOut(self.query, is_private=self.is_private)

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

    def _age_facet(self):
        kept = self.query.parameters.get("alter", "")
        facet = Facet("alter", _("Alter des Kindes"), "age", kept=kept)
        if self.age_form:
            facet.number, facet.unit = (self.age_form[name].value() for name in ("zahl", "einheit"))
            facet.error = " ".join(error for field in self.age_form for error in field.errors)
        elif chosen := self.query.selection.get("alter"):
            facet.number, facet.unit = number_and_unit(int(chosen[0]))
        return facet

    @cached_property
    def _choices(self):
        return choices_by_name(self.query)
