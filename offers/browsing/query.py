"""What an address of ``/angebote/`` asks for: the whole state is its query string."""

from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from offers.models import Offer

from . import notices
from .filters import FILTERS
from .vocabulary import Vocabulary

SORTS = {"passend": "best_fit_first", "termin": "next_date_first", "titel": "by_title"}
DEFAULT_SORT = "passend"


class BrowseQuery:
    """The accepted part of a query string, and what of it had to be ignored.

    ``selection`` holds the chosen values by filter name; ``notices`` are sentences for
    the reader; nothing in the query string can make this raise.
    """

    def __init__(self, parameters):
        self.vocabulary = Vocabulary()
        self.notices = []
        self.selection = {}
        for one in FILTERS:
            given = [value for value in parameters.getlist(one.name) if value]
            accepted, rejected = one.clean(given, self.vocabulary)
            if accepted:
                self.selection[one.name] = accepted
            self.notices += [one.why_left_out(value, self.vocabulary) for value in rejected]
        wanted = notices.single(parameters, "sortierung", _("Sortierung"), self.notices)
        self.sort = self._sort(wanted)
        self.page_number = notices.page_number(parameters, self.notices)

    @property
    def chosen_filters(self):
        """The filters in use, in the order of the page."""
        return [one for one in FILTERS if one.name in self.selection]

    @cached_property
    def offers(self):
        """The published offers that all chosen filters leave, in the chosen order."""
        offers = self.offers_without()
        if self.sort == DEFAULT_SORT:
            return offers.best_fit_first(self.selection.get("bezirk", ()))
        return getattr(offers, SORTS[self.sort])()

    def offers_without(self, left_out=None):
        """The published offers that the chosen filters leave, but for one filter name."""
        selection = {name: chosen for name, chosen in self.selection.items() if name != left_out}
        offers = Offer.objects.published()
        for one in FILTERS:
            if one.name in selection:
                offers = one.narrow(offers, selection, self.vocabulary)
        return offers

    @property
    def parameters(self):
        """The accepted state as a ``QueryDict``, without the page number."""
        return QueryDict(urlencode(self._pairs(self._state())))

    def url(self, **changes):
        """Return the address of this state with some parameters changed.

        A value of ``None`` drops the parameter. The page number is dropped unless given.
        """
        pairs = self._pairs(self._state() | changes)
        return reverse("offers:browse") + (f"?{urlencode(pairs)}" if pairs else "")

    def url_without(self, name, value):
        """Return the address of this state without one chosen value."""
        rest = [one for one in self.selection.get(name, []) if one != value]
        return self.url(**{name: rest})

    def _state(self):
        sort = [self.sort] if self.sort != DEFAULT_SORT else None
        return {**self.selection, "sortierung": sort}

    def _pairs(self, state):
        order = [one.name for one in FILTERS] + ["sortierung", "seite"]
        return [(name, value) for name in order for value in state.get(name) or []]

    def _sort(self, wanted):
        if wanted and wanted not in SORTS:
            self.notices.append(notices.ignored(_("Sortierung"), wanted))
        return wanted if wanted in SORTS else DEFAULT_SORT
