"""Who is in need, and which numbers that calls for.

Two ears listen: signs, phrases that betray a need, which editors keep; and a classifier that
learned from examples (``distress``). How much the classifier has to hear depends on what the
signs say: ``RULES``. Without the classifier the signs decide alone.

Two strengths: ``is_crisis`` puts the numbers above everything; otherwise help is offered above
the results. To show one too many harms less than to miss one, so a sign is found with more
between its words than other phrases, in any order, and with errors.
"""

from collections import Counter
from dataclasses import dataclass

from kekiz_portal.lib.german_words import is_german
from offers.search.distress.classifier import hear
from offers.search.distress.speaking import is_grown_up, speaks_young
from offers.search.words.phrases import GERMAN
from offers.search.words.stop_words import STOP_WORDS

from .understood import NO_HELP, Help


@dataclass(frozen=True, slots=True)
class Rule:
    """How much is asked of the classifier, as shares of 1.

    From ``urgent``, ``offered`` and ``private`` on, by how much a text sounds like distress at
    all: what is private goes from the address. 112 comes first from ``minutes`` on, the share of
    the needs in which somebody may die, among all needs. What was said in so many words is
    answered in any case.
    """

    urgent: float
    offered: float
    minutes: float
    private: float = 0.3


NEVER = 1.1
# Set by the labelled calls of ``tests/offers/search/distress_*.csv`` and by fresh ones.
RULES = {
    # A sign of a crisis is nearly all that was typed: it decides alone, also if added a minute ago.
    "crisis said": Rule(urgent=0, offered=0.04, minutes=0.5, private=0),
    # A sign of a crisis among other words: both ears together, so less is asked of each.
    "crisis hinted": Rule(urgent=0.2, offered=0.05, minutes=0.25),
    # A sign of a worry is most of what was typed: "baby schläft nicht" is no emergency, and what
    # the classifier thinks of beside it has to be likely.
    "worry said": Rule(urgent=NEVER, offered=0.4, minutes=0.35),
    # A sign of a worry among other words: offered unless the classifier hears nothing at all, and
    # urgent only where it has no doubt.
    "worry hinted": Rule(urgent=0.9, offered=0.02, minutes=0.35),
    # No sign: the classifier speaks alone, and idioms and letters sound like distress.
    "unsaid": Rule(urgent=0.8, offered=0.16, minutes=0.25),
    # The same told at length: idioms are short, and what is said sideways takes many words.
    "told at length": Rule(urgent=0.8, offered=0.15, minutes=0.25),
    # The same in two or three words, which say little and are mostly a name of what is sought.
    "unsaid in few words": Rule(urgent=0.9, offered=0.45, minutes=0.35),
}
# What the rules are about.
NEARLY_ALL, MOSTLY, HALF = 0.8, 0.6, 0.5  # of the words that matter
FEW_WORDS, MANY_WORDS = 3, 8
HEARD_AT_ALL = 0.04
# How signs are read.
MOST_BETWEEN = 8
SURE_ENOUGH = 0.65  # below, a sign is too vague
# What follows from being heard.
ALSO_HEARD = 0.25  # share of a further need whose numbers come along
PLACES = (1, 0.9, 0.6)  # how well the first, second and third number of a need help in it
HARDLY_LIKELY = 0.05  # share of matters of minutes below which half a sign of one is not believed
YOUNG = 0.9
SAID_ALIKE = {"suizidgedanken", "schwanger-in-not"}  # the young and the grown say it in one way
# Somebody has to go out and look for a child, and a doctor for who is ill, whoever asks for it.
SAME_FOR_THE_YOUNG = {"kind-vermisst", "krank-wenn-die-praxis-zu-ist"}
WITHOUT_A_VOICE = "notfall-ohne-hoeren"  # the need of those who cannot hear or speak
ONLY_HELP = "hilfe"  # a call and nothing else; "hilfe hausaufgaben" is none


def help_for(text, typed, tokens, vocabulary):
    """Return the ``Help`` that a text calls for.

    Where somebody may die in the next minutes the emergency number comes first, whatever else
    is said. Whoever speaks as a child or a young person finds their own lines before others.

    Signs are looked for among the words as ``typed``, with whatever word of a sign is near,
    and, as ``tokens``, as they are meant.
    """
    signs = _signs(typed, tokens, vocabulary)
    count = sum(len(token.word.folded) > 1 for token in typed)
    heard = hear(text) if signs or count > 1 else None
    if heard is None:
        return _by_signs_alone(signs, typed, vocabulary)
    rule = RULES[_rule_of(signs, heard, count)]
    is_heard = heard.distress >= rule.offered
    needs = _needs(signs, heard, vocabulary, is_heard=is_heard)
    if not needs:
        return NO_HELP
    is_crisis = heard.distress >= rule.urgent and any(need.is_crisis for need in needs)
    is_young = is_heard and _is_young(typed, heard, needs)
    first = _matters_of_minutes(signs, heard, rule, vocabulary)
    useful = _most_useful(heard, vocabulary) if is_heard and not _said(signs, heard) else []
    return Help(
        _in_order(first, needs, vocabulary, useful, is_young=is_young),
        is_crisis,
        is_private=is_crisis or heard.distress >= rule.private,
        is_young=is_young,
        **_what_it_is_about(needs),
    )


def _by_signs_alone(signs, typed, vocabulary):
    needs = sorted(signs, key=lambda need: not need.is_crisis)
    first = [need for need in needs if need.is_life_at_risk]
    is_crisis = any(need.is_crisis for need in needs)
    is_young = is_crisis and speaks_young(typed)
    return Help(
        _in_order(first, needs, vocabulary, is_young=is_young),
        is_crisis,
        is_private=is_crisis,
        is_young=is_young,
        **_what_it_is_about(needs),
    )


def _in_order(first, needs, vocabulary, useful=(), *, is_young):
    """Return the slugs of the lines: of matters of minutes, the young, what helps, the needs."""
    of_first, of_needs = (
        [slug for need in some for slug in need.helplines] for some in (first, needs)
    )
    own = vocabulary.childrens_lines if is_young else ()
    if needs and needs[0].slug in SAME_FOR_THE_YOUNG:
        useful, own = (), (*needs[0].helplines[:1], *own)
    return tuple(dict.fromkeys([*of_first, *own, *useful, *of_needs]))


def _most_useful(heard, vocabulary):
    """Return the line that helps most likely, whichever of the needs it is.

    A line that stands second in three likely needs does more good than one that is first in one.
    """
    use = Counter()
    for slug, share in heard.needs.items():
        if slug in vocabulary.needs_by_slug:
            lines = vocabulary.needs_by_slug[slug].helplines
            use.update({line: share * helps for line, helps in zip(lines, PLACES, strict=False)})
    for line in vocabulary.childrens_lines:
        use[line] *= heard.young
    return [line for line, _use in use.most_common(1)]


def _what_it_is_about(needs):
    return {
        "without_a_voice": any(need.slug == WITHOUT_A_VOICE for need in needs),
        "needs": tuple(need.name for need in needs),
    }


def _rule_of(signs, heard, count):
    """Return the name of the rule for what signs say, beside what was heard in so many words."""
    of_a_crisis = max((share for need, share in signs.items() if need.is_crisis), default=0)
    if of_a_crisis >= NEARLY_ALL:
        return "crisis said"
    if of_a_crisis:
        return "crisis hinted"
    if _said(signs, heard):
        return "worry said"
    return "worry hinted" if signs else _rule_without_a_sign(count)


def _rule_without_a_sign(count):
    if count >= MANY_WORDS:
        return "told at length"
    return "unsaid in few words" if count <= FEW_WORDS else "unsaid"


def _said(signs, heard):
    """Return the needs that are said in so many words.

    Of a worry less is asked, if anything of it is heard: "kind beißt in der kita" has most of a
    sign, too, and asks for no number.
    """
    of_a_worry = MOSTLY if heard.distress >= HEARD_AT_ALL else NEARLY_ALL
    return [
        need
        for need, share in signs.items()
        if share >= (NEARLY_ALL if need.is_crisis else of_a_worry)
    ]


def _signs(typed, tokens, vocabulary):
    """Return the needs that signs betray, each with how much of what was typed is its sign."""
    for token in typed:
        token.is_known = token.meant in vocabulary.words or token.meant in STOP_WORDS[GERMAN]
        token.is_known |= token.meant in vocabulary.phrases.words  # "läuft" is no error of "Luft"
        token.is_known |= is_german(token.word.text)  # nor "liegen" of "lieben"
        if not token.is_known:
            meant = vocabulary.spelling_of_signs.meant(token.meant, most_errors=1)
            token.others = tuple(one.folded for one in meant)
    signs = {}
    for row in (typed, tokens):
        for one in vocabulary.danger_signs.found_in(row, MOST_BETWEEN):
            if one.quality >= SURE_ENOUGH:
                need, share = one.phrase.means, _share_of(one, row)
                if need.slug == ONLY_HELP and share < NEARLY_ALL:
                    continue
                signs[need] = max(share, signs.get(need, 0))
    return signs


def _share_of(found, row):
    """Return how much a sign is of the words in a row that matter in its language."""
    empty = STOP_WORDS[GERMAN] | STOP_WORDS.get(found.phrase.language, frozenset())
    matter = {at for at, token in enumerate(row) if token.meant not in empty}
    return len(found.positions) / len(matter.union(found.positions))


def _needs(signs, heard, vocabulary, *, is_heard):
    """Return the needs to answer, those in a crisis first.

    Those that were said; if distress was heard also the likeliest need, others nearly as
    likely, and those that signs only hint at.
    """
    known = [slug for slug in heard.by_share if slug in vocabulary.needs_by_slug]
    enough = ALSO_HEARD * heard.distress
    likely = known[:1] + [slug for slug in known[1:] if heard.needs[slug] >= enough]
    likely = [vocabulary.needs_by_slug[slug] for slug in likely]
    others = [*likely, *signs] if is_heard else []
    return sorted(
        dict.fromkeys([*_said(signs, heard), *others]), key=lambda need: not need.is_crisis
    )


def _is_young(typed, heard, needs):
    if speaks_young(typed):  # fathers and witnesses speak of mum and dad, too
        return heard.young >= HALF
    if is_grown_up(typed) or (needs and needs[0].slug in SAID_ALIKE):
        return False
    return heard.young >= YOUNG


def _matters_of_minutes(signs, heard, rule, vocabulary):
    """Return the needs in which somebody may die in the next minutes, if that is likely enough."""
    is_heard = heard.distress >= rule.offered
    likely = [
        vocabulary.needs_by_slug[slug]
        for slug in heard.by_share
        if slug in vocabulary.needs_by_slug and vocabulary.needs_by_slug[slug].is_life_at_risk
    ]
    share = sum(heard.needs[need.slug] for need in likely) / (heard.distress or 1)
    bar = HALF if is_heard and share >= HARDLY_LIKELY else NEARLY_ALL
    said = [need for need, of_all in signs.items() if of_all >= bar and need.is_life_at_risk]
    if said or not is_heard:
        return said
    return likely[:1] if share >= rule.minutes else []
