"""What the list of offers holds and offers, read without a page."""

from django.http import QueryDict

from offers.browsing.listing.page import BrowsePage
from offers.browsing.query import BrowseQuery
from offers.models import Offer


def titles(query):
    """Return the titles of a list in its order."""
    keys = BrowseQuery(QueryDict(query)).offers.tolist()
    found = Offer.objects.in_bulk(keys)
    return [found[key].title for key in keys]


def offered(query=""):
    """Return the values of every filter that a page offers, by its name."""
    found = {}
    for facet in BrowsePage(BrowseQuery(QueryDict(query))).facets:
        for choice in [*facet.choices, *(one for box in facet.selects for one in box.choices)]:
            found.setdefault(choice.name, []).append(choice.value)
    return found
