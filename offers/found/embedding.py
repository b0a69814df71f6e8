"""A list of offers on somebody else's page: what its address asks for, and the code for it."""

from functools import reduce
from operator import or_
from urllib.parse import urlencode

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import override

from kekiz_portal.lib.languages import of_pages
from offers.browsing.cards import cards
from offers.browsing.filters import FILTERS
from offers.browsing.query import BrowseQuery
from offers.browsing.searching import BY_NAME

from . import colours, feed

# A search of somebody has no place on a page that many read.
FILTERED_BY = [one.name for one in FILTERS if one.name != "q"]
ASKED = ["phase", "bezirk", "thema", "kostenlos"]  # by the form; other filters are understood too
LOOKS = ["anzahl", "farbe", "grund"]
PARAMETERS = [*FILTERED_BY, *LOOKS]
NUMBERS = [3, 5, 10, 20]
USUAL_NUMBER = 5
LINK, GROUND = "#22455f", "#ffffff"


class Embedding:
    """A list as its parameters ask for it; nothing in them can make this raise.

    Several phases stand side by side: baby and toddler together are "0–3".
    """

    def __init__(self, parameters):
        self.parameters = parameters
        rest = QueryDict(mutable=True)
        for name in FILTERED_BY:
            if name != "phase":
                rest.setlist(name, parameters.getlist(name))
        self.query = BrowseQuery(rest)
        self.catalogue = self.query.catalogue
        wanted, known = parameters.getlist("phase"), BY_NAME["phase"].labels(self.catalogue)
        self.phases = [slug for slug in known if slug in wanted]
        number = parameters.get("anzahl", "")
        self.number = int(number) if number in map(str, NUMBERS) else USUAL_NUMBER
        self.ground = colours.read(parameters.get("grund", ""), GROUND)
        self.link = colours.readable(colours.read(parameters.get("farbe", ""), LINK), self.ground)
        self.ink = colours.ink_on(self.ground)

    @cached_property
    def found(self):
        """The set of the offers that fit."""
        if not self.phases:
            return self.query.found
        sets = (self.catalogue.by_phase[slug] for slug in self.phases)
        return self.query.found & reduce(or_, sets)

    @property
    def count(self):
        return self.found.bit_count()

    @property
    def cards(self):
        """The cards of as many as are wanted, what fits best first."""
        keys = self.catalogue.best_fit_first(self.found)[: self.number]
        return cards(self.catalogue, [int(key) for key in keys])

    @property
    def title(self):
        """What the list is of: "Angebote · Baby · Wanne"."""
        phases = [BY_NAME["phase"].label(slug, self.catalogue) for slug in self.phases]
        return feed.title(self.query, *phases)

    @property
    def more_url(self):
        """The whole list in the portal; of several phases it can show none or all."""
        changes = {"phase": self.phases} if len(self.phases) == 1 else {}
        return self.query.url(**changes)

    @property
    def style_url(self):
        """The style with the colours of the page around."""
        chosen = urlencode({"farbe": self.link[1:], "grund": self.ground[1:]})
        return f"{reverse('embedded_style')}?{chosen}"


def code_of(embedding, language):
    """Return the two ways to embed a list in a language, as HTML to copy."""
    known = {one.code for one in of_pages()}
    with override(language if language in known else settings.LANGUAGE_CODE):
        list_url, title = reverse("offers:embedded"), embedding.title
    if chosen := embedding.parameters.urlencode():
        list_url = f"{list_url}?{chosen}"
    frame = format_html(
        '<iframe src="{}" title="{}" width="100%" height="600" loading="lazy" '
        'referrerpolicy="no-referrer"></iframe>',
        settings.PORTAL_URL + list_url,
        title,
    )
    script = format_html(
        '<script src="{}" data-list="{}" data-title="{}" async></script>',
        settings.PORTAL_URL + reverse("embedding_script"),
        list_url,
        title,
    )
    return {"frame": frame, "script": script, "preview": list_url}
