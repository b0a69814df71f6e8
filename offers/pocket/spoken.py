"""Ages, places and conditions as people write them: how a device reads them, what they leave.

What words mean is asked of the search itself; a filter is written as the offers it leaves.
"""

from dataclasses import dataclass, field

from lifephases.ages import MONTHS_A_YEAR, OLDEST
from offers.browsing.searching import ALWAYS_LEANING, BY_NAME
from offers.search import ranking
from offers.search.query import memory, spoken_ages
from offers.search.query.spoken_conditions import ONLY_RAISING, TABLE, conditions_in
from offers.search.query.spoken_places import BOROUGH
from offers.search.words.tokens import tokens_of

NO_FILTERS = {"", *ONLY_RAISING}


def ages():
    """Return the patterns of ages as a browser reads them, and the numbers that they name."""
    return {
        "patterns": [one.pattern.replace("(?P<", "(?<") for one in spoken_ages.PATTERNS],
        "numbers": spoken_ages.NUMBERS,
        "ordinals": spoken_ages.ORDINALS,
        "words": spoken_ages.SAID_AS_ONE,
        "months": MONTHS_A_YEAR,
        "weeks": spoken_ages.WEEKS_A_MONTH,
        "beforeFirstForm": spoken_ages.AGE_BEFORE_FIRST_FORM,
        "lastForm": spoken_ages.LAST_FORM,
        "under": spoken_ages.HALF_A_YEAR,
        "oldest": OLDEST,
    }


@dataclass
class Spoken:
    """``said`` leads from words to places in ``filters``; ``numbers`` of a set are the pack's.

    A filter is its name, the offers it leaves (``None`` if it hides nothing), those it raises and
    by how much, the months of a phase, whether its words are looked for as well, and whether no
    phrase takes them away.
    """

    catalogue: object
    numbers: object
    said: dict = field(default_factory=dict)
    filters: list = field(default_factory=list)

    @classmethod
    def of(cls, catalogue, numbers):
        made, held = cls(catalogue, numbers), memory.current()
        for phrase in _names_of_places(held.places):
            tokens = tokens_of(phrase)
            made._add(tokens, held.place_names.spoken_in(tokens))
        for key in TABLE:
            tokens = tokens_of(" ".join(key))
            made._add(tokens, conditions_in(tokens, held.phases))
        return made

    def _add(self, tokens, spoken):
        """Write down what all words together say; the whole city is no filter."""
        spoken = [one for one in spoken if len(one.positions) == len(tokens)]
        if spoken:
            filters = [self._filter(one) for one in spoken if one.name not in NO_FILTERS]
            phrase = " ".join(token.meant for token in tokens)
            self.said.setdefault(phrase, [self._place_of(one) for one in filters])

    def _place_of(self, one):
        if one not in self.filters:
            self.filters.append(one)
        return self.filters.index(one)

    def _filter(self, spoken):
        name, value = spoken.name, spoken.value
        catalogue, one = self.catalogue, BY_NAME[name]
        is_known = one.clean([value], catalogue)[0] == [value]
        left = self.numbers(one.left_by([value], {}, catalogue)) if is_known else None
        raised, by = [], 0
        if name in ranking.PLACES:
            raised, by = self.numbers(catalogue.named(name, value)), ranking.IN_THE_PLACE
        elif name in {"tag", "zeit"}:
            raised, by = left or [], ranking.AT_THE_TIME
        hides = left if name not in ALWAYS_LEANING else None
        months = _months(value) if name == "phase" else None
        return [name, hides, raised, by, months, int(spoken.is_sought), int(spoken.is_certain)]


def _names_of_places(places):
    """Yield what parts of the city are called, two boroughs together, and postal codes."""
    boroughs = [place.name for place in places if place.level == BOROUGH]
    for place in places:
        for name in (place.name, *place.aliases):
            yield from (name, name.replace(" ", "").replace("-", ""))
            yield from (f"{name.removesuffix(ending)}er" for ending in ("", "e", "en"))
        yield from place.postal_codes
    yield from (f"{one} {other}" for one in boroughs for other in boroughs if one != other)


def _months(slug):
    phase = next(one for one in memory.held().phases if one.slug == slug)
    last = ranking.LONGEST_SPAN_MONTHS if phase.last_month is None else phase.last_month
    return [phase.first_month, last]
