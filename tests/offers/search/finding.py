"""What a search finds: asked as the page and the office do, without a page around it."""

from offers.models import Offer
from offers.search.index.retrieving import PUBLIC
from offers.search.query.understanding import understand
from offers.search.ranking import ranked


def found(text, *, literal=False, statuses=PUBLIC):
    """Return the titles of the offers that answer a search, best first."""
    hits = ranked(understand(text, literal=literal), statuses=statuses)
    return list(Offer.objects.matching(hits).best_match_first(hits).values_list("title", flat=True))
