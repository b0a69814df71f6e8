"""The words of a search as the list uses them: what they mean, and which of them are filters."""

from functools import cached_property

from kekiz_portal.lib import telephone
from offers.models import Offer
from offers.search.hearing import answered
from offers.search.query import memory
from offers.search.query.dividing import AGES
from offers.search.query.spoken_conditions import ONLY_RAISING
from offers.search.query.understanding import understand
from offers.search.query.understood import NO_HELP
from offers.search.ranking import GROWN_UP, Ranked, may_come_along, ranked
from offers.translations import titles

from .filters import FILTERS

BY_NAME = {one.name: one for one in FILTERS}
MOST_ANSWERS = 500  # with some kilobytes each
SHORTEST_NUMBER = 6  # fewer digits are a postal code or a year
# Filters that ask the same question: what a reader chose there by hand outdoes what was typed.
SAME_QUESTION = [{"alter", "phase"}, {"bezirk", "plz"}]
# Filters that a sentence does not ask for, but tells of; and what hides nothing beside any words.
LEANING = frozenset({"alter", "phase", "bezirk", "plz", "wann", "tag", "zeit", "sprache"})
ALWAYS_LEANING = frozenset({"zeit"})
# What matters least goes first when all filters that were read leave nothing.
GIVEN_UP_FIRST = [
    "wann",
    "zeit",
    "tag",
    "online",
    "ohne-anmeldung",
    "but",
    "kostenlos",
    "barrierefrei",
    "sprache",
    "anonym",
    "umkreis",
    "plz",
    "bezirk",
    "fuer",
    "thema",
    "phase",
    "alter",
]


class Search:
    """What was typed, understood once for a page.

    ``readings`` are the words that work as filters here; ``given_up`` those that would have
    left nothing. ``chosen`` are the values chosen by hand, by filter name.
    """

    def __init__(self, text, chosen, catalogue, *, literal=False):
        self.text = text
        self.literal = literal
        self._catalogue = catalogue
        self._answer = _answer_to(text, literal, catalogue)
        self.understanding = self._answer.understanding
        self.given_up = ()
        self.readings = ()
        for reading in self.understanding.readings:
            if self._only_leans(reading):
                continue
            if not _asked_by_hand(reading.name, chosen) and self._fits(reading, catalogue):
                self.readings += (reading,)

    @cached_property
    def ranked(self):
        """The published offers that answer the words, best first."""
        return self._by_number() or self._with_titles(self._answer.ranked)

    def _with_titles(self, found):
        """Put what is called so in the language of the page before what answers in German."""
        those = titles.saying(self._catalogue, self.without(self.readings))
        if found.ids is None or not those:
            return found
        known = self._catalogue.ranked(those, found.ids)
        others = self._catalogue.best_fit_first(those & ~self._catalogue.of(known)).tolist()
        first = [*known, *others]
        rest = [] if found.is_asking else [key for key in found.ids if key not in set(first)]
        return Ranked(first + rest, found.only_heard - set(first), covered=1)

    def lean(self):
        """Let nothing that was read hide what the page only asks for."""
        self.readings = tuple(one for one in self.readings if one.name not in LEANING)

    def let_children_come_along(self):
        """Let a young child's age hide nothing where what answers best is for grown-ups.

        Who looks for "Deutschkurs mit Baby" brings the baby along.
        """
        if not self.ranked.ids or not may_come_along(self.understanding):
            return
        if self._catalogue.of(self.ranked.ids[:1]) & self._catalogue.beginning_after(GROWN_UP - 1):
            self.readings = tuple(one for one in self.readings if one.name not in AGES)

    @property
    def only_heard(self):
        """The offers that lie near in meaning and say none of the words; none where it asks."""
        return frozenset() if self.ranked.is_asking else self.ranked.only_heard

    def _by_number(self):
        """Whom a telephone number leads to, if one was typed and nothing else was read in it."""
        digits = telephone.searched_digits(self.text)
        if self.readings or len(digits) < SHORTEST_NUMBER:
            return None
        found = Offer.objects.published().reached_at(digits)
        return Ranked(list(found.values_list("pk", flat=True))) if found else None

    @property
    def selection(self):
        """The values that were read, by filter name."""
        found = {}
        for reading in self.readings:
            values = found.setdefault(reading.name, [])
            if reading.value not in values:
                values.append(reading.value)
        return found

    @property
    def names_read(self):
        """The filters that words were read as, what matters least first."""
        return sorted({reading.name for reading in self.readings}, key=GIVEN_UP_FIRST.index)

    def _only_leans(self, reading):
        """Whether what was read raises what fits, and hides nothing: who tells of a child of three
        in Wanne may go to Eickel, and whoever wants an evening may take an afternoon.
        """
        if reading.name not in BY_NAME or reading.name in ONLY_RAISING:
            return True
        leaning = LEANING if self.understanding.is_sentence else ALWAYS_LEANING
        return bool(self.understanding.concepts) and reading.name in leaning

    def _fits(self, reading, catalogue):
        """Whether a filter takes the value beside those that were read before."""
        one = BY_NAME[reading.name]
        values = [*self.selection.get(reading.name, []), reading.value]
        accepted, _rejected = one.clean(values, catalogue)
        return reading.value in accepted

    def give_up(self, names):
        """Let the words that were read as some filters be no filters any more."""
        self.given_up = tuple(one for one in self.readings if one.name in names)
        self.readings = tuple(one for one in self.readings if one.name not in names)

    def without(self, readings):
        """Return what was typed without the words of some readings."""
        text = self.understanding.text
        for reading in sorted(readings, key=lambda one: -one.start):
            text = f"{text[: reading.start]} {text[reading.end :]}"
        return " ".join(text.split())

    @cached_property
    def loose(self):
        """The same words as they would be understood if they were not taken literally."""
        return understand(self.text) if self.literal else self.understanding


class _Answer:
    """What a search means, and the published offers that answer it, whatever the language."""

    def __init__(self, text, vocabulary, *, literal):
        self.vocabulary = vocabulary
        self.understanding = understand(text, literal=literal, vocabulary=vocabulary)
        self._rank = ranked if literal else answered

    @cached_property
    def ranked(self):
        return self._rank(self.understanding)


def _answer_to(text, literal, catalogue):
    """Return the ``_Answer`` to a search; the same as long as offers and vocabulary are the same.

    What many look for is looked up once. Nothing is kept of whoever may be in need.
    """
    kept, name, vocabulary = catalogue.answers, (text, literal), memory.current()
    known = kept.get(name)
    if known is None or known.vocabulary is not vocabulary:
        known = _Answer(text, vocabulary, literal=literal)
        if known.understanding.help == NO_HELP:
            if len(kept) >= MOST_ANSWERS:
                kept.clear()
            kept[name] = known
    return known


def _asked_by_hand(name, chosen):
    question = next((names for names in SAME_QUESTION if name in names), {name})
    return bool(question & set(chosen))
