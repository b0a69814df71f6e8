"""A list in groups under headings: what is there, near, comes to the family, and the rest."""

from typing import NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _

from kekiz_portal.lib import languages
from offers.browsing.cards import listed
from offers.browsing.filters import FILTERS


class Group(NamedTuple):
    """Some offers of a list; ``count`` is how many of them there are on all its pages."""

    words: str
    count: int
    cards: str


def groups(query, cards, before):
    """Return the cards of a page in the groups of its query; so many offers come before them."""
    found, begins = [], -before
    for name, those in query.groups:
        ends = begins + those.bit_count()
        if here := cards[max(begins, 0) : max(ends, 0)]:
            found.append(Group(_words(name, query), ends - begins, listed(here)))
        begins = ends
    return found


def _words(name, query):
    if name == "there":
        labels = [
            one.label(value, query.catalogue)
            for one in FILTERS
            if one.name in {"bezirk", "plz"}
            for value in query.chosen.get(one.name, ())
        ]
        return _("Vor Ort: %s") % languages.listed(labels)
    if name == "around":
        return _("Bis %s km entfernt") % query.chosen["umkreis"][0]
    if name == "comes":
        return _("Kommt zu Ihnen, online oder am Telefon")
    return _("Für ganz %s") % settings.CITY["name"] if name else ""
