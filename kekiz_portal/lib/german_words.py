"""Whether a text is a German word in one of its forms.

Says so of some 1.1 million forms (simplemma), names of people and places among them. They stay
packed in memory, some 15 MB; a server reads them once, before it divides into processes.
"""

import re
from functools import cache, lru_cache
from itertools import product

from simplemma.strategies.dictionaries import StreamDictionaryFactory

LANGUAGE = "de"
# What keyboards without the letter write for it.
WRITTEN_FOR = {"ae": "ä", "oe": "ö", "ue": "ü", "ss": "ß"}
PAIRS = re.compile("|".join(WRITTEN_FOR))
MOST_PAIRS = 3


@cache
def prepare():
    """Read the words, which takes a second or two, and return them by their form."""
    return StreamDictionaryFactory().get_dictionary(LANGUAGE)


@lru_cache(maxsize=20_000)
def is_german(word):
    """Whether a word is German, in capitals or not, with umlauts or written out."""
    known = prepare()
    spellings = _spellings(word.lower())
    return any(known.get(form) is not None for one in spellings for form in (one, one.capitalize()))


def _spellings(word):
    """Return a word as typed, and with each pair of letters that may stand for another one."""
    pairs = PAIRS.findall(word)[:MOST_PAIRS]
    if not pairs:
        return [word]
    template = PAIRS.sub("{}", word.replace("{", "").replace("}", ""), count=len(pairs))
    choices = product(*((pair, WRITTEN_FOR[pair]) for pair in pairs))
    return [template.format(*chosen) for chosen in choices]
