"""What the search knows by heart: the words of the index, and the names of things.

All of it is plain data, held in memory per process, so that a query is understood
without asking the database; ``memory`` keeps it.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from offers.search.words.answers import Answers
from offers.search.words.compounds import Compounds
from offers.search.words.folding import words as words_of
from offers.search.words.meanings import WAY_OUT, Meaning, Meanings
from offers.search.words.names import Names
from offers.search.words.phrases import Phrases
from offers.search.words.typos import Spelling

from .neighbours import Neighbours
from .reading import Reader
from .spoken_places import PlaceNames


@dataclass(frozen=True, slots=True)
class KnownWord:
    """A word that stands in offers: as folded, its stem, and how it is written there."""

    folded: str
    stem: str
    display: str
    document_count: int = 1


@dataclass(frozen=True, slots=True)
class Synonym:
    """A ``phrase`` that people say, and the ``term`` by which offers call the same."""

    term: str
    phrase: str
    language: str
    kind: str


@dataclass(frozen=True, slots=True)
class Need:
    """A kind of distress and its help lines, by their slugs in the order to show.

    ``is_life_at_risk`` where somebody may die in the next minutes.
    """

    helplines: tuple[str, ...]
    is_crisis: bool
    name: str = ""
    slug: str = ""
    is_life_at_risk: bool = False


@dataclass(frozen=True, slots=True)
class Sign:
    """A phrase that betrays a need. What the need's name means as a phrase, it means too."""

    phrase: str
    language: str
    need: Need


@dataclass(frozen=True, slots=True)
class Place:
    """A part of the city; ``path`` names the parts it lies in, from the city to itself."""

    slug: str
    name: str
    level: str
    path: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    postal_codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """Something with a name that a query may mean: an institution, a topic, a phase."""

    key: int | str
    name: str


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase of life, in months; an open end is ``None``."""

    slug: str
    name: str
    first_month: int | None
    last_month: int | None


@dataclass(frozen=True)
class Vocabulary:
    """Everything a query is read against; ``words`` by their folded form.

    ``sentence_words`` are German ones that parents write, as written by their folded form;
    ``elsewhere_words`` foreign ones that only sentences say that lead nowhere.
    """

    words: dict[str, KnownWord] = field(default_factory=dict)
    synonyms: tuple[Synonym, ...] = ()
    signs: tuple[Sign, ...] = ()
    needs: tuple[Need, ...] = ()
    childrens_lines: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    institutions: tuple[Named, ...] = ()
    topics: tuple[Named, ...] = ()
    phases: tuple[Phase, ...] = ()
    offer_count: int = 0
    sentence_words: dict[str, str] = field(default_factory=dict)
    elsewhere_words: frozenset = frozenset()
    neighbours: Neighbours = field(default_factory=Neighbours)

    @cached_property
    def in_order(self):
        """The words as folded, in the order of their letters."""
        return sorted(self.words)

    @cached_property
    def by_stem(self):
        """The words of each stem, the most frequent first."""
        found = {}
        for word in self.words.values():
            found.setdefault(word.stem, []).append(word)
        for words in found.values():
            words.sort(key=lambda word: -word.document_count)
        return found

    def prepare(self):
        """Make what reads a query now, so that no query waits for it."""
        for name in ("in_order", "by_stem", "reader", "answers", "spelling_of_signs"):
            getattr(self, name)
        for name in ("institution_names", "topic_names", "phase_names"):
            getattr(self, name)

    # What reads a query, each made once from the above when it is first needed.

    @cached_property
    def place_names(self):
        return PlaceNames(self.places)

    @cached_property
    def meanings(self):
        return Meanings(self.synonyms)

    @cached_property
    def compounds(self):
        texts = (text for text, language, _meaning in self.meanings.entries if language == "de")
        others = {word.folded for text in texts for word in words_of(text)}
        return Compounds(self.words, others)

    @cached_property
    def answers(self):
        return Answers(self.words, self.compounds)

    @cached_property
    def phrases(self):
        return Phrases([*self.meanings.entries, *self._ways_out()], self.compounds.split)

    def _ways_out(self):
        """Yield what signs of a need lead to, besides the help lines: offers that help too."""
        terms = defaultdict(list)
        for synonym in self.synonyms:
            terms[synonym.phrase.casefold()].append(synonym.term)
        for sign in self.signs:
            for term in terms.get(sign.need.name.casefold(), ()):
                yield sign.phrase, sign.language, Meaning(term, WAY_OUT)

    @cached_property
    def danger_signs(self):
        return Phrases((sign.phrase, sign.language, sign.need) for sign in self.signs)

    @cached_property
    def needs_by_slug(self):
        return {need.slug: need for need in self.needs}

    @cached_property
    def spelling_of_signs(self):
        return Spelling(dict.fromkeys(self.danger_signs.words, 1))

    @cached_property
    def reader(self):
        return Reader(self)

    @cached_property
    def institution_names(self):
        return Names(self.institutions, self.place_names.city_words)

    @cached_property
    def topic_names(self):
        return Names(self.topics)

    @cached_property
    def phase_names(self):
        return Names(self.phases)
