"""The order of German lists (DIN 5007-1), the same in Python and on any database server.

Ä stands beside A, ß is ss; capitals, quotes and hyphens do not count. The server's collations are
not asked: the embedded PostgreSQL has none but that of bytes, and two servers' need not agree.
"""

import re
import string
import unicodedata

from django.db.models import Func, TextField

TWO_LETTERS = dict(zip("ßẞæÆœŒþÞ", ["ss", "ss", "ae", "ae", "oe", "oe", "th", "th"], strict=True))
NO_MARK = {"ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ı": "i", "ð": "d", "Ð": "d"}
# Latin letters of Europe's languages: Latin-1, Latin Extended-A, Romanian, Vietnamese.
RANGES = [range(0xC0, 0x180), range(0x218, 0x21C), range(0x1EA0, 0x1EFA)]
WITH_MARKS = [chr(code) for codes in RANGES for code in codes]
# Every sign of ASCII, blanks, dashes, quotes: all count as one blank between words.
SIGNS = r"[\u0001-/:-@\[-`{-\u00BF\u2000-\u206F]+"


def _plain(letter):
    if letter in NO_MARK:
        return NO_MARK[letter]
    base = unicodedata.normalize("NFKD", letter)[0].lower()
    return base if base in string.ascii_lowercase else ""


ONE_LETTER = dict(zip(string.ascii_uppercase, string.ascii_lowercase, strict=True)) | {
    letter: plain
    for letter in WITH_MARKS
    if letter not in TWO_LETTERS and (plain := _plain(letter))
}
IN_PYTHON = str.maketrans(ONE_LETTER | TWO_LETTERS)


def key(text):
    """Return what a text is ordered by: plain small letters and digits, one blank between words."""
    text = unicodedata.normalize("NFC", text or "").translate(IN_PYTHON)
    return re.sub(SIGNS, " ", text).strip(" ")


def in_german_order(texts):
    """Return texts in order; where two keys are the same, the text decides."""
    return sorted(texts, key=lambda text: (key(text), text))


def _in_sql():
    text = "normalize(%(expressions)s, NFC)"
    for letter, two in TWO_LETTERS.items():
        text = f"replace({text}, '{letter}', '{two}')"
    text = f"translate({text}, '{''.join(ONE_LETTER)}', '{''.join(ONE_LETTER.values())}')"
    return f"""trim(regexp_replace({text}, '{SIGNS}', ' ', 'g')) COLLATE "C\""""


class GermanOrder(Func):
    """What ``key`` returns, by the database: ``order_by(GermanOrder("title"), "title")``."""

    arity = 1
    output_field = TextField()
    template = _in_sql()
