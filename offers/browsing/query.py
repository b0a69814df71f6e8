"""What an address of ``/angebote/`` asks for: the whole state is its query string."""

from urllib.parse import urlencode

import numpy as np
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from offers.catalogue import held

from . import notices
from .filters import FILTERS
from .searching import BY_NAME, Search
from .where_and_when import there

SORTS = ["passend", "termin", "titel"]
DEFAULT_SORT = "passend"
LITERAL = "woertlich"  # take the words of the search as they stand


class BrowseQuery:
    """The accepted part of a query string, and what of it had to be ignored.

    ``chosen`` holds the values chosen by hand, ``selection`` also those that were read from
    the words of the search, both by filter name; ``notices`` are sentences for the reader;
    nothing in the query string can make this raise.
    """

    def __init__(self, parameters):
        self.catalogue = held.current()
        self.notices = []
        self.chosen = {}
        for one in FILTERS:
            given = [value for value in parameters.getlist(one.name) if value]
            accepted, rejected = one.clean(given, self.catalogue)
            if accepted:
                self.chosen[one.name] = accepted
            self.notices += [one.why_left_out(value, self.catalogue) for value in rejected]
        if "umkreis" in self.chosen and "bezirk" not in self.chosen:
            del self.chosen["umkreis"]
            self.notices.append(_("Umkreis: Wählen Sie dazu einen Stadtteil."))
        wanted = notices.single(parameters, "sortierung", _("Sortierung"), self.notices)
        self.sort = self._sort(wanted)
        self.page_number = notices.page_number(parameters, self.notices)
        self.search = None
        if "q" in self.chosen:
            literal = LITERAL in parameters
            self.search = Search(self.chosen["q"][0], self.chosen, self.catalogue, literal=literal)
            if self.search.ranked.is_asking:
                self.search.lean()
            self.search.let_children_come_along()
            self._give_up_what_leaves_nothing()

    @property
    def selection(self):
        """All values in use: those chosen by hand, and those that were read."""
        return self.chosen | (self.search.selection if self.search else {})

    @property
    def asked(self):
        """All values that were asked for, also those given up because they left nothing."""
        given_up = {}
        for reading in self.search.given_up if self.search else ():
            given_up.setdefault(reading.name, []).append(reading.value)
        return given_up | self.selection

    @property
    def chosen_filters(self):
        """The filters in use, in the order of the page."""
        return [one for one in FILTERS if one.name in self.selection]

    @cached_property
    def found(self):
        """The set of the published offers that all filters leave."""
        return self.found_without()

    def found_without(self, *left_out):
        """The set of the published offers that the filters leave, but for some, by their names.

        Without ``q`` nothing that was read from it narrows either.
        """
        used = self.narrowing_without(*left_out)
        found = self.catalogue.all
        if self.search and "q" not in left_out and self.search.ranked.ids is not None:
            found = self.catalogue.of(self.search.ranked.ids)
        for one in FILTERS:
            if one.name in used and one.name != "q":
                found &= one.left_by(used[one.name], used, self.catalogue)
        return found

    def found_beside(self, one):
        """The set that the others than a filter leave, among which its choices are counted."""
        names = {one.name, *one.apart}
        return self.found if names.isdisjoint(self.selection) else self.found_without(*names)

    def narrowing_without(self, *left_out):
        """The values in use but for those of some filters."""
        used = self.chosen if "q" in left_out else self.selection
        return {name: values for name, values in used.items() if name not in left_out}

    @cached_property
    def offers(self):
        """The keys of the offers that were found, in the chosen order."""
        if self.sort == "titel":
            return self.catalogue.by_title(self.found)
        if self.sort == "termin":
            return self.catalogue.next_date_first(self.found, timezone.now().timestamp())
        return np.concatenate([self._ordered(those) for _name, those in self.groups])

    @cached_property
    def groups(self):
        """What was found as pairs of name and set, nearest first; one of all without a place.

        A place read from the words of a search leaves their order as it is, unless they ask for
        nothing else: "kostenlos in Wanne".
        """
        is_ordered = self.search and self.search.ranked.ids is not None
        used = self.chosen if is_ordered else self.selection
        if self.sort != DEFAULT_SORT or not {"bezirk", "plz"} & set(used):
            return [("", self.found)]
        catalogue, districts = self.catalogue, used.get("bezirk", [])
        inside = catalogue.any_of("bezirk", districts) | catalogue.any_of(
            "plz", used.get("plz", [])
        )
        sets = {
            "there": inside,
            "around": there(districts, used, catalogue),
            "comes": catalogue.without_a_way,
            "city": catalogue.all,
        }
        left, found = self.found, []
        for name, those in sets.items():
            if left & those:
                found.append((name, left & those))
            left &= ~those
        return found or [("", self.found)]

    def _ordered(self, those):
        if self.search and self.search.ranked.ids is not None:
            return np.array(self.catalogue.ranked(those, self.search.ranked.ids), dtype=np.int64)
        if self.search and {"wann", "tag"} & {one.name for one in self.search.given_up}:
            return self.catalogue.next_date_first(those, timezone.now().timestamp())
        return self.catalogue.best_fit_first(those)

    @cached_property
    def parameters(self):
        """What was chosen by hand as a ``QueryDict``, without the page number."""
        return QueryDict(urlencode(self._pairs(self._state())))

    @cached_property
    def settled_parameters(self):
        """The same state with every filter that was read chosen by hand, and its words gone.

        A form that shows the filters starts from here, so that what is unticked stays away.
        """
        if not self.search:
            return self.parameters
        rest = self.search.without(self.search.readings)
        state = self._state() | self.selection | {"q": [rest] if rest else None}
        return QueryDict(urlencode(self._pairs(state)))

    def url(self, **changes):
        """Return the address of this state with some parameters changed.

        A value of ``None`` drops the parameter. The page number is dropped unless given.
        """
        pairs = self._pairs(self._state() | changes)
        return self.path + (f"?{urlencode(pairs)}" if pairs else "")

    def url_with(self, name, value):
        """Return the address of this state with one value more, or another where one goes."""
        before = self.chosen.get(name, []) if BY_NAME[name].many else []
        return self.url(**{name: [*before, value]})

    def url_without(self, name, value):
        """Return the address of this state without one chosen value."""
        rest = [one for one in self.chosen.get(name, []) if one != value]
        return self.url(**{name: rest})

    def url_without_words(self, readings):
        """Return the address of this state without the words of some readings."""
        rest = self.search.without(readings)
        return self.url(q=[rest] if rest else None)

    def url_dropping(self, name):
        """Return the address of this state without a filter, chosen or read."""
        read = [one for one in self.search.readings if one.name == name] if self.search else []
        return self.url_without_words(read) if read else self.url(**{name: None})

    @property
    def url_without_filters(self):
        """Return the address of the words alone, without those that were read as filters."""
        rest = self.search.without(self.search.readings) if self.search else ""
        return self.url(**(dict.fromkeys(self.chosen) | {"q": [rest] if rest else None}))

    def _give_up_what_leaves_nothing(self):
        """Rather show what answers the words than nothing: give up filters that were read.

        One that brings offers when it is gone, the least important first, else all of them.
        """
        search = self.search
        if not search.readings or search.ranked.ids == []:
            return
        if self.found_without():
            return
        names = search.names_read
        enough = next((name for name in names if self.found_without(name)), None)
        search.give_up({enough} if enough else set(names))

    @cached_property
    def path(self):
        return reverse("offers:browse")

    def _state(self):
        sort = [self.sort] if self.sort != DEFAULT_SORT else None
        literal = ["1"] if self.search and self.search.literal else None
        return {**self.chosen, LITERAL: literal, "sortierung": sort}

    def _pairs(self, state):
        if not state.get("q"):
            state = state | {LITERAL: None}
        order = [one.name for one in FILTERS] + [LITERAL, "sortierung", "seite"]
        return [(name, value) for name in order for value in state.get(name) or []]

    def _sort(self, wanted):
        if wanted and wanted not in SORTS:
            self.notices.append(notices.ignored(_("Sortierung"), wanted))
        return wanted if wanted in SORTS else DEFAULT_SORT
