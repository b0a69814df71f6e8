"""Who is in need, and which numbers that calls for.

Two ears listen: signs, phrases that betray a need, which editors keep; and a classifier that
learned from examples (``distress``). Either alone is heard from a higher bar than both together.
Without the classifier the signs decide alone.

Two strengths: ``is_crisis`` puts the numbers above everything; otherwise help is offered above
the results. To show one too many harms less than to miss one, so a sign is found with more
between its words than other phrases, in any order, and with errors.
"""

from offers.search.distress.classifier import hear
from offers.search.distress.speaking import is_grown_up, speaks_young
from offers.search.words.phrases import GERMAN
from offers.search.words.stop_words import STOP_WORDS

from .understood import Help
from .vocabulary import Need

MOST_BETWEEN = 8
SURE_ENOUGH = 0.65  # below, a sign is too vague
# How much a text has to sound like distress, with a sign of a crisis and without one; by
# cross-validation and the calls for help of ``tests/offers/search/distress_*.csv``.
URGENT, OFFERED = 0.7, 0.15
URGENT_WITH_SIGN, OFFERED_WITH_SIGN = 0.3, 0.06
FEWEST_WORDS = 4  # fewer, and no sign among them, say too little to be heard
PRIVATE = 0.3  # from here on what was typed goes from the address, too
MOST_OF_IT = 0.5  # a sign that is half of what was typed needs no second ear
URGENT_BESIDE_A_WORRY = 0.9  # a sign of a worry that is no crisis, and no other
# Share of the needs in which minutes count, among all that were heard.
LIFE_AT_RISK, LIFE_AT_RISK_WITH_SIGN, LIFE_AT_RISK_BESIDE_A_SURE_SIGN = 0.35, 0.2, 0.5
ALSO_HEARD = 0.25  # share of a further need, likewise
YOUNG = 0.6
CAN_WAIT = {"schwanger-in-not"}  # without a sign of it: a day matters, not an hour
SAID_ALIKE = {"suizidgedanken", "schwanger-in-not"}  # the young and the grown say it in one way
WITHOUT_A_VOICE = "notfall-ohne-hoeren"  # the need of those who cannot hear or speak


def help_for(text, typed, tokens, vocabulary):
    """Return the ``Help`` that a text calls for.

    Where somebody may die in the next minutes the emergency number comes first, whatever else
    is said. Whoever speaks as a child or a young person finds their own lines before others.

    Signs are looked for among the words as ``typed``, with whatever word of a sign is near,
    and, as ``tokens``, as they are meant.
    """
    signs = _signs(typed, tokens, vocabulary)
    says_enough = sum(len(token.word.folded) > 1 for token in typed) >= FEWEST_WORDS
    heard = hear(text) if signs or says_enough else None
    sure = [need for need, share in signs.items() if share >= MOST_OF_IT]
    is_crisis = is_private = any(need.is_crisis for need in signs)
    needs = list(signs)
    if heard is not None:
        if not any(need.is_crisis and signs[need] > MOST_OF_IT for need in sure):
            is_crisis, is_private = _strength(heard, signs, sure)
        others = list(signs) if heard.distress >= OFFERED_WITH_SIGN else []
        likely = _needs(heard, vocabulary) if is_private else []
        needs = list(dict.fromkeys([*sure, *likely, *others]))
    needs.sort(key=lambda need: not need.is_crisis)
    is_crisis = is_crisis and any(need.is_crisis for need in needs)
    is_young = is_private and _is_young(typed, heard, needs)
    return Help(
        _in_order(needs, sure, heard, is_young, vocabulary),
        is_crisis,
        is_private and (is_crisis or heard is None or heard.distress >= PRIVATE),
        any(need.slug == WITHOUT_A_VOICE for need in needs),
        tuple(need.name for need in needs),
    )


def _strength(heard, signs, sure):
    """Return whether what was heard is urgent, and whether it is distress at all."""
    if any(need.is_crisis for need in signs):
        urgent, offered = URGENT_WITH_SIGN, OFFERED_WITH_SIGN
    else:
        urgent, offered = (URGENT_BESIDE_A_WORRY if signs else URGENT), OFFERED
    if heard.by_share[0] in CAN_WAIT and not any(need.is_crisis for need in signs):
        return False, heard.distress >= offered
    is_worry = bool(sure) and not any(need.is_crisis for need in sure)
    return heard.distress >= urgent and not is_worry, heard.distress >= offered


def _signs(typed, tokens, vocabulary):
    """Return the needs that signs betray, each with how much of what was typed is its sign."""
    for token in typed:
        token.is_known = token.meant in vocabulary.words or token.meant in STOP_WORDS[GERMAN]
        token.is_known |= token.meant in vocabulary.phrases.words  # "läuft" is no error of "Luft"
        if not token.is_known:
            meant = vocabulary.spelling_of_signs.meant(token.meant, most_errors=1)
            token.others = tuple(one.folded for one in meant)
    signs = {}
    for row in (typed, tokens):
        matter = {at for at, token in enumerate(row) if token.meant not in STOP_WORDS[GERMAN]}
        for one in vocabulary.danger_signs.found_in(row, MOST_BETWEEN):
            if one.quality >= SURE_ENOUGH:
                need, share = (
                    one.phrase.means,
                    len(one.positions) / len(matter.union(one.positions)),
                )
                signs[need] = max(share, signs.get(need, 0))
    return signs


def _needs(heard, vocabulary):
    """Return the needs that were heard, the likeliest first, and others nearly as likely."""
    known = [slug for slug in heard.by_share if slug in vocabulary.needs_by_slug]
    enough = ALSO_HEARD * heard.distress
    chosen = known[:1] + [slug for slug in known[1:] if heard.needs[slug] >= enough]
    return [vocabulary.needs_by_slug[slug] for slug in chosen]


def _is_young(typed, heard, needs):
    if speaks_young(typed):
        return True
    if heard is None or is_grown_up(typed) or (needs and needs[0].slug in SAID_ALIKE):
        return False
    return heard.young >= YOUNG


def _in_order(needs, sure, heard, is_young, vocabulary):
    """Return the slugs of the lines of needs: of matters of minutes, of the young, the rest."""
    first = _matters_of_minutes(needs, sure, heard, vocabulary)
    own = [Need(vocabulary.childrens_lines, True)] if is_young else []
    slugs = (slug for need in [*first, *own, *needs] for slug in need.helplines)
    return tuple(dict.fromkeys(slugs))


def _matters_of_minutes(needs, sure, heard, vocabulary):
    """Return the needs in which somebody may die in the next minutes, if that is likely enough."""
    signs = [need for need in needs if need.is_life_at_risk]
    of_sure = [need for need in sure if need.is_life_at_risk]
    if of_sure or heard is None or not heard.distress or not needs:
        return of_sure or signs
    likely = [
        vocabulary.needs_by_slug[slug]
        for slug in heard.by_share
        if slug in vocabulary.needs_by_slug and vocabulary.needs_by_slug[slug].is_life_at_risk
    ]
    bar = LIFE_AT_RISK_WITH_SIGN if signs else LIFE_AT_RISK
    if any(need.is_crisis for need in sure):
        bar = LIFE_AT_RISK_BESIDE_A_SURE_SIGN
    share = sum(heard.needs[need.slug] for need in likely) / heard.distress
    return likely[:1] if share >= bar else []
