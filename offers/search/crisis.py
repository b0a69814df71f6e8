"""The help lines that a query calls for.

To show one too many harms less than to miss one, so a sign is found with more between its
words than other phrases, in any order, and with errors.
"""

from .phrases import GERMAN
from .speaking import speaks_young
from .stop_words import STOP_WORDS

MOST_BETWEEN = 8
SURE_ENOUGH = 0.65  # below, a sign is too vague


def helplines_for(typed, tokens, vocabulary):
    """Return the slugs of the help lines to show, first one first, and if it is a crisis.

    Where somebody may die in the next minutes the emergency number comes first, whatever else
    is said. Whoever speaks as a child or a young person finds their own lines before others.

    Signs are looked for among the words as ``typed``, with whatever word of a sign is near,
    and, as ``tokens``, as they are meant.
    """
    for token in typed:
        token.is_known = token.meant in vocabulary.words or token.meant in STOP_WORDS[GERMAN]
        token.is_known |= token.meant in vocabulary.phrases.words  # "läuft" is no error of "Luft"
        if not token.is_known:
            meant = vocabulary.spelling_of_signs.meant(token.meant, most_errors=1)
            token.others = tuple(one.folded for one in meant)
    found = [
        one
        for row in (typed, tokens)
        for one in vocabulary.danger_signs.found_in(row, MOST_BETWEEN)
    ]
    signs = [one.phrase.means for one in found if one.quality >= SURE_ENOUGH]
    is_crisis = any(sign.is_crisis for sign in signs)
    signs.sort(key=lambda sign: (not sign.is_life_at_risk, not sign.is_crisis))
    at_risk = [slug for sign in signs if sign.is_life_at_risk for slug in sign.helplines]
    own = vocabulary.childrens_lines if is_crisis and speaks_young(typed) else ()
    slugs = dict.fromkeys([*at_risk, *own, *(slug for sign in signs for slug in sign.helplines)])
    return tuple(slugs), is_crisis
