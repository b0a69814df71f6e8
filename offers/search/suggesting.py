"""What a reader may mean while typing: few offers, topics, institutions and phases."""

from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from .index.retrieving import candidates
from .query import memory
from .query.understanding import Concept, Match, understand
from .words.folding import words
from .words.stop_words import COMMON_WORDS

MOST_OFFERS, MOST_NAMES = 5, 3
SHORTEST = 2  # letters, before anything is suggested
BEGUN = 0.9  # what a word is worth that the last one may become
MOST_ENDINGS = 12
INSIDE_WORDS = 5  # letters, from which on a part inside a word counts
NEAR = 80  # of 100, how alike two words are of which one may be meant by the other
MOST_NEAR_TOPICS, MOST_NEAR_WORDS = 4, 3


@dataclass(frozen=True)
class Suggestions:
    """What to offer for a text: offers and institutions by key, topics and phases by slug."""

    offers: list
    topics: list
    institutions: list
    phases: list
    is_crisis: bool = False


def suggestions(text):
    """Return the few things that a text, typed so far, may mean; never raises."""
    typed = words(text)
    if sum(len(word.folded) for word in typed) < SHORTEST:
        return Suggestions([], [], [], [])
    vocabulary = memory.current()
    understanding = understand(text, vocabulary=vocabulary)
    parts = tuple(word.folded for word in typed)
    return Suggestions(
        offers=_offers(understanding, typed[-1], vocabulary),
        topics=_first([*understanding.topics, *_named(vocabulary.topics, parts)]),
        institutions=_first([*understanding.institutions, *_named(vocabulary.institutions, parts)]),
        phases=_first([*understanding.phases, *_named(vocabulary.phases, parts)]),
        is_crisis=understanding.is_crisis,
    )


def nearest_topics(text, topics):
    """Return the topics whose words are most like those typed; all of them if none is."""
    typed = [word.folded for word in words(text) if len(word.folded) >= INSIDE_WORDS]
    likeness = {topic: _likeness(typed, topic) for topic in topics}
    near = sorted(
        (topic for topic in topics if likeness[topic] >= NEAR), key=lambda one: -likeness[one]
    )
    return near[:MOST_NEAR_TOPICS] or topics


def nearest_words(text):
    """Return the words of offers that sound most like those typed; nouns, they say most."""
    vocabulary = memory.held()
    unknown = [word.folded for word in words(text) if word.folded not in vocabulary.words]
    typed = [one for one in unknown if len(one) > INSIDE_WORDS and one not in COMMON_WORDS]
    near = [
        one
        for folded in typed
        for one in vocabulary.reader.corrector.nearest(folded, MOST_NEAR_WORDS)
    ]
    return [one for one in dict.fromkeys(near) if one[:1].isupper()][:MOST_NEAR_WORDS]


def _offers(understanding, last, vocabulary):
    """Return the keys of offers for what was understood, with the last word still to be ended.

    In the order of the index alone: a suggestion has to be there before the next letter.
    """
    concepts = understanding.concepts
    begun = _begun(last, vocabulary)
    if begun:
        before = [one for one in concepts if last.text not in one.words]
        ended = next((one for one in concepts if last.text in one.words), None)
        known = ended.matches if ended else ()
        concepts = (*before, Concept((last.text,), (*known, *begun)))
    return [one.offer for one in candidates(concepts, vocabulary.offer_count)[:MOST_OFFERS]]


def _begun(last, vocabulary):
    """Return matches for the words of the index that begin as the last word typed does."""
    start = bisect_left(vocabulary.in_order, last.folded)
    begun = []
    for folded in vocabulary.in_order[start:]:
        if not folded.startswith(last.folded):
            break
        begun.append(vocabulary.words[folded])
    begun.sort(key=lambda word: (-word.document_count, word.folded))
    stems = dict.fromkeys(word.stem for word in begun[:MOST_ENDINGS])
    return tuple(Match(stem, BEGUN) for stem in stems)


def _named(things, parts):
    """Return the keys of things in whose name every part begins a word, best fit first."""
    found = []
    for thing in things:
        names = _folded_words(thing.name)
        if all(any(_fits(part, name) for name in names) for part in parts):
            begins = bool(names) and names[0].startswith(parts[0])
            found.append((not begins, len(thing.name), getattr(thing, "key", None) or thing.slug))
    return [key for _begins, _length, key in sorted(found, key=lambda one: one[:2])]


def _fits(part, name):
    return name.startswith(part) or (len(part) >= INSIDE_WORDS and part in name)


def _first(keys):
    return list(dict.fromkeys(keys))[:MOST_NAMES]


@lru_cache(maxsize=20_000)
def _folded_words(name):
    return tuple(word.folded for word in words(name))


def _likeness(typed, topic):
    names = _folded_words(" ".join([topic.name, *topic.examples]))
    return max((_alike(one, name) for one in typed for name in names), default=0)


def _alike(one, other):
    """Return how alike two words are, of 100; a long word inside another is all alike."""
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) >= INSIDE_WORDS and shorter in longer:
        return 100
    return fuzz.ratio(one, other)
