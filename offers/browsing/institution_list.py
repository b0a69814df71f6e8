"""What an address of ``/einrichtungen/`` asks for: kind, part of the city, page."""

from collections import Counter
from typing import NamedTuple
from urllib.parse import urlencode

from django.db.models import Count, F
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from kekiz_portal.lib.german_order import GermanOrder
from kekiz_portal.lib.languages import said
from offers.browsing import notices
from offers.browsing.facets import Choice, Facet
from offers.browsing.listing.parts import Chip
from offers.browsing.tally import Unnest, tally, union
from offers.models import Institution, InstitutionKind
from offers.models.location import is_public
from offers.search.query import memory
from offers.search.query.spoken_places import BOROUGH
from offers.search.query.understanding import understand
from offers.search.words.folding import words
from offers.search.words.stemming import stem
from offers.search.words.stop_words import ANY_LANGUAGE
from offers.search.words.tokens import tokens_of

SHORTCUTS = 4


def list_asked_for(text, kinds):
    """Return the filters that words ask for which name a kind of institution, and maybe where.

    "Kita Wanne", "Grundschulen in Eickel"; ``None`` where they say anything else, or where they
    may be a call for help. ``kinds`` are ``InstitutionKind``s.
    """
    vocabulary = memory.current()
    if understand(text, vocabulary=vocabulary).is_crisis:
        return None
    tokens = vocabulary.reader.read(tokens_of(text))
    places = vocabulary.place_names.spoken_in(tokens)
    taken = {at for one in places for at in one.positions}
    left = [token for at, token in enumerate(tokens) if at not in taken]
    meant = _stems(token.meant for token in left if token.meant not in ANY_LANGUAGE)
    kind = _kinds_by_stems(kinds, vocabulary.synonyms).get(meant)
    where = {slug for one in places if one.name for slug in _parts(one, vocabulary.places)}
    if kind is None or len(where) > 1:
        return None
    return {"art": kind, "bezirk": where.pop()} if where else {"art": kind}


def _parts(spoken, places):
    """Return the slugs of the parts of the city that a name or a postal code says."""
    if spoken.name == "bezirk":
        return [spoken.value]
    boroughs = [place for place in places if place.level == BOROUGH]
    return [place.slug for place in boroughs if spoken.value in place.postal_codes]


def _kinds_by_stems(kinds, synonyms):
    """Return the kind of each name: its own in both languages, and what people say instead."""
    found = {}
    for kind in kinds:
        for name in [kind.name, kind.slug, said(kind.name)]:
            found.setdefault(_stems_of(name), kind.slug)
    for one in synonyms:
        if kind := found.get(_stems_of(one.term)):
            found.setdefault(_stems_of(one.phrase), kind)
    return found


def _stems_of(name):
    return _stems(word.folded for word in words(name))


def _stems(folded):
    return frozenset(stem(word) for word in folded)


class Shortcut(NamedTuple):
    """A filter that one tap adds, with how many institutions it leaves."""

    label: str
    count: int
    url: str


class InstitutionQuery:
    """The accepted filters, their choices with counts, and what was ignored."""

    def __init__(self, parameters, catalogue):
        self.catalogue = catalogue
        self.notices = []
        self.kind = self._accepted(parameters, "art", self.kinds, _("Art der Einrichtung"))
        self.district = self._accepted(parameters, "bezirk", self.districts, _("Stadtteil"))
        self.page_number = notices.page_number(parameters, self.notices)

    @cached_property
    def kinds(self):
        kinds = InstitutionKind.objects.order_by(GermanOrder("name"), "pk")
        return self.catalogue.once("kinds", lambda: {kind.slug: kind for kind in kinds})

    @cached_property
    def districts(self):
        return {district.slug: district for district in self.catalogue.districts}

    @property
    def path(self):
        """The parts of the city that the chosen one lies in, as ``District.path`` names them."""
        return self.districts[self.district].path if self.district else ()

    @property
    def institutions(self):
        return self._narrowed(self.kind, self.district)

    @property
    def parameters(self):
        """The accepted state as a ``QueryDict``, without the page number."""
        return QueryDict(urlencode(self._state()))

    @property
    def chips(self):
        """The chosen filters, each with the address that drops it."""
        state = self._state()
        chosen = {"art": self.kinds.get(self.kind), "bezirk": self.districts.get(self.district)}
        return [
            Chip(
                said(getattr(term, "label", term.name)),
                self._url({one: state[one] for one in state if one != name}),
            )
            for name, term in chosen.items()
            if term
        ]

    @cached_property
    def facets(self):
        by_kind = self._narrowed(None, self.district)
        places = Institution.locations.through.objects.filter(
            is_public("location"), institution__in=self._narrowed(self.kind, None)
        )
        rows = union(
            [
                tally(by_kind, "art", F("kind__slug"), Count("pk")),
                tally(by_kind, "art", F("kind__counts_as__slug"), Count("pk")),
                tally(
                    places.annotate(part=Unnest("location__district__path")),
                    "bezirk",
                    F("part"),
                    Count("institution", distinct=True),
                ),
            ]
        )
        counts = Counter()
        for facet, choice, number in rows:
            counts[facet, choice] += number
        return [
            Facet(name, legend, "radio", self._choices(name, terms, chosen, counts))
            for name, legend, terms, chosen in [
                ("art", _("Art"), self.kinds, self.kind),
                ("bezirk", _("Stadtteil"), self.districts, self.district),
            ]
        ]

    @property
    def shortcuts(self):
        """What one would tap on next: the commonest kinds, then the districts of the city."""
        kind, district = self.facets
        if not self.kind:
            found = sorted(kind.choices, key=lambda one: -one.count)[:SHORTCUTS]
        elif not self.district:
            found = [one for one in district.choices if one.level == 1]
        else:
            found = []
        return [
            Shortcut(one.label, one.count, self._url(self._state() | {one.name: one.value}))
            for one in found
        ]

    def _choices(self, name, terms, chosen, counts):
        return [
            Choice(
                name,
                slug,
                said(getattr(term, "label", term.name)),
                chosen=slug == chosen,
                count=counts.get((name, slug), 0),
                level=len(term.path) - 1 if name == "bezirk" else 1,
            )
            for slug, term in terms.items()
            if counts.get((name, slug)) or slug == chosen
        ]

    def _narrowed(self, kind, district):
        found = Institution.objects.current()
        if kind:
            found = found.of_kind(kind)
        return found.in_district(district) if district else found

    def _state(self):
        state = {"art": self.kind, "bezirk": self.district}
        return {name: value for name, value in state.items() if value}

    def url_of_page(self, number):
        return self._url(self._state() | {"seite": number})

    def _url(self, state):
        return reverse("offers:institutions") + (f"?{urlencode(state)}" if state else "")

    def _accepted(self, parameters, name, known, legend):
        value = notices.single(parameters, name, legend, self.notices)
        if value and value not in known:
            self.notices.append(notices.ignored(legend, value))
        return value if value in known else ""
