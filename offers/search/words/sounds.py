"""How German words sound: what people write who write down what they hear.

``spoken`` takes letters together that are one sound, ``skeleton`` keeps the classes of consonants
of the Kölner Phonetik (H. J. Postel, 1969), so that words that may sound alike lie in one place;
``distance`` says how unlike two words sound.
"""

import re
from functools import lru_cache
from itertools import accumulate

_SPOKEN = {
    **dict.fromkeys(["tsch", "sch", "ch", "cz", "sz"], "S"),  # two as Polish writes them
    **dict.fromkeys(["chs", "cks", "x"], "ks"),
    **dict.fromkeys(["ck", "c", "g", "q"], "k"),
    **dict.fromkeys(["ph", "pf", "v"], "f"),
    **dict.fromkeys(["th", "dt", "d"], "t"),
    **dict.fromkeys(["tz", "ds"], "z"),
    **dict.fromkeys(["ie", "ih", "ieh", "y"], "i"),
    **dict.fromkeys(["ei", "ai", "ey", "ay", "eih"], "E"),
    **dict.fromkeys(["eu", "oi", "oy"], "O"),
    **dict.fromkeys(["au", "auh"], "A"),
    "qu": "kw",
    "b": "p",
}
# What others write for two vowels, before a consonant: "Szrajbaby", "Awsflug", "Aosflug".
_VOWELS_ABROAD = {"aj": "E", "ej": "E", "oj": "O", "aw": "A", "ao": "A"}
# "Turnn" is "Turnen", "Kinda" is "Kinder", "Spiel" begins as "Schpiel" does (in "Brettspiel",
# too), "Massage" ends as "Masche" does.
_PATTERNS = [
    "er$",
    "^s(?=[pt])",
    "(?<=t)s(?=p)",
    "ts(?!p)",
    "t(?=ion|ient)",
    "(?<=[bdfgklmprst])nn$",
    "(?<=[aeou])h(?![aeiou])",
    "(?<=ss|ar|nt|ll)age",
    *(f"{letters}(?![aeiou])" for letters in _VOWELS_ABROAD),
]
# Letters that sound otherwise in words from elsewhere: "Chor", "Center".
_BORROWED = {"ch": "k", "c": "z", "sc": "z"}
_IN_BORROWED = re.compile("ch(?=or|rist)|s?c(?=[eiy])")
_LETTERS = re.compile("|".join([*_PATTERNS, *sorted(_SPOKEN, key=len, reverse=True)]))
_SPOKEN |= _VOWELS_ABROAD | {
    "er": "a",
    "ts": "z",
    "s": "S",
    "t": "z",
    "nn": "nen",
    "h": "",
    "age": "aSe",
}
_ALIKE = re.compile(r"(.)\1+")

_NO_CONSONANTS = "aeiouEAOhrj"  # an r is often not heard: "Gaaten"
_SKELETON = str.maketrans("Szwm", "ssfn", _NO_CONSONANTS)

VOWELS = frozenset("aeiouEAO")
OTHER = 1.0
VOWEL, ADDED_VOWEL = 0.5, 0.6
# What it costs to hear one for the other; what is not here is another sound.
_HEARD = {
    **dict.fromkeys(["ae", "eE", "aA", "ou", "iu", "ei", "ij", "OA", "EO"], 0.35),
    **dict.fromkeys(["Ss", "sz", "Sz", "fw", "mn", "ra", "re", "Sk", "Kh", "wp"], 0.4),
    **dict.fromkeys(["zt", "lr"], 0.6),
}
HEARD = {
    **{one + other: VOWEL for one in VOWELS for other in VOWELS},
    **{pair: cost for text, cost in _HEARD.items() for pair in (text, text[::-1])},
}
SPOKEN_AS_ONE = 0.15  # "er" in a word, for "a": "Eltan"
SILENT = {"h": 0.3, "r": 0.4, "t": 0.7, "j": 0.5}
ADDED = dict.fromkeys(VOWELS, ADDED_VOWEL) | SILENT


@lru_cache(maxsize=50_000)
def spoken(folded):
    """Return the sounds of a folded word, one letter each."""
    borrowed = _IN_BORROWED.sub(lambda hit: _BORROWED[hit[0]], folded)
    sounds = _LETTERS.sub(lambda hit: _SPOKEN[hit[0]], borrowed)
    return _ALIKE.sub(r"\1", sounds)


@lru_cache(maxsize=50_000)
def skeleton(folded):
    """Return the classes of consonants of a folded word in their order."""
    return _ALIKE.sub(r"\1", spoken(folded).translate(_SKELETON))


def distance(one, other):
    """Return how unlike two folded words sound; 0 if they sound the same."""
    ours, theirs = spoken(one), spoken(other)
    added = [ADDED.get(sound, OTHER) for sound in theirs]
    above, row = None, list(accumulate(added, initial=0.0))
    for number, mine in enumerate(ours):
        new = ADDED.get(mine, OTHER)
        before, above, row = above, row, [row[0] + new]
        ends_er = before and ours[number - 1 : number + 1] == "er"
        for at, sound in enumerate(theirs):
            instead = 0.0 if mine == sound else HEARD.get(mine + sound, OTHER)
            least = min(above[at] + instead, above[at + 1] + new, row[at] + added[at])
            if mine == "a" and at and theirs[at - 1 : at + 1] == "er":
                least = min(least, above[at - 1] + SPOKEN_AS_ONE)
            if ends_er and sound == "a":
                least = min(least, before[at] + SPOKEN_AS_ONE)
            row.append(least)
    return row[-1]
