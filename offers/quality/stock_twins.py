"""Which entries of the whole stock may be one and the same, entered twice; a person decides.

Two entries are compared only if they share a number, a mailbox, a street or a word that few names
have. What counts then is how alike their names are and what else they share.
"""

import itertools
from collections import defaultdict
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from offers.models import Institution, Offer, TwinDecision

from .identity import Address, dialled, folded, mailboxes
from .twins import is_where_the_other_is, told_apart

ALIKE = 86  # of 100, as for what somebody types (``twins.py``)
NEARLY = 62  # with a number, mailbox or street in common
A_LITTLE = 45  # with two of them in common
OF_RARE_WORDS = 72  # of what tells one "Städtische Kita" from the other, where nothing is shared
COMMON = 25  # a word, number or street of more entries than this tells nothing
BEGINNING = 6  # letters by which words with a typing error still meet


@dataclass(frozen=True)
class Subject:
    """An entry as it is compared. ``channels`` are numbers and mailboxes."""

    key: int
    name: str
    channels: frozenset = frozenset()
    streets: frozenset = frozenset()  # of ``Address``
    owner: int | None = None  # an offer's provider
    times: str = ""

    @property
    def words(self):
        return folded(self.name)


@dataclass(frozen=True)
class Pair:
    """Two entries that may be one, the likeliest pair first, and in words why."""

    likeness: float
    first: int
    second: int
    why: str = field(compare=False)


def of_institutions():
    """Return the ``Pair`` of institutions that nobody has told apart yet."""
    current = Institution.objects.current().prefetch_related("locations").order_by("pk")
    found = [_of_institution(one) for one in current]
    return undecided(Institution, pairs(found, is_one=is_one_house))


def of_offers():
    """Return the ``Pair`` of offers in the works, likewise."""
    loaded = Offer.objects.in_the_works().prefetch_related("places__location").order_by("pk")
    found = [_of_offer(one) for one in loaded]
    return undecided(Offer, pairs(found, is_one=is_one_offer))


def pairs(subjects, is_one):
    """Return every ``Pair`` of subjects that may be one; ``is_one`` gives likeness and reasons."""
    by_key = {one.key: one for one in subjects}
    found = []
    for first, second in sorted(_to_compare(subjects)):
        likeness, why = is_one(by_key[first], by_key[second])
        if likeness:
            found.append(Pair(likeness, first, second, ", ".join(why)))
    return sorted(found, key=lambda pair: (-pair.likeness, pair.first, pair.second))


def _to_compare(subjects):
    """Return the pairs of keys that share something which few have."""
    blocks = defaultdict(set)
    for one in subjects:
        words = set(one.words.split())
        marks = {*words, *(word[:BEGINNING] for word in words), one.words.replace(" ", "")}
        for mark in marks | one.channels | {place.street for place in one.streets if place.street}:
            blocks[mark].add(one.key)
    return {
        pair
        for block in blocks.values()
        if len(block) <= COMMON
        for pair in itertools.combinations(sorted(block), 2)
    }


def is_one_house(one, other):
    """Return how alike two institutions are, 0 if they are two, and why."""
    also = shared(one, other)
    alike = _likeness(one.words, other.words)
    if not also and (
        told_apart(one.name, other.name)
        or is_where_the_other_is(one.name, other.name)
        or _of_rare_words(one.words, other.words) < OF_RARE_WORDS
    ):
        return 0, []
    if one.streets and other.streets and not _same_street(one, other):
        # Two streets are two houses, unless everything else says otherwise: then one has moved.
        is_one = alike >= ALIKE and bool(one.channels & other.channels)
    else:
        is_one = alike >= (ALIKE, NEARLY, A_LITTLE)[min(len(also), 2)]
    return (alike + 10 * len(also), [_("ähnlicher Name"), *also]) if is_one else (0, [])


def is_one_offer(one, other):
    """Return how alike two offers are, 0 if they are two, and why.

    Ten houses have an "Elterncafé": a title alone says nothing where the providers are known.
    """
    also = shared(one, other)
    if one.owner and one.owner == other.owner:
        also = [_("derselbe Anbieter"), *also]
    alike = fuzz.token_sort_ratio(one.words, other.words)
    are_two = told_apart(one.name, other.name) or is_where_the_other_is(one.name, other.name)
    if are_two or (one.owner and other.owner and one.owner != other.owner and len(also) < 2):  # noqa: PLR2004
        return 0, []
    if one.times and one.times == other.times:
        also = [*also, _("dieselben Zeiten")]
    is_one = alike >= ALIKE and (also or not (one.owner and other.owner))
    return (alike + 10 * len(also), [_("ähnlicher Titel"), *also]) if is_one else (0, [])


def _likeness(one, other):
    """How alike two names are; a word more or less, as "Städtische", counts little."""
    by_words = fuzz.token_set_ratio(one, other) - 4
    return max(fuzz.token_sort_ratio(one, other), min(by_words, _of_rare_words(one, other)))


def _of_rare_words(one, other):
    """The share of letters of the shorter name that the other has, kinds of houses left out."""
    words, others = (set(text.split()) - KINDS for text in (one, other))
    shorter, longer = sorted((words, others), key=lambda found: sum(map(len, found)))
    if not shorter:
        return 0
    kept = sum(max(fuzz.ratio(word, each) for each in longer) * len(word) for word in shorter)
    return kept / sum(map(len, shorter))


# What a house is, not which one it is.
OF_KINDS = """kindertageseinrichtung kindergarten familienzentrum gemeinschaftsgrundschule
grundschule schule gesamtschule realschule gymnasium foerderschule hauptschule jungen maedchen
katholisch evangelisch staedtisch stadt sankt zentrum haus verein treff jugendzentrum
stadtteilzentrum gemeinde kirchengemeinde awo drk caritas diakonie"""
KINDS = frozenset([*OF_KINDS.split(), *folded(settings.CITY["name"]).split()])


def shared(one, other):
    """Return in words which numbers, mailboxes and addresses two subjects share."""
    found = []
    if any("@" not in mark for mark in one.channels & other.channels):
        found.append(_("dieselbe Nummer"))
    if any("@" in mark for mark in one.channels & other.channels):
        found.append(_("dieselbe E-Mail"))
    if _same_street(one, other):
        found.append(_("dieselbe Adresse"))
    return found


def _same_street(one, other):
    return any(a.agrees(b) for a in one.streets for b in other.streets)


def _of_institution(house):
    return Subject(
        key=house.pk,
        name=house.name,
        channels=channels([house.phone], [house.email]),
        streets=_streets(house.locations.all()),
    )


def _of_offer(offer):
    places = [one.location for one in offer.places.all() if one.location]
    return Subject(
        key=offer.pk,
        name=offer.title,
        channels=channels([offer.phone], [offer.email]),
        streets=_streets(places),
        owner=offer.provider_id,
        times=offer.schedule_text,
    )


def channels(phones, mails):
    """Return numbers as they are dialled, and mailboxes, as they are compared."""
    return dialled(phones) | mailboxes(mails)


def _streets(places):
    found = (Address.of(one.street, one.postal_code, one.city) for one in places)
    return frozenset(one for one in found if one.street)


def undecided(model, found):
    """Return the pairs that nobody has told apart yet."""
    decided = TwinDecision.objects.told_apart(model)
    return [one for one in found if (one.first, one.second) not in decided]
