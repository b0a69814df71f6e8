"""What words look for, written down beforehand: so a device can search without the server.

Each word that stands in offers and each German phrase that the search knows is read once as
the search reads it; what it looks for is written as numbers: stems, each with its weight.
"""

from dataclasses import dataclass, field

from offers.models import SearchPosting
from offers.search.query import memory
from offers.search.query.understanding import concepts_in
from offers.search.words.folding import words
from offers.search.words.stop_words import STOP_WORDS

GERMAN = "de"
MOST_WORDS = 3  # of a phrase
THOUSANDTHS = 1000
# Words that stand apart may mean less than side by side, of what nobody may be told by mistake.
NONSENSE = "qxqxqx"
APART, SIDE_BY_SIDE = f" {NONSENSE} ", "-"


@dataclass(frozen=True)
class Phrase:
    """What a phrase looks for: ``weight`` in thousandths, less than 0 if it is common, and matches,
    each with its stems and its weight. ``may_lead_nowhere`` keeps it though no offer answers it."""

    said: str
    weight: int
    matches: tuple
    may_lead_nowhere: bool = False


def read_phrases():
    """Return every ``Phrase`` of the vocabulary of now; takes seconds."""
    read, held = {}, memory.current()
    for word in held.words:
        _read(read, word, word)
    for phrase in _phrases(held):
        said = key_of(phrase).split()
        _read(read, APART.join(said), " ".join(said), may_lead_nowhere=True)
        if len(said) > 1:
            _read(read, " ".join(said), SIDE_BY_SIDE.join(said))
        elif parts := _parts(phrase, held):
            _read(read, " ".join(parts), SIDE_BY_SIDE.join(parts))
    return list(read.values())


def _read(read, phrase, said, *, may_lead_nowhere=False):
    """Read a phrase as the search does, unless something is known by what is said already."""
    if not said or said in read:
        return
    concepts = [one for one in concepts_in(phrase) if NONSENSE not in one.words]
    if len(concepts) != 1:
        return
    [concept] = concepts
    matches = tuple(
        ((match.stem, *match.all_of), round(match.weight * THOUSANDTHS))
        for match in concept.matches
    )
    if matches or may_lead_nowhere:
        weight = round(concept.weight * THOUSANDTHS) * (-1 if concept.is_common else 1)
        read[said] = Phrase(said, weight, matches, may_lead_nowhere)


@dataclass
class Words:
    """``phrases`` lead to places in ``concepts``; a stem is its place in ``postings``.

    Where only words side by side are a phrase, or mean more, a hyphen stands between them.
    """

    phrases: dict = field(default_factory=dict)
    concepts: list = field(default_factory=list)
    postings: list = field(default_factory=list)
    number_of: dict = field(default_factory=dict)

    @classmethod
    def of(cls, keys, phrases):
        """Write down what phrases look for in offers, given their keys in the order of their
        numbers."""
        made, known = cls(), {}
        made._read_postings({key: number for number, key in enumerate(keys)})
        for phrase in phrases:
            made._add(phrase, known)
        return made

    def _read_postings(self, place_of):
        rows = SearchPosting.objects.filter(offer__in=place_of).order_by("stem", "-impact")
        for stem, offer, impact in rows.values_list("stem", "offer", "impact"):
            number = self.number_of.setdefault(stem, len(self.postings))
            if number == len(self.postings):
                self.postings.append([])
            self.postings[number] += [place_of[offer], impact]

    def _add(self, phrase, known):
        written = self._written(phrase)
        if len(written) > 1 or phrase.may_lead_nowhere:
            number = known.setdefault(repr(written), len(self.concepts))
            is_so_anyway = self.phrases.get(phrase.said.replace(SIDE_BY_SIDE, " ")) == number
            if number == len(self.concepts):
                self.concepts.append(written)
            if not is_so_anyway:
                self.phrases[phrase.said] = number

    def _written(self, phrase):
        """Return the weight of a phrase and those of its matches that lead to offers."""
        matches = [
            [self.number_of[stem] for stem in stems] + [weight]
            for stems, weight in phrase.matches
            if self.number_of.keys() >= set(stems)
        ]
        return [phrase.weight, *matches]


def key_of(phrase):
    """Return the words of a phrase by which a device finds it: folded, without stop words."""
    folded = [word.folded for word in words(phrase)]
    return " ".join(word for word in folded if word not in STOP_WORDS[GERMAN])


def _phrases(held):
    """Yield German phrases, but those that would be something else without their fillers.

    "Nach der Grundschule" is not the Grundschule.
    """
    said = (one for one in held.phrases.phrases if one.language == GERMAN)
    strict = {one.text for one in said if one.is_strict and one.quality == 1}
    for synonym in held.synonyms:
        if synonym.language == GERMAN and len(synonym.phrase.split()) <= MOST_WORDS:
            yield from {synonym.phrase} - strict
        yield from {synonym.term} - strict


def _parts(phrase, held):
    """Return the words of a compound as people write them apart: "Kinder Trauer"."""
    folded = [word.folded for word in words(phrase)]
    return held.compounds.split(folded[0]) if len(folded) == 1 else []
