"""Words of other scripts as people type them in Latin letters: "detskiy sad", "qabila", "7adana".

There are many ways to write one word, so both sides are brought to one loose form: of Cyrillic
words their sounds, of Arabic and Farsi ones their consonants, since vowels are not written.
"""

import re

from rapidfuzz.distance import OSA

from .phrases import ARABIC_BEGINNING

_CYRILLIC = dict(
    zip("абвгґдеєжзиіїйклмнопрстуфхцчшщыэюяёў", "abvhhdeeZziiiiklmnoprstufhcCSSieIAeu", strict=True)
)
CYRILLIC = str.maketrans(_CYRILLIC | {"ъ": None, "ь": None})
_LATIN = {
    **dict.fromkeys(["shch", "sch", "sh"], "S"),
    **dict.fromkeys(["ch", "tsch"], "C"),
    **dict.fromkeys(["zh"], "Z"),
    **dict.fromkeys(["ts", "tz"], "c"),
    **dict.fromkeys(["kh", "gh", "g", "x"], "h"),
    **dict.fromkeys(["ya", "ja", "ia"], "A"),
    **dict.fromkeys(["yu", "ju", "iu"], "I"),
    **dict.fromkeys(["ye", "je", "yo", "jo", "ie"], "e"),
    **dict.fromkeys(["iy", "yi", "ij", "yj", "ii", "y", "j"], "i"),
    "w": "v",
}
LATIN = re.compile("|".join(sorted(_LATIN, key=len, reverse=True)))
ALIKE = re.compile(r"(.)\1+")

_ARABIC = "بتثجحخدذرزسشصضطظغفقكلمنهپچژگ"
ARABIC = str.maketrans(dict(zip(_ARABIC, "btsghhddrzsSsdtzgfkklmnhbCZg", strict=True)))
ARABIC_VOWELS = str.maketrans("اويیئآ", "auiiia")  # the long ones, which tell words apart
_ARABIZI = {
    **dict.fromkeys(["kh", "5", "7"], "h"),
    **dict.fromkeys(["sh", "ch"], "S"),
    **dict.fromkeys(["gh", "j"], "g"),
    **dict.fromkeys(["th", "9"], "s"),
    **dict.fromkeys(["dh"], "d"),
    **dict.fromkeys(["q", "8", "c"], "k"),
    "6": "t",
    "p": "b",
}
ARABIZI = re.compile("|".join(sorted(_ARABIZI, key=len, reverse=True)))
LATIN_ARTICLE = re.compile("^(?:al|el)(?=.{4})")
NOT_WRITTEN = re.compile("[^bcdfghklmnrstvzSCZ]")
# How Cyrillic is typed, one way back for each: enough for what a sentence means.
_TO_CYRILLIC = {
    "shch": "щ",
    "sch": "щ",
    "zh": "ж",
    "kh": "х",
    "ts": "ц",
    "tz": "ц",
    "ch": "ч",
    "sh": "ш",
    "yu": "ю",
    "ju": "ю",
    "ya": "я",
    "ja": "я",
    "yo": "ё",
    "jo": "ё",
    "ye": "е",
    "je": "е",
    "iy": "ий",
    "yy": "ый",
    "ij": "ий",
    "yj": "ый",
    "ay": "ай",
    "oy": "ой",
    "ey": "ей",
    **dict(zip("abvwgdezijklmnoprstufhcyxq'46", "абввгдезижклмнопрстуфхцыхяьчш", strict=True)),
}
TO_CYRILLIC = re.compile("|".join(sorted(_TO_CYRILLIC, key=len, reverse=True)))
IS_CYRILLIC, IS_ARABIC = re.compile("[а-яіїєґўё]+"), re.compile("[\u0621-\u06cc]+")
# "detskiy" is "детский", "detski" is "детски".
OF_A_MAN, TYPED_OF_A_MAN = re.compile("[иыі]й$"), re.compile("(?:iy|ij|yj|yy|yi)$")
SHORTEST = SHORTEST_SKELETON = 3


class Transliterations:
    """Finds among folded ``words`` of any script those that Latin letters stand for."""

    def __init__(self, words):
        self._sounds, self._endings, self._consonants = {}, {}, {}
        for word in sorted(words, key=lambda one: (-len(one), one)):
            if IS_CYRILLIC.fullmatch(word) and len(word) >= SHORTEST:
                heard = word.translate(CYRILLIC).replace("ts", "c")
                sound = ALIKE.sub(r"\1", heard)
                self._sounds[sound] = word
                self._endings[sound, bool(OF_A_MAN.search(word))] = word
            elif IS_ARABIC.fullmatch(word):
                bare = ARABIC_BEGINNING.sub("", word).removesuffix("ه")
                skeleton = _skeleton(bare.translate(ARABIC))
                if len(skeleton) >= SHORTEST_SKELETON:
                    written = bare.translate(ARABIC).translate(ARABIC_VOWELS)
                    self._consonants.setdefault(skeleton, []).append((written, word))

    def meant(self, folded):
        """Return the word that a Latin one stands for; "" if none is known."""
        if not folded.isascii() or len(folded) < SHORTEST:
            return ""
        heard = ALIKE.sub(r"\1", LATIN.sub(lambda hit: _LATIN[hit[0]], folded))
        if heard in self._sounds:
            ending = bool(TYPED_OF_A_MAN.search(folded))
            return self._endings.get((heard, ending), self._sounds[heard])
        bare = LATIN_ARTICLE.sub("", folded).removesuffix("h")
        heard = ARABIZI.sub(lambda hit: _ARABIZI[hit[0]], bare)
        alike = self._consonants.get(_skeleton(heard), ())
        near = ((OSA.distance(heard, written), word) for written, word in alike)
        return min(near, default=(0, ""))[1]


def in_cyrillic(text):
    """Return a text in Latin letters as it may have been meant in Cyrillic; numbers stay."""
    return " ".join(
        word if word.isdigit() else TO_CYRILLIC.sub(lambda hit: _TO_CYRILLIC[hit[0]], word)
        for word in text.lower().split()
    )


def _skeleton(text):
    return ALIKE.sub(r"\1", NOT_WRITTEN.sub("", text))
