"""Put what answers a query into the order that a person would choose.

How well the words answer comes first: ``retrieving`` adds up what the index holds. Where that
is close, the title decides, then whether age and place fit, when the next date is, and whether
anybody has confirmed the offer.
"""

from dataclasses import dataclass
from functools import lru_cache

from offers.models import Location, Offer, OfferPlace, Schedule
from offers.models.location import is_public
from offers.models.offer.delicate import DELICATE
from offers.models.offer.narrowing import ANYWHERE_MODES

from .facts import facts_of
from .index.documents import GERMAN
from .index.retrieving import PUBLIC, candidates
from .query import memory
from .query.spoken_conditions import ONLY_RAISING, WEEKDAYS
from .query.spoken_places import CITY
from .words.folding import fold, whole_words
from .words.stemming import stem
from .words.stop_words import STOP_WORDS

WORST_SHARE = 0.12  # of the best score; what answers less well is no answer
ABOUT = 250  # thousandths: what an offer is about, rather than mentions
LOOKED_AT_CLOSELY = 100
SURE = 0.5  # a weight from which a match counts as what was asked for
LONGEST_SPAN_MONTHS = 18 * 12

# By how much each of these makes a hit better or worse.
ALL_IN_TITLE = 0.3  # all that was asked for
ALL_OF_TITLE = 0.5  # nothing but what was asked for
MADE_FOR_THE_AGE, NOT_FOR_THE_AGE = 0.2, -0.5
# Months: what is for grown-ups a parent asks for, and a child so young only comes along.
GROWN_UP, COMES_ALONG_UNTIL = 16 * 12, 6 * 12
IN_THE_PLACE, ELSEWHERE = 0.2, -0.4
WITH_ACCESS = 0.3  # anonymous, in sign language, without German: what was asked for
AT_THE_TIME, AT_ANOTHER = 0.2, -0.3  # what has no times in the calendar is maybe at that time
NAMED_PROVIDER = 0.2
SOON_AGAIN, OVER = 0.05, -0.5  # what was once a year is never above what one can do as well now
CONFIRMED, NOT_OF_THIS_CITY = 0.05, -0.07
FOR_OTHERS = -0.1  # for a group that nobody asked for
# About an abortion, addiction, separation or violence, of which nobody spoke: "yoga schwanger".
OF_DISTRESS, SPOKEN_OF = -0.65, 0.8  # from this weight on a match says so

PLACES = {"bezirk", "plz"}
WHERE = ["offer", "mode", "location__district__path", "location__postal_code"]
WHERE += ["location__district__postal_codes", "location__visibility"]


@dataclass(frozen=True)
class Ranked:
    """The offers that answer a query, best first; ``ids`` is ``None`` if it asks for all.

    ``only_heard`` are those that its meaning found and no word; ``is_asking`` where no word found
    any, so that the page may only ask whether they were meant. ``covered`` is the largest share of
    a query that the words of one offer answer.
    """

    ids: list[int] | None
    only_heard: frozenset = frozenset()
    is_asking: bool = False
    covered: float = 0


def ranked(understanding, *, statuses=PUBLIC):
    """Return what answers an understood query, of offers in one of the statuses."""
    if not understanding.concepts:
        return Ranked(None if understanding.asks_for_all else [])
    found = candidates(understanding.concepts, memory.held().offer_count, statuses)
    found = _that_tell(found, understanding.concepts)
    best = found[0].score if found else 0
    close = [one for one in found if one.score >= WORST_SHARE * best]
    first = _by_fit(close[:LOOKED_AT_CLOSELY], understanding, statuses)
    covered = max((one.covered for one in close), default=0)
    return Ranked(first + [one.offer for one in close[LOOKED_AT_CLOSELY:]], covered=covered)


def _that_tell(found, concepts):
    """Return the offers that say something of what tells a query from others.

    Where a word of that is unknown here, another has to be what the offer is about, or two are
    said: "Pizza bestellen" is not answered by who orders books.
    """
    telling = [one for one in concepts if not one.is_common]
    if not telling:
        return found
    least = 0 if all(one.matches for one in telling) else ABOUT
    return [one for one in found if one.told > least or one.tellings > 1]


def _by_fit(found, understanding, statuses):
    scores = {one.offer: one.score for one in found}
    if len(scores) <= 1:
        return list(scores)
    facts = facts_of(scores, published=statuses == PUBLIC)
    fit = _Fit(understanding, scores)
    ordered = sorted(
        facts.values(),
        key=lambda offer: (-scores[offer.pk] * fit.factor(offer), offer.title, offer.pk),
    )
    return [offer.pk for offer in ordered]


def standing(offer):
    """Return by what to multiply whatever is said for an offer that may be of the past."""
    return 1 + (OVER if offer.is_past else 0)


def circumstances(understanding, numbers, statuses=PUBLIC):
    """Return for each of some offers how well its age, place, time and the like fit a query."""
    facts, fit = facts_of(numbers, published=statuses == PUBLIC), _Fit(understanding, numbers)
    return {number: fit.circumstances(offer) for number, offer in facts.items()}


class _Fit:
    """How well offers fit what else is known of the query."""

    def __init__(self, understanding, numbers):
        self.understanding = understanding
        self.month, self.span = _age(understanding)
        self.there, self.elsewhere = _by_place(understanding, numbers)
        self.then, self.at_another = _by_time(understanding, numbers)
        self.open_to_them = _by_access(understanding, numbers)
        self.stems = [{match.stem for match in one.matches} for one in understanding.concepts]
        self.all_stems = _all_stems(understanding.concepts)
        self.weights = [one.weight for one in understanding.concepts]
        self.is_of_distress = _is_of_distress(understanding)

    def factor(self, offer):
        """Return by what to multiply the score of an offer; 1 is neither good nor bad."""
        factor = 1 + ALL_IN_TITLE * self._share_in_title(offer.title) ** 2
        factor += ALL_OF_TITLE * self._share_of_title(offer.title)
        factor *= 1 + (OF_DISTRESS if self._is_unasked(offer.title) else 0)
        return factor * self.circumstances(offer) * standing(offer)

    def circumstances(self, offer):
        """Return the same of an offer for what its words do not say."""
        factor = (
            1
            + self._age(offer)
            + self._place(offer)
            + self._time(offer)
            + (WITH_ACCESS if offer.pk in self.open_to_them else 0)
            + (SOON_AGAIN if offer.is_soon else 0)
        )
        factor *= 1 + (CONFIRMED if offer.confirmed_at else 0)
        factor *= 1 + (NOT_OF_THIS_CITY if offer.is_generic else 0)
        factor *= 1 + (FOR_OTHERS if self._is_for_others(offer) else 0)
        named = offer.provider in self.understanding.institutions
        return factor * (1 + (NAMED_PROVIDER if named else 0))

    def _is_unasked(self, title):
        """Whether a title tells of distress, and the query of none."""
        return not self.is_of_distress and tells_of_distress(title)

    def _share_in_title(self, title):
        said = title_stems(title)
        there = (w for stems, w in zip(self.stems, self.weights, strict=True) if stems & said)
        return sum(there) / (sum(self.weights) or 1)

    def _share_of_title(self, title):
        said = title_stems(title)
        return len(said & self.all_stems) / (len(said) or 1)

    def _age(self, offer):
        if offer.ages is None or (self.month is None and self.span is None):
            return 0
        first = -LONGEST_SPAN_MONTHS if offer.ages.lower is None else offer.ages.lower
        last = LONGEST_SPAN_MONTHS if offer.ages.upper is None else offer.ages.upper - 1
        low, high = self.span if self.month is None else (self.month, self.month)
        if high < first or low > last:
            is_the_parents = first >= GROWN_UP and low < COMES_ALONG_UNTIL
            return 0 if is_the_parents else NOT_FOR_THE_AGE
        width = min(last - first, LONGEST_SPAN_MONTHS)
        return MADE_FOR_THE_AGE * (1 - width / LONGEST_SPAN_MONTHS)

    def _time(self, offer):
        if offer.pk in self.then:
            return AT_THE_TIME
        return AT_ANOTHER if offer.pk in self.at_another else 0

    def _is_for_others(self, offer):
        """Whether an offer is for certain groups only, none of them named in the query."""
        named = (self.all_stems & title_stems(group) for group in offer.groups)
        return bool(offer.groups) and not any(named)

    def _place(self, offer):
        if offer.pk in self.there:
            return IN_THE_PLACE
        return ELSEWHERE if offer.pk in self.elsewhere else 0


def _by_time(understanding, numbers):
    """Return which offers are on a day or at a time that a query names, and which at another."""
    named = [(one.name, one.value) for one in understanding.readings]
    days = [WEEKDAYS.index(value) for name, value in named if name == "tag"]
    parts = [value for name, value in named if name == "zeit"]
    if not days and not parts:
        return set(), set()
    offers = Offer.objects.filter(pk__in=list(numbers)).order_by()
    then = set(offers.in_slot(days, parts).values_list("pk", flat=True))
    timed = Schedule.objects.filter(place__offer__in=list(numbers)).order_by()
    return then, set(timed.values_list("place__offer", flat=True)) - then


def _by_access(understanding, numbers):
    """Return which offers have every kind of access that a query asks for; none if it asks none."""
    asked = {one.name for one in understanding.readings} & {*ONLY_RAISING, "sprache"}
    if not asked:
        return set()
    offers = Offer.objects.filter(pk__in=list(numbers)).order_by()
    if "sprache" in asked:
        spoken = [one.value for one in understanding.readings if one.name == "sprache"]
        offers = offers.in_language(spoken)
    if "anonym" in asked:
        offers = offers.without_a_name()
    if "gebaerden" in asked:
        offers = offers.in_sign_language()
    if "ohne-deutsch" in asked:
        offers = offers.without_german()
    return set(offers.values_list("pk", flat=True))


def _age(understanding):
    """Return the month of age that a query names, and the span of months of its phase."""
    named = {one.name: one.value for one in understanding.readings}
    if "alter" in named:
        return int(named["alter"]), None
    for phase in memory.held().phases:
        if phase.slug == named.get("phase") and phase.first_month is not None:
            last = LONGEST_SPAN_MONTHS if phase.last_month is None else phase.last_month
            return None, (phase.first_month, last)
    return None, None


def may_come_along(understanding):
    """Whether a query names a child so young that its parent may be the one who asks."""
    month, span = _age(understanding)
    first = span[0] if span else month
    return first is not None and first < COMES_ALONG_UNTIL


def _by_place(understanding, numbers):
    """Return which offers lie in the place that a query names, and which lie elsewhere."""
    wanted = {one.value for one in understanding.readings if one.name in PLACES}
    near = _neighbours(wanted)
    there, elsewhere, everywhere = set(), set(), set()
    if not wanted:
        return there, elsewhere
    rows = OfferPlace.objects.filter(is_public("location"), offer__in=list(numbers))
    for offer, mode, path, code, codes, visibility in rows.values_list(*WHERE):
        is_known = code and visibility == Location.Visibility.PUBLIC
        known_codes = [code] if is_known else codes or ()
        if mode in ANYWHERE_MODES or not near.isdisjoint(known_codes):
            everywhere.add(offer)
        if not wanted.isdisjoint([*(path or ()), *known_codes]):
            there.add(offer)
        elif path:
            elsewhere.add(offer)
    return there, elsewhere - there - everywhere


def _neighbours(wanted):
    """Return the postal codes that share a part of the city with a wanted one."""
    parts = (place for place in memory.held().places if place.level != CITY)
    return {code for one in parts if wanted & {*one.postal_codes} for code in one.postal_codes}


def _all_stems(concepts):
    """Return the stems of the words that surely mean what was asked for."""
    matches = [match for one in concepts for match in one.matches if match.weight >= SURE]
    return {root for match in matches for root in (match.stem, *match.all_of)}


def _is_of_distress(understanding):
    """Whether a query tells of what nobody is offered unasked."""
    for one in understanding.concepts:
        sure = (match.stem for match in one.matches if match.weight >= SPOKEN_OF)
        said = [*one.words, *sure, *([one.reason.meant] if one.reason else [])]
        if tells_of_distress(" ".join(said)):
            return True
    return False


@lru_cache(maxsize=4096)
def tells_of_distress(text):
    return bool(DELICATE.search(fold(text)))


@lru_cache(maxsize=4096)
def title_stems(title):
    said = (word.folded for word in whole_words(title))
    return frozenset(stem(folded) for folded in said if folded not in STOP_WORDS[GERMAN])
