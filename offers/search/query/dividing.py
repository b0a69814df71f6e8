"""Which words of a query are filters, and which phrases the others are.

A phrase of several words takes its words away from a filter, unless that is certain:
"kostenlos essen" asks for the food bank, "2. Klasse" is an age whatever else it is.
"""

from dataclasses import replace

from offers.models.offer.delicate import DELICATE
from offers.search.words.folding import fold
from offers.search.words.stop_words import ANY_LANGUAGE, FAINT_WORDS, STOP_WORDS
from offers.search.words.tokens import Line, tokens_of

from .spoken_ages import ages_in
from .spoken_conditions import conditions_in
from .spoken_times import hours_in

AGES = frozenset({"alter", "phase"})
SURELY_SAID = 0.85  # what a part of a compound says, or a word that may be another, is not sure
NEW_HERE = "neu hier"  # what editors know it by; "neu in Herne" says a place instead of "hier"
_NEW = """
    neu new newcomer yeniyim yeniyiz yeni новий нові нова новые новый новая новенькі nowy nowa nowi
    nou nouă noi nov нов нова нови جديد جديدة جدد جدید nû zugezogen hergezogen hingezogen
"""
NEW = frozenset(map(fold, _NEW.split()))
_OF_NEWCOMERS = "gezogen umgezogen angekommen geldik taşındık moved familie aile family сімя семья"
OF_NEWCOMERS = ANY_LANGUAGE | FAINT_WORDS | {fold(word) for word in _OF_NEWCOMERS.split()} | NEW
EXACT_IS_BETTER = 0.04  # than what is only inflected alike: "çocuk parası", "çocuk parkı"


def divided(text, tokens, vocabulary, *, is_told=False):
    """Return what is ``Spoken`` of filters, in the order of words, and the ``Found`` phrases.

    ``is_told`` where somebody tells of himself and does not only name what he looks for.
    """
    places = vocabulary.place_names.spoken_in(tokens)
    taken = _positions(places)
    line = Line(text, tokens)
    hours = [one for one in hours_in(line) if not taken.intersection(one.positions)]
    taken |= _positions(hours)  # "ab 18:30 Uhr" is no age
    ages = ages_in(line, is_told=is_told)
    ages = [one for one in ages if not taken.intersection(one.positions)]
    taken |= _positions(ages)
    found = vocabulary.phrases.found_in(tokens)
    conditions = [
        one
        for one in conditions_in(tokens, vocabulary.phases)
        if not taken.intersection(one.positions)
    ]
    found = [one for one in found if not _is_filler(one, tokens) and not _is_doubtful(one, tokens)]
    phrases = _chosen(found, _positions(places), taken)
    longer = {at for one in phrases if len(one.positions) > 1 for at in one.positions}
    conditions = [
        one for one in conditions if one.is_certain or not longer.intersection(one.positions)
    ]
    filtered = _positions(one for one in conditions if not one.is_sought)
    phrases = [one for one in phrases if not filtered.issuperset(one.positions)]
    phrases = phrases or _new_here(tokens, places, vocabulary)
    spoken = sorted([*places, *ages, *hours, *conditions], key=lambda one: one.positions)
    return _settled(spoken), phrases


def _new_here(tokens, places, vocabulary):
    """Return what "new here" means where a query says only that somebody is new in a place."""
    there = _positions(places)
    others = [at for at in range(len(tokens)) if at not in there]
    said = {tokens[at].meant for at in others}
    if not there or NEW.isdisjoint(said) or not said <= OF_NEWCOMERS:
        return []
    found = vocabulary.phrases.found_in(tokens_of(NEW_HERE))
    return [replace(one, positions=tuple(others)) for one in found if len(one.positions) > 1]


def _settled(spoken):
    """Return what is spoken of with one age at most: that of the child, unless it is to come.

    What is not the age that counts stays as words without a filter: a baby of 18 months, the
    age of who is pregnant, a second child.
    """
    told = [one for one in spoken if one.name in AGES]
    by_rank = sorted(told, key=lambda one: (not one.is_to_come, one.name != "alter"))
    return [replace(one, name="") if one in by_rank[1:] else one for one in spoken]


def _positions(spoken):
    return {at for one in spoken for at in one.positions}


def _is_filler(found, tokens):
    """Whether a word is no abbreviation but a filler, as its neighbours are: "I am … but …"."""
    word = tokens[found.positions[0]].meant
    if len(found.positions) > 1 or word not in ANY_LANGUAGE:
        return False
    beside = {token.meant for token in tokens} - {word} - STOP_WORDS["de"]
    return any(word in fillers and beside & fillers for fillers in STOP_WORDS.values())


def _is_doubtful(found, tokens):
    """Whether words would mean what nobody may be told by mistake, and do not say it surely.

    A child without a place is no child that nobody wants: all words have to stand together, and
    each as it is.
    """
    if not DELICATE.search(fold(found.phrase.means.term)):
        return False
    span = range(found.positions[0], found.positions[-1] + 1)
    between = {tokens[at].meant for at in span if at not in found.positions}
    return found.quality < SURELY_SAID or not between <= ANY_LANGUAGE


def _chosen(found, places, certain):
    """Return the phrases that do not share words, the longest first.

    Phrases at the very same words stay together: "акушерка" is one in three languages, and
    "Autismus" leads to two terms. So do those of several words that share one: in "kind wird
    geschlagen melden" stand "Kind geschlagen" and "Kind melden".
    """
    chosen, taken, merged = [], {}, {}
    for phrase in found:
        if places.intersection(phrase.positions) or certain.issuperset(phrase.positions):
            continue
        one = replace(phrase, positions=merged.get(phrase.positions, phrase.positions))
        owners = {taken.get(at) for at in one.positions}
        if owners == {one.positions} and not _is_as_sure(one, chosen):
            continue
        if shared := _shared(one, owners):
            together = tuple(sorted({*shared, *one.positions}))
            merged |= dict.fromkeys([one.positions, shared], together)
            chosen = [_moved(other, shared, together) for other in chosen]
            one = replace(one, positions=together)
        elif owners not in ({None}, {one.positions}):
            continue
        taken.update(dict.fromkeys(one.positions, one.positions))
        chosen.append(one)
    return chosen


def _shared(one, owners):
    """Return where the one other phrase stands of whose words a phrase shares some, not all."""
    others = [positions for positions in owners if positions not in (None, one.positions)]
    several = [positions for positions in [one.positions, *others] if len(positions) > 1]
    return others[0] if len(others) == 1 and len(several) > 1 and None in owners else None


def _moved(one, before, after):
    return replace(one, positions=after) if one.positions == before else one


def _is_as_sure(one, chosen):
    best = max(other.quality for other in chosen if other.positions == one.positions)
    return one.quality >= best - EXACT_IS_BETTER
