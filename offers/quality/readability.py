"""How hard a German text is to read: two indices, and the sentences that are too long.

LIX looks at the length of words and sentences, Amstad's Flesch index at syllables. Neither
understands a text: they only hint.
"""

import re
from dataclasses import dataclass

from kekiz_portal.lib import rich_text

LIX_AT_MOST = 40
FLESCH_AT_LEAST = 60
WORDS_A_SENTENCE = 25
WORDS_TO_JUDGE = 20  # an index of fewer words says nothing
LETTERS_OF_A_LONG_WORD = 6

WORD = re.compile(r"\w+(?:[-’']\w+)*")  # a number is one
# A full stop after these, or after a number ("20. September"), ends no sentence.
ABBREVIATION = re.compile(
    r"\b(?:\d+|[A-Za-zÄÖÜäöü]|ca|bzw|usw|etc|inkl|ggf|evtl|Nr|\w*[Ss]tr|Std|Min|Tel|Dr|Prof|St|Ev|ev"
    r"|Kath|kath|Mo|Di|Mi|Do|Fr|Sa|So|max|min|mind|vgl|Jan|Feb|Aug|Sept|Okt|Nov|Dez)\.(?=\s+\S)"
)
SENTENCE_END = re.compile(r"(?<![.!?…])[.!?…]++[“”\"'»)]*+(?=\s|$)")

# Vowels that are spoken as one, and where two of them are not: Famili-e, Feri-en, Muse-um.
NUCLEUS = re.compile(r"aa|ai|au|ay|äu|ee|ei|eu|ey|ie|oo|oi|oy|[aeiouyäöüáàâéèêëïô]")
HIATUS = re.compile(
    r"(?<=mil|lin|ser|tor)i(?=e)|(?<=me|tu)di(?=e)|(?<!d|w|h)i(?=en(?:\b|[bcfgkmpstvz]))"
    r"|e(?=um\b|en\b)|(?<=k)o(?=op|or)"
)


@dataclass(frozen=True)
class Readability:
    """What was found in a text; ``long_sentences`` are quoted as written."""

    words: int
    sentences: int
    lix: float
    flesch: float
    long_sentences: list

    @property
    def can_be_judged(self):
        return self.words >= WORDS_TO_JUDGE

    @property
    def is_worth_saying(self):
        return self.can_be_judged or bool(self.long_sentences)

    @property
    def is_hard(self):
        """Whether both indices or one of them miss the target of everyday language (B1)."""
        return self.can_be_judged and (self.lix > LIX_AT_MOST or self.flesch < FLESCH_AT_LEAST)


def read(text):
    """Return the ``Readability`` of a text, plain or rich; ``None`` if it has no words."""
    sentences = [words for words in map(WORD.findall, sentences_of(text)) if words]
    words = [word for sentence in sentences for word in sentence]
    if not words:
        return None
    a_sentence = len(words) / len(sentences)
    long_words = sum(len(word) > LETTERS_OF_A_LONG_WORD for word in words)
    a_word = sum(map(syllables, words)) / len(words)
    too_long = [one for one in sentences_of(text) if len(WORD.findall(one)) > WORDS_A_SENTENCE]
    return Readability(
        words=len(words),
        sentences=len(sentences),
        lix=a_sentence + 100 * long_words / len(words),
        flesch=180 - a_sentence - 58.5 * a_word,
        long_sentences=too_long,
    )


def sentences_of(text):
    """Return the sentences of a text; a paragraph, a list item and a line end one too."""
    found = []
    for line in rich_text.as_text(rich_text.stored(text)).splitlines():
        protected = ABBREVIATION.sub(lambda hit: hit[0][:-1] + "\0", line)
        start = 0
        for end in SENTENCE_END.finditer(protected):
            found.append(line[start : end.end()])
            start = end.end()
        found.append(line[start:])
    return [one.strip() for one in found if one.strip()]


def syllables(word):
    """Return how many syllables a German word has when spoken; at least one."""
    spoken = HIATUS.sub(r"\g<0>-", word.lower().replace("qu", "q"))
    return max(1, len(NUCLEUS.findall(spoken)))
