"""Passwords that follow a pattern everybody knows, however long they are."""

import re
import unicodedata
from itertools import takewhile

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

KEYBOARD = [
    "1234567890", "qwertzuiop", "qwertyuiop", "asdfghjkl", "yxcvbnm", "zxcvbnm",
    "1qaz2wsx3edc4rfv", "1qay2wsx3edc4rfv", "abcdefghijklmnopqrstuvwxyz",
]  # fmt: skip
SHORTEST_ROW = 4
SEASONS = """fruhling fruhjahr sommer herbst winter spring summer autumn januar februar marz april
    mai juni juli august september oktober november dezember montag dienstag mittwoch donnerstag
    freitag samstag sonntag"""
COMMON = """passwort password kennwort geheim willkommen welcome hallo admin administrator portal
    stadt jugendamt familie familien kinder kita schule praventionskette netzwerk verwaltung
    redaktion login test"""
WRITTEN_OUT = re.compile(r"([aou])e")  # "Fruehling" is "Frühling"
YEAR = re.compile(r"(?:19|20)\d\d")
READ_AS = str.maketrans("013457@$!€", "oieastasie")
LETTERS_OF_ONES_OWN = 8
LONGEST_LOOKED_AT = 128
REPEATED = re.compile(r"(.{1,4}?)\1{2,}")  # "abcabcabc" is "abc"


class KnownPatternValidator:
    """Refuses what is left with little once names of the city, seasons, years and rows are gone."""

    def validate(self, password, user=None):  # noqa: ARG002, Django's signature
        if own_part(password) < LETTERS_OF_ONES_OWN or is_common_inside(password):
            raise ValidationError(
                _(
                    "Dieses Passwort besteht aus Teilen, die man leicht errät: Namen der Stadt, "
                    "Jahreszeiten, Jahre, Tastenreihen. Nehmen Sie vier Wörter, die nichts "
                    "miteinander zu tun haben."
                ),
                code="password_known_pattern",
            )

    def get_help_text(self):
        return _("Bitte keine Namen der Stadt, Jahreszeiten, Jahre oder Tastenreihen.")


def own_part(password):
    """Return how many different places of a password are not explained by known parts."""
    text = YEAR.sub("\0", _folded(password[:LONGEST_LOOKED_AT]))
    return min(_left_of(text), _left_of(text.translate(READ_AS)))


def _left_of(text):
    for word in _known_words():
        text = text.replace(word, "\0")
    text = REPEATED.sub(r"\1", _without_rows(text))
    return sum(letter.isalnum() for letter in text)


def is_common_inside(password):
    """Whether a password is one of the common ones with digits and signs around it."""
    core = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", password.lower())
    return core in CommonPasswordValidator().passwords


def _known_words():
    city = settings.CITY
    names = " ".join([city["name"], city["full_name"], city["portal_name"]])
    words = {_folded(word) for word in re.findall(r"\w{3,}", names)}
    return sorted(words | set(f"{SEASONS} {COMMON}".split()), key=len, reverse=True)


def _without_rows(text):
    """Return a text without stretches of four or more keys or letters in a row, either way."""
    kept, at = [], 0
    rows = [row[::way] for row in KEYBOARD for way in (1, -1)]
    while at < len(text):
        length = max(_row_length(text, at, row) for row in rows)
        if length < SHORTEST_ROW:
            kept.append(text[at])
            length = 1
        at += length
    return "".join(kept)


def _row_length(text, at, row):
    start = row.find(text[at])
    pairs = zip(row[start:], text[at:], strict=False) if start >= 0 else ()
    return len(list(takewhile(lambda pair: pair[0] == pair[1], pairs)))


def _folded(text):
    text = unicodedata.normalize("NFKD", text.lower()).replace("ß", "ss")
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    return WRITTEN_OUT.sub(r"\1", text)
