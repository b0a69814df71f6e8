"""What a search finds: asked as the page and the office do, without a page around it."""

from offers.models import Offer
from offers.search.index.retrieving import PUBLIC
from offers.search.query.understanding import understand
from offers.search.ranking import ranked


def found(text, *, literal=False, statuses=PUBLIC):
    """Return the titles of the offers that answer a search, best first."""
    hits = ranked(understand(text, literal=literal), statuses=statuses)
    offers = Offer.objects.all() if hits.ids is None else Offer.objects.filter(pk__in=hits.ids)
    return list(offers.best_match_first(hits).values_list("title", flat=True))
