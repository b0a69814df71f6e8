"""Find an offer for a list by a word: a few titles, best first."""

from dataclasses import dataclass
from functools import cached_property

from offers.browsing.filters import SearchFilter
from offers.browsing.searching import Search
from offers.models import Offer

MOST_FOUND = 8


@dataclass(frozen=True)
class Found:
    """An offer to add, with the address of the list that has it."""

    offer: Offer
    url: str


class Adding:
    """What somebody typed to find an offer for a sheet, and what answers it."""

    def __init__(self, typed, sheet, catalogue):
        reader = SearchFilter()
        accepted, rejected = reader.clean([typed], catalogue)
        self.text = accepted[0] if accepted else ""
        self.notices = [reader.why_left_out(value, catalogue) for value in rejected]
        self._sheet, self._catalogue = sheet, catalogue

    @cached_property
    def _search(self):
        return Search(self.text, {}, self._catalogue) if self.text else None

    @property
    def is_crisis(self):
        return bool(self._search and self._search.understanding.is_crisis)

    @cached_property
    def found(self):
        """The first offers that answer and are not on the sheet yet."""
        if not self._search:
            return []
        catalogue = self._catalogue
        others = catalogue.all & ~catalogue.of(self._sheet.keys)
        ids = self._search.ranked.ids
        best = catalogue.best_fit_first(others).tolist() if ids is None else ids
        keys = catalogue.ranked(others, best)[:MOST_FOUND]
        offers = Offer.objects.published().translated().select_related("provider").in_bulk(keys)
        return [Found(offers[key], self._sheet.url(with_key=key)) for key in keys if key in offers]
