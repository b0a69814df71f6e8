"""A query as a row of words, each with what it may have meant."""

from dataclasses import dataclass
from enum import Enum

from .folding import Word, words

MOST_TOKENS = 32


class Foreign(Enum):
    """How a word is read in another language: not, letter by letter, inflected, only so."""

    NOT, EXACT, NEAR, ONLY = range(4)


@dataclass(slots=True)
class Token:
    """A word of a query.

    ``meant`` is the folded word it is taken for: as typed, or as corrected, then ``display``
    says how that is written. ``others`` are words it may have meant besides, ``parts`` the known
    words it is made of, where it is a compound that nobody wrote before. ``foreign`` says how it
    may be read in another language than German, ``is_abbreviated`` that a full stop follows.
    """

    word: Word
    meant: str
    is_known: bool = False
    others: tuple[str, ...] = ()
    display: str | None = None
    parts: tuple[str, ...] = ()
    foreign: Foreign = Foreign.NEAR
    is_abbreviated: bool = False
    heard: tuple = (None, ())

    @property
    def is_corrected(self):
        return self.display is not None


@dataclass(frozen=True, slots=True)
class Spoken:
    """Words of a query, by their positions, that say a value of a filter.

    ``is_certain`` of those whose words no phrase takes away: "7 Jahre". ``is_sought`` of those
    that are looked for as well: "Baby" is a phase and a word.
    """

    positions: tuple[int, ...]
    name: str = ""
    value: str = ""
    is_certain: bool = False
    is_sought: bool = False

    @property
    def is_of_no_filter(self):
        """Whether a value is said that no filter can take, such as the ages of two children."""
        return bool(self.value) and not self.name

    @property
    def is_to_come(self):
        """Whether it is a child that is not born yet."""
        return self.is_certain and self.is_sought


def tokens_of(text):
    """Return the words of a query as tokens, taken as they were typed."""
    return [
        Token(word, word.folded, is_abbreviated=text[word.end : word.end + 1] == ".")
        for word in words(text)[:MOST_TOKENS]
    ]


class Line:
    """The tokens as one text that patterns can read; knows which token stands where.

    Words are divided by one blank, but "1,5" and "6-10" keep what stands between the numbers.
    """

    def __init__(self, text, tokens):
        parts, self._starts, at = [], [], 0
        for index, token in enumerate(tokens):
            if index:
                between = _between(text, tokens[index - 1], token)
                parts.append(between)
                at += len(between)
            self._starts.append(at)
            parts.append(token.meant)
            at += len(token.meant)
        self.text = "".join(parts)

    def positions(self, hit):
        """Return the positions of the tokens that a match of a pattern touches."""
        first, end = hit.span()
        ends = [*self._starts[1:], len(self.text) + 1]
        return tuple(
            at
            for at, (start, until) in enumerate(zip(self._starts, ends, strict=True))
            if start < end and until > first + 1
        )


def _between(text, one, other):
    between = text[one.word.end : other.word.start]
    if one.meant[-1:].isdigit() and other.meant[:1].isdigit():
        if between in {",", "."}:
            return "."
        if between.strip() in {"-", "–", "/"}:
            return "-"
    return " "
