"""What is new and changed among the offers of a filter, for feed readers (Atom, RFC 4287)."""

from django.conf import settings
from django.db.models.functions import Greatest
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from offers.models import Offer

MOST = 50


def atom(query, path):
    """Return the bytes of the feed of a ``BrowseQuery``, newest first; ``path`` is its own."""
    feed = Atom1Feed(
        title=title(query),
        link=settings.PORTAL_URL + query.url(),
        description=f"{settings.CITY['portal_name']} – {settings.CITY['full_name']}",
        feed_url=settings.PORTAL_URL + path,
        language=get_language(),
        author_name=settings.CITY["full_name"],
    )
    for offer in _newest(query):
        facts = offer.age_words, offer.place_words, offer.when_words, offer.full_words
        feed.add_item(
            title=offer.here.title,
            link=settings.PORTAL_URL + offer.get_absolute_url(),
            description=" · ".join(filter(None, [offer.here.teaser, *facts])),
            unique_id=f"urn:uuid:{offer.uuid}",
            author_name=offer.provider_words or settings.CITY["full_name"],
            pubdate=offer.created_at,
            updateddate=offer.changed_at,
        )
    return feed.writeString("utf-8").encode()


def title(query, *words):
    """Return what the list of a ``BrowseQuery`` is of: its filters, behind some ``words``."""
    filters = [
        one.label(value, query.catalogue)
        for one in query.chosen_filters
        for value in query.chosen[one.name]
    ]
    return " · ".join([_("Angebote"), *words, *filters])


def _newest(query):
    """Return the offers that a query finds, the last changed or confirmed first."""
    keys = [int(key) for key in query.offers]
    # PostgreSQL leaves out what is NULL.
    changed = Greatest("created_at", "updated_at", "confirmed_at")
    found = Offer.objects.published().filter(pk__in=keys).for_cards().select_related("free_places")
    return found.annotate(changed_at=changed).order_by("-changed_at", "pk")[:MOST]
