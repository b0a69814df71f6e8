"""Whether a text names an address, however it is written there.

"Kanarienpfad 88" is named by "KANARIEN-PFAD Nr. 88", "Kanarienpfad&nbsp;86–90", "im Haus 88 am
Kanarienpfad" and ``kanarienpfad-88`` in a link: compared are plain texts in one folded form.
Everything here takes time in proportion to the text.
"""

import html
import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field
from enum import IntEnum
from urllib.parse import unquote

INLINE_TAG = re.compile(
    r"</?(?:a|abbr|b|em|i|mark|s|small|span|strong|sub|sup|u|wbr)\b[^<>]*>", re.IGNORECASE
)
TAG = re.compile(r"<[a-zA-Z/!][^<>]*>")
WORD = re.compile(r"[^\W\d_]+|\d+")
DASH = re.compile(r"[\u2010-\u2015\u2212]")
# What is written short as often as long; both sides of a comparison get the short form.
SHORT_FORMS = [
    ("ae", "a"), ("oe", "o"), ("ue", "u"),
    ("strasse", "str"), ("platz", "pl"), ("sankt", "st"), ("professor", "prof"), ("doktor", "dr"),
]  # fmt: skip
ENDINGS = {"", "s", "es", "e", "n"}  # "des Kanarienpfads"
# "Alter Weg", "Neue Straße" are also "im Alten Weg", "in der Neuen Straße"; the short form of
# "neue" has lost its "e".
INFLECTED = re.compile(r"(?P<stem>[a-z]{2,}?)(?P<ending>e[rsnm]?)|(?P<short>[a-z]*u)[rsnm]?")
CASES = ("e", "er", "es", "en", "em")
MOST_FORMS = 125  # three words that change; further ones are taken as written

BEFORE_A_NUMBER = re.compile(
    r"[^\w]{0,8}(?:(?:hausnummer|hausnr|nummer|nr|no|haus)\b[^\w]{0,4}){0,2}(?=\d)"
)
NUMBERS = re.compile(
    r"(?P<first>\d{1,4})(?: ?(?P<letter>[a-z])(?![a-z]))?"
    r"(?:\s{0,3}(?:[-/]|bis)\s{0,3}(?P<last>\d{1,4})(?: ?[a-z](?![a-z]))?)?(?![\d])"
)
NEXT_NUMBER = re.compile(
    r"\s{0,3}(?:[,;/+&]|und|u\.?|oder|sowie|\s)\s{0,3}(?:(?:nr|hausnummer)\b\W{0,3})?(?=\d)"
)
# Numbers that count something else: hours, dates, prices, ages, floors.
COUNTS_SOMETHING = re.compile(
    r"\s{0,3}(?:[.:]\s?\d{1,2}|\.)?\s{0,3}"
    r"(?:uhr|h\b|eur|€|%|prozent|jahr|monat|woche|tag|min|stunde|std|km|kind|ple|person|etage|og\b|stock"
    r"|jan|feb|mar|apr|mai|jun|jul|aug|sep|okt|nov|dez)"
)
LEADS_TO_A_STREET = {"im", "in", "am", "an", "auf", "von", "vom", "zum", "zur", "nr", "haus"} | {
    "der",
    "dem",
    "den",
    "des",
    "die",
}
LOOKED_BACK = 40
HOUSE_NUMBER = re.compile(
    r"(?P<name>.*?\D)\W*(?P<numbers>\d{1,4}(?:\s?[a-z])?(?:\W{0,5}(?:bis|und|u)?\W{0,3}\d{1,4}(?:\s?[a-z])?)*)\W*"
)
LONGEST_STREET = 200
LENGTH_OF_A_NAME_ALONE = 9  # "Am Markt", "Ring": words that mean no address by themselves


class Named(IntEnum):
    """How a text names an address: not, its street with another number, alone, or whole."""

    NOT = 0
    WITH_ANOTHER_NUMBER = 1
    ALONE = 2
    WHOLE = 3


@dataclass(frozen=True)
class Text:
    """A text as it is compared: ``joined`` are its words without what divides them."""

    folded: str
    joined: str
    starts: list  # where each word begins in ``joined``
    places: list  # and where it stands in ``folded``


@dataclass(frozen=True)
class Street:
    """An address as stored: its folded ``name``, and ``numbers`` as (first, last, letter).

    ``forms`` are the names it has in a sentence, its own among them.
    """

    name: str
    numbers: tuple = field(default=())
    forms: frozenset = field(default=frozenset())

    @property
    def speaks_for_itself(self):
        """Whether its name is more than a common word, so that it says where without a number."""
        return len(self.name) >= LENGTH_OF_A_NAME_ALONE

    def shares_a_number_with(self, numbers):
        """Whether one of the numbers is one of this address; "88" and "88a" are one house."""
        return any(
            first <= last_here and first_here <= last and (letter == here or not (letter and here))
            for first, last, letter in numbers
            for first_here, last_here, here in self.numbers
        )

    def is_at(self, other):
        """Whether two addresses are one house."""
        nameless = not self.numbers and not other.numbers
        is_one_street = self.name == other.name or bool(self.forms & other.forms)
        return is_one_street and (nameless or self.shares_a_number_with(other.numbers))


def plain(markup):
    """Return a text without tags and entities, as a reader sees it."""
    text = html.unescape(TAG.sub(" ", INLINE_TAG.sub("", markup)))
    return unquote(html.unescape(TAG.sub(" ", INLINE_TAG.sub("", text))))


def fold(text):
    """Return a plain text without case, marks, what cannot be seen, and long forms."""
    text = unicodedata.normalize("NFKD", DASH.sub("-", text)).casefold()
    text = "".join(map(_letter, text))
    for long, short in SHORT_FORMS:
        text = text.replace(long, short)
    return text


def _letter(one):
    if one.isascii():
        return one
    kind = unicodedata.category(one)
    if kind in {"Cf", "Mn", "Me"}:
        return ""
    digit = unicodedata.decimal(one, None)
    return one if digit is None else str(digit)


def read_text(markup):
    """Return a text, plain or rich, as addresses are looked for in it."""
    folded = fold(plain(markup))
    hits = list(WORD.finditer(folded))
    starts, at = [], 0
    for hit in hits:
        starts.append(at)
        at += len(hit[0])
    return Text(folded, "".join(hit[0] for hit in hits), starts, [hit.span() for hit in hits])


def read_street(written):
    """Return the ``Street`` of a street as stored, ``None`` if it has no letters."""
    folded = fold(plain(written[:LONGEST_STREET])).partition(",")[0].partition("(")[0].strip()
    hit = HOUSE_NUMBER.fullmatch(folded)
    name, numbers = (hit["name"], hit["numbers"]) if hit else (folded, "")
    words = WORD.findall(name)
    joined = "".join(words)
    if not any(map(str.isalpha, joined)):
        return None
    return Street(joined, tuple(_numbers_at(numbers, 0)), _forms(words))


def _forms(words):
    """Return a name of several words as it stands in any case; the last word ends as it may."""
    forms = [""]
    for word in words[:-1]:
        cases = _cases(word)
        if len(forms) * len(cases) > MOST_FORMS:
            cases = [word]
        forms = [form + case for form in forms for case in cases]
    return frozenset(form + words[-1] for form in forms)


def _cases(word):
    hit = INFLECTED.fullmatch(word)
    if hit is None:
        return [word]
    if hit["short"]:
        return [hit["short"] + case.removeprefix("e") for case in CASES]
    return [hit["stem"] + case for case in CASES]


def named(text, street):
    """Return how a ``Text`` names a ``Street``, the most telling way of all."""
    return max(_named_as(text, street, form) for form in street.forms or {street.name})


def _named_as(text, street, name):
    found, at = Named.NOT, text.joined.find(name)
    while at >= 0:
        found = max(found, _named_at(text, street, name, at))
        at = text.joined.find(name, at + 1)
    return found


def _named_at(text, street, name, at):
    first = bisect_right(text.starts, at) - 1
    if text.starts[first] != at:
        return Named.NOT
    end = at + len(name)
    last = bisect_right(text.starts, end - 1) - 1
    start_of_last, end_of_last = text.places[last]
    rest = text.folded[start_of_last + end - text.starts[last] : end_of_last]
    if rest not in ENDINGS:
        return Named.NOT
    numbers = _numbers_at(text.folded, end_of_last) or _numbers_before(
        text.folded, text.places[first][0]
    )
    if not numbers:
        return Named.ALONE
    return Named.WHOLE if street.shares_a_number_with(numbers) else Named.WITH_ANOTHER_NUMBER


def _numbers_at(folded, at):
    """Return the house numbers that follow as (first, last, letter); hours and prices are none."""
    found = []
    start = BEFORE_A_NUMBER.match(folded, at)
    while start and (hit := NUMBERS.match(folded, start.end())):
        if COUNTS_SOMETHING.match(folded, hit.end()):
            break
        first, last = int(hit["first"]), int(hit["last"] or hit["first"])
        letter = "" if hit["last"] else hit["letter"] or ""
        if found and not hit["last"] and folded[start.start() : start.end()].isspace():
            first = last = int(f"{found[-1][1]}{first}")  # "8 8"
        found.append((min(first, last), max(first, last), letter))
        start = NEXT_NUMBER.match(folded, hit.end())
    return found


def _numbers_before(folded, at):
    """Return the number in front: "Haus 88 im Kanarienpfad"."""
    for word in reversed(WORD.findall(folded[max(0, at - LOOKED_BACK) : at])):
        if word.isdigit():
            return [(int(word), int(word), "")] if len(word) <= len("9999") else []
        if word not in LEADS_TO_A_STREET:
            return []
    return []
