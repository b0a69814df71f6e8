"""Words as they compare: without case, marks and the spellings that mean the same letter.

``fold`` is applied to what is indexed and to what is typed, so both meet in one form.
"""

import re
import unicodedata
from dataclasses import dataclass

# Letters that no Unicode decomposition takes apart, and letters that people type for others.
LETTERS = str.maketrans(
    {
        "ß": "ss",
        "æ": "a",
        "œ": "o",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ı": "i",
        "ё": "е",
        "ґ": "г",
        # Arabic and Farsi: one alef, one ya, one kaf, a ha for the ta marbuta.
        "آ": "ا",
        "أ": "ا",
        "إ": "ا",
        "ٱ": "ا",
        "ى": "ي",
        "ی": "ي",
        "ې": "ي",
        "ئ": "ي",
        "ؤ": "و",
        "ک": "ك",
        "ة": "ه",
        "ۀ": "ه",
        "ە": "ه",
        "ـ": None,
        # Apostrophes are written or left out: Kurdish, Ukrainian, "geht's".
        "'": None,
        "’": None,
        "‘": None,
        "ʼ": None,
        "`": None,
        "´": None,
    }
)
# "ae", "oe", "ue" stand for ä, ö, ü, but not in "neue", "Frauen", "Quelle".
WRITTEN_OUT = re.compile(r"(?<![aeiouyq])([aou])e")
# "Kreißsaal" is typed with two s as often as with three.
THREE_ALIKE = re.compile(r"([^\W\d_])\1\1+")
# These are letters of their own, not letters with a mark.
KEPT_TOGETHER = {"\u0438\u0306": "\u0439", "\u0456\u0308": "\u0457"}  # й, ї
MARKS = "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670"
MARK = re.compile(f"[{MARKS}]")
# Invisible: soft hyphen, zero width, direction marks.
INVISIBLE = "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
APOSTROPHES = "'’‘ʼ`´"
# Farsi verbs are written with a space after their beginning, or without.
FARSI_VERB = r"(?:\bن?م[یي] (?=[^\W\d_]))?"
WORD = re.compile(
    rf"{FARSI_VERB}[^\W_](?:[^\W_]|[{MARKS}{INVISIBLE}]|[{APOSTROPHES}](?=[^\W\d_]))*"
)
LONGEST_WORD = 60
# "Sucht- und Drogenberatung" leaves a word open until the next; these end such words.
LEFT_OPEN = re.compile(r"-(?:,|/| und| oder| bzw\.?| sowie) *")
SHORTEST_MODIFIER = 3
_HEADS = """
    abend angebot angebote arbeit arzt ärztin ausflug ausflüge bad begleitung beratung beratungen
    beratungsstelle betreuung bibliothek bildung café club dienst erziehung feier fest förderung
    frau freizeit frühstück garten geld gruppe gruppen haus heim hilfe hilfen hort kirche klinik
    kreis kurs kurse lager mann markt mittel nachmittag paten pfleger pflege platz plätze praxis
    programm projekt projekte raum reise schule schulen schutz seelsorge spiel spiele sprechstunde
    stelle stunde stunden tag tage tagespflege team training treff treffen treffs turnen
    unterricht untersuchung verein vereine vermittlung werkstatt zeit zeiten zentrum zentren
"""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text, and where it stands there."""

    text: str
    folded: str
    start: int
    end: int


def fold(text, *, written_out=True):
    """Return a text in the form in which its words compare.

    ``written_out`` takes "ue" for "ü"; a slip of the hand may have made one ("Diakonue").
    """
    text = unicodedata.normalize("NFKC", text.replace("½", ".5")).casefold().translate(LETTERS)
    if written_out and len(text) > len("ae"):
        text = WRITTEN_OUT.sub(r"\1", text)
    if not text.isascii():
        text = _without_marks(plain(text)).translate(LETTERS)
    return THREE_ALIKE.sub(r"\1\1", text)


def words(text):
    """Return the words of a text in their order; what hyphens join stands there in its parts.

    "Kita-Navigator" is "kita" and "navigator": ``compounds`` knows they may be one word.
    """
    found = []
    for hit in WORD.finditer(text):
        folded = fold(hit[0].replace(" ", ""))[:LONGEST_WORD]
        if folded:
            found.append(Word(hit[0], folded, hit.start(), hit.end()))
    return found


def whole_words(text):
    """Return the words of a text as they are spoken, so with the end that a hyphen leaves out.

    "Sucht- und Drogenberatung" is "Suchtberatung" and "Drogenberatung"; the first stands
    where "Sucht" does.
    """
    found = words(text)
    for at, word in enumerate(found):
        left_open = LEFT_OPEN.match(text, word.end)
        if left_open and (head := _head_after(left_open.end(), found[at + 1 :])):
            found[at] = Word(word.text + head, word.folded + head, word.start, word.end)
    return found


def _head_after(start, following):
    """Return the end of the word that starts there; "" if it is none that others share."""
    folded = next((one.folded for one in following if one.start >= start), "")
    ends = (folded[at:] for at in range(SHORTEST_MODIFIER, len(folded)))
    return next((end for end in ends if end in HEADS), "")


def plain(text):
    """Return a text with the digits of any script as 0 to 9: "٢٠٢٤" as "2024"."""
    return "".join(map(_plain, text))


def _plain(letter):
    """A digit of any script as 0 to 9; nothing for what cannot be seen."""
    if unicodedata.category(letter) == "Cf":
        return ""
    value = unicodedata.decimal(letter, None)
    return letter if value is None else str(value)


def _without_marks(text):
    parts = unicodedata.normalize("NFD", text)
    for apart, letter in KEPT_TOGETHER.items():
        parts = parts.replace(apart, letter)
    return unicodedata.normalize("NFC", MARK.sub("", parts))


HEADS = frozenset(fold(head) for head in _HEADS.split())
