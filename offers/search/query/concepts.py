"""What a query looks for: its words and phrases, and what answers each."""

from dataclasses import replace

from offers.search.words.folding import fold
from offers.search.words.inflection import NOT, SAME
from offers.search.words.meanings import RELATED, SYMPTOM, TERM, TRANSLATION, WAY_OUT, Meaning
from offers.search.words.stop_words import ANY_LANGUAGE, COMMON_WORDS, FAINT_WORDS, STOP_WORDS
from offers.search.words.tokens import Foreign

from .understood import Concept, Match, Reason

MOST_CONCEPTS = 16
MOST_MATCHES = 40
OTHER_TYPO = 0.6
FAINT, FOREIGN, NUMBER = 0.25, 0.3, 0.3
# What is asked for besides, and what only a part of a word answers, counts less.
WITH, BESIDES = frozenset({"mit", "with"}), 0.6
SURE_ENOUGH, VAGUE = 0.5, 0.5
SHORTEST_FOREIGN = 3  # letters of a filler of another language that may be a word of offers
WEAKEST_MATCH = 0.12
HELPS = 0.7  # how well at least something answers to be shown below the numbers of a crisis
KINDS_OF_REASON = {SYMPTOM: "hidden", WAY_OUT: "hidden", TRANSLATION: TRANSLATION, RELATED: RELATED}
# Whoever asks only this asks for all there is.
ASKS_FOR_ALL = frozenset({"angebot", "angebote", "machen", "mache", "unternehmen", "suche"})


def literal_concepts(tokens, vocabulary):
    """Return the words as they are typed, without any other word that means the same."""
    answers = vocabulary.answers
    content = [token for token in tokens if token.meant not in ANY_LANGUAGE] or tokens
    return tuple(
        Concept((token.word.text,), (Match(answers.stem_of(token.meant), 1.0),))
        for token in content[:MOST_CONCEPTS]
    )


def concepts_of(tokens, spoken, phrases, vocabulary):
    """Return what is looked for, in the order of the words."""
    by_position = {}
    for phrase in phrases:
        by_position.setdefault(phrase.positions, []).append(phrase)
    in_phrases = {at for positions in by_position for at in positions}
    filtered = {at for one in spoken if not one.is_sought for at in one.positions}
    concepts = [
        (positions, _of_phrases(tokens, positions, found, vocabulary))
        for positions, found in by_position.items()
    ]
    for at, token in enumerate(tokens):
        if at in in_phrases or at in filtered or _says_nothing(token):
            continue
        besides = at > 0 and tokens[at - 1].meant in WITH and bool(concepts)
        concepts.append(((at,), _of_token(token, vocabulary, BESIDES if besides else 1.0)))
    concepts.sort(key=lambda pair: pair[0])
    if not concepts and not spoken and not any(one.meant in ASKS_FOR_ALL for one in tokens):
        return tuple(Concept((token.word.text,), ()) for token in tokens[:MOST_CONCEPTS])
    return tuple(concept for _positions, concept in concepts[:MOST_CONCEPTS])


def concepts_of_needs(names, vocabulary):
    """Return what helps in needs besides their help lines: what search words say of their names."""
    names = {name.casefold() for name in names}
    found = {}
    for synonym in vocabulary.synonyms:
        if synonym.phrase.casefold() in names:
            meaning = Meaning(synonym.term, WAY_OUT)
            of_phrase = vocabulary.answers.of_phrase
            meant = vocabulary.meanings.answers(
                meaning, synonym.phrase, of_phrase, is_written=False
            )
            _add(found, meant, 1.0)
    return surely_answered([Concept(tuple(sorted(names)), _matches(found))])


def surely_answered(concepts):
    """Return concepts without what answers them from afar: in need that is in the way."""
    return tuple(
        replace(one, matches=tuple(match for match in one.matches if match.weight >= HELPS))
        for one in concepts
    )


def _says_nothing(token):
    folded = token.meant
    if folded in STOP_WORDS["de"] or SAME.get(folded) == NOT:
        return True
    return folded in ANY_LANGUAGE and (not token.is_known or len(folded) < SHORTEST_FOREIGN)


def _of_token(token, vocabulary, importance):
    """Return the concept of one word: as it stands in offers, in compounds, or corrected."""
    answers = vocabulary.answers
    found = {}
    _add(found, answers.of_word(token.meant, in_parts=token.foreign is not Foreign.ONLY), 1.0)
    for other in token.others:
        _add(found, answers.of_word(other), OTHER_TYPO)
    reason = None
    if token.is_corrected:
        reason = Reason("typo", token.word.text, token.display)
    elif token.parts and found:
        reason = Reason("compound", token.word.text, " ".join(token.parts))
    importance *= VAGUE if found and max(found.values()) < SURE_ENOUGH else 1.0
    weight = round(_weight(token) * importance, 3)
    is_common = token.meant in COMMON_WORDS or weight <= NUMBER
    return Concept((token.word.text,), _matches(found), weight, reason, is_common)


def _weight(token):
    if token.meant.isdigit():
        return NUMBER
    if token.meant in ANY_LANGUAGE:
        return FOREIGN
    return FAINT if token.meant in FAINT_WORDS else 1.0


def _of_phrases(tokens, positions, phrases, vocabulary):
    """Return the concept of the phrases that stand at some words."""
    answers = vocabulary.answers
    there = [tokens[at] for at in positions]
    found = {}
    is_written = len(there) == 1 and there[0].is_known
    for phrase in phrases:
        meant = vocabulary.meanings.answers(
            phrase.phrase.means, phrase.phrase.text, answers.of_phrase, is_written=is_written
        )
        _add(found, meant, phrase.quality)
    if len(there) == 1:
        _add(found, answers.of_word(there[0].meant), 1.0)
    elif not all(_says_nothing(token) for token in there):
        stems = answers.rarest_first(answers.stem_of(token.meant) for token in there)
        _add(found, {stems: 1.0, **answers.of_joined(there[0].meant, there[-1].meant)}, 1.0)
    said = tuple(token.word.text for token in there)
    weight = 1.0
    if len(there) == 1 and there[0].meant not in ANY_LANGUAGE:
        weight = _weight(there[0])
    if FAINT_WORDS.issuperset(fold(phrase.phrase.means.term) for phrase in phrases):
        weight = FAINT
    is_common = COMMON_WORDS.issuperset(token.meant for token in there)
    return Concept(said, _matches(found), weight, _reason(said, there, phrases), is_common)


def _reason(said, there, phrases):
    """Return why the words of a phrase are answered by others."""
    meanings = [one.phrase.means for one in phrases]
    meaning = min(meanings, key=lambda one: (one.kind == RELATED, len(one.term)))
    is_written = len(there) == 1 and there[0].is_known
    is_written |= any(one.phrase.means.kind == TERM for one in phrases)
    if is_written or fold(meaning.term) == fold(" ".join(said)):
        corrected = [token.display for token in there if token.is_corrected]
        return Reason("typo", " ".join(said), " ".join(corrected)) if corrected else None
    return Reason(KINDS_OF_REASON.get(meaning.kind, "synonym"), " ".join(said), meaning.term)


def _add(found, answers, factor):
    for stems, weight in answers.items():
        found[stems] = max(found.get(stems, 0), weight * factor)


def _matches(found):
    best = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_MATCHES]
    return tuple(
        Match(stems[0], round(weight, 3), stems[1:])
        for stems, weight in best
        if weight >= WEAKEST_MATCH
    )
