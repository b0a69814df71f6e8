"""What a query means: what to look for, and which of its words are filters.

``understand`` never raises and never asks the database; it reads a query against a
``Vocabulary``.
"""

import unicodedata
from dataclasses import replace

from offers.search.words.folding import fold, words
from offers.search.words.names import named
from offers.search.words.stop_words import OF_SENTENCES
from offers.search.words.tokens import tokens_of

from . import memory
from .concepts import concepts_of, concepts_of_needs, literal_concepts, surely_answered
from .crisis import FEW_WORDS, help_for
from .dividing import divided
from .spoken_conditions import says_only_who_cannot_hear
from .understood import NO_HELP, Concept, Match, Reading, Reason, Understanding

__all__ = ["Concept", "Match", "Reading", "Reason", "Understanding", "understand"]

LONGEST_QUERY = 200
CHILDREN = frozenset({"madchen", "junge", "jungen", "jungs", "bub", "sohn", "tochter"})
SHORTEST_SENTENCE, SURELY_A_SENTENCE = 5, 8  # words
PLACES = frozenset({"", "bezirk", "plz"})  # a place of no name is near, or the whole city
# Who asks for anything there is, with no other word than these.
_ASKED_AT_ALL = """
    was wo etwas irgendwas gibt gibts es ist kann ich man machen angebot angebote suche zeig
    zeige mir uns für what where is there something anything show me ne var bir şey nerede
    що де щось є что где есть что-то co gdzie jest coś ce unde este ceva какво къде има нещо
    ماذا ما اين يوجد شيء چه کجا است چیزی çi li ku heye
"""
ASKED_AT_ALL = frozenset(word.folded for word in words(_ASKED_AT_ALL))


def understand(text, *, literal=False, vocabulary=None):
    """Return what a query means.

    ``literal`` takes it at its word: no correction, no reading, no synonyms. Whom to call in
    need it tells all the same.
    """
    vocabulary = memory.current() if vocabulary is None else vocabulary
    text = unicodedata.normalize("NFC", text[:LONGEST_QUERY]).replace("\x00", " ")
    tokens = tokens_of(text)
    if literal:
        help_ = help_for(text, tokens, tokens, vocabulary)
        return Understanding(text, literal_concepts(tokens, vocabulary), help=help_)
    tokens = vocabulary.reader.read(tokens)
    is_told = _is_sentence(tokens)
    spoken, phrases = divided(text, tokens, vocabulary, is_told=is_told)
    help_ = NO_HELP
    is_only_where = not phrases and _says_only_where(tokens, spoken)
    if not is_only_where and not says_only_who_cannot_hear(tokens):
        help_ = help_for(text, tokens_of(text), tokens, vocabulary)
    if help_.is_crisis and len(tokens) > FEW_WORDS:  # what does not help in need is in the way
        return Understanding(text, concepts_of_needs(help_.needs, vocabulary), help=help_)
    concepts = concepts_of(tokens, spoken, phrases, vocabulary)
    if help_.is_crisis:
        concepts = surely_answered(concepts)
    elif _names_only_a_child(concepts, spoken):
        concepts = ()
    return Understanding(
        text,
        concepts,
        tuple(_reading(text, tokens, one) for one in spoken if one.name),
        _corrected(text, _that_lead(tokens, [*spoken, *phrases])),
        _written(text, tokens),
        help_,
        *named(tokens, spoken, vocabulary),
        asks_for_all=bool(tokens) and not concepts,
        is_sentence=is_told,
    )


def _says_only_where(tokens, spoken):
    """Whether a query says nothing but near whom or where: "etwas in meiner Nähe 44649".

    Such words alone sound like distress to whoever listens for what is left unsaid.
    """
    said = {at for one in spoken if one.name in PLACES for at in one.positions}
    others = {token.meant for at, token in enumerate(tokens) if at not in said}
    return bool(said) and others <= ASKED_AT_ALL


def _names_only_a_child(concepts, spoken):
    """Whether nothing is looked for but what is there for a child of an age: "Mädchen 13 Jahre"."""
    said = {fold(word) for one in concepts for word in one.words}
    tells_ages = any(one.name == "alter" or one.is_of_no_filter for one in spoken)
    return tells_ages and said <= CHILDREN


def concepts_in(text):
    """Return what a text looks for, for whoever writes down answers beforehand.

    Nobody says it, so nobody is in need; a text that is read as a filter looks for nothing.
    """
    vocabulary = memory.held()
    tokens = vocabulary.reader.read(tokens_of(text))
    spoken, phrases = divided(text, tokens, vocabulary)
    return concepts_of(tokens, spoken, phrases, vocabulary)


def _is_sentence(tokens):
    """Whether somebody told of himself or asked, and did not only name what he looks for."""
    said = {token.word.folded for token in tokens}
    speaks = len(tokens) >= SHORTEST_SENTENCE and not OF_SENTENCES.isdisjoint(said)
    return speaks or len(tokens) >= SURELY_A_SENTENCE


def _reading(text, tokens, spoken):
    start = tokens[spoken.positions[0]].word.start
    end = tokens[spoken.positions[-1]].word.end
    return Reading(text[start:end], spoken.name, spoken.value, start, end)


def _written(text, tokens):
    """Return the query as it would be written: corrected, its words as one or apart as they are.

    Who types "tagderoffenentür" or "sprech stunde" is heard as whoever types it right.
    """
    if len(tokens) > len(tokens_of(text)):
        return " ".join(token.display or token.word.text for token in tokens)
    as_one = [replace(one, display=_as_one(one)) for one in tokens]
    return _corrected(text, as_one) or text


def _as_one(token):
    """Return how a token is written that was typed as several words, or wrongly."""
    as_one = token.word.text.replace(" ", "")
    is_torn = as_one != token.word.text and fold(as_one) == token.meant
    return token.display or (as_one if is_torn else None)


def _corrected(text, tokens):
    """Return the query with some words as they were meant, ``None`` if they were written so."""
    parts, at = [], 0
    for token in tokens:
        if token.is_corrected:
            parts += [text[at : token.word.start], token.display]
            at = token.word.end
    return "".join([*parts, text[at:]]) if parts else None


def _that_lead(tokens, found):
    """Return the words that are in an offer or in something ``found``.

    To correct others helps nobody.
    """
    leading = {at for one in found for at in one.positions}
    return [
        token
        for number, token in enumerate(tokens)
        if token.is_known or token.parts or number in leading
    ]
