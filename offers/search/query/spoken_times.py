"""Days and hours as people write them: "Dienstagnachmittag", "15 Uhr", "morgen", "at 3 pm".

An hour is a part of the day. ``spoken_conditions`` has the words that need no such reading.
"""

import re
from dataclasses import replace
from itertools import pairwise

from offers.search.words.folding import Word
from offers.search.words.tokens import Spoken

from .spoken_conditions import IN_DAYS, TABLE

NOON, EVENING, MIDNIGHT = 12, 17, 24
EARLIEST = 7  # "bis 5 Uhr" may be the afternoon
# What these say of the day only beside a day: alone "morgen" is the day after today.
_PARTS_BESIDE_A_DAY = {
    "morgen": "vormittags",
    "fruh": "vormittags",
    "mittag": "nachmittags",
}
DAYS = frozenset({"tag", "wann", IN_DAYS})
DAYS_IN_COMPOUNDS = {"wochenend": "wochenende"}
_GERMAN_DAYS = ["montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonnabend"]
_GERMAN_DAYS += ["sonntag", *DAYS_IN_COMPOUNDS]
DAY_AND_PART = re.compile(
    rf"({'|'.join(_GERMAN_DAYS)})s?(vormittag|mittag|nachmittag|abend|morgen|fruh)(?:s|e|en)?"
)
_HOUR = r"(?P<hour>\d{1,2})(?: ?[.-]? ?\d{1,2})?"
HOURS = [
    re.compile(rf"(?<![\w.])(?:(?:um|ab|gegen|nach|von|bis|vor) )?{pattern}(?![\w.])")
    for pattern in (
        rf"{_HOUR} uhr",
        r"(?:at )?(?P<hour>\d{1,2})(?: \d\d)? ?(?P<half>[ap]) ?m",
        rf"saat {_HOUR}",
        rf"[воу] {_HOUR} (?:час\w*|годин\w*)",
        rf"(?:o )?godzin\w* {_HOUR}",
        rf"la ora {_HOUR}",
        rf"(?:في )?الساعه {_HOUR}",
        rf"ساعت {_HOUR}",
    )
]


def with_days_apart(tokens):
    """Return the tokens with a day and its part as two words: "Dienstagnachmittag".

    Whoever takes one of both away keeps the other, and as one word they would be looked for.
    """
    found = []
    for token in tokens:
        found += _day_and_part(token) or [token]
    for day, part in pairwise(found):
        if part.meant in _PARTS_BESIDE_A_DAY and _is_a_day(day):
            part.meant = _PARTS_BESIDE_A_DAY[part.meant]
    return found


def days_beside_parts(tokens):
    """Return the pairs of tokens that are a day and a part of it."""
    return {(day.word, part.word) for day, part in pairwise(tokens) if _is_time(day, part)}


def _day_and_part(token):
    hit = DAY_AND_PART.fullmatch(token.meant)
    if not hit or len(token.word.text) != len(token.meant):
        return []
    cut, word = hit.start(2), token.word
    day, part = token.meant[:cut], token.meant[cut:]
    return [
        replace(token, word=_piece(word, 0, day), meant=DAYS_IN_COMPOUNDS.get(hit[1], hit[1])),
        replace(token, word=_piece(word, cut, part), meant=hit[2]),
    ]


def _piece(word, at, folded):
    text, start = word.text[at : at + len(folded)], word.start + at
    return Word(text, folded, start, start + len(text))


def _is_a_day(token):
    return any(name in DAYS for name, _value in _said(token))


def _is_time(day, part):
    return _is_a_day(day) and any(name == "zeit" for name, _value in _said(part))


def _said(token):
    return TABLE.get((token.meant,), ())


def hours_in(line):
    """Return the part of the day of each hour that is ``Spoken`` of."""
    found = {}
    for pattern in HOURS:
        for hit in pattern.finditer(line.text):
            hour = _hour(int(hit["hour"]), hit.groupdict().get("half"))
            if EARLIEST <= hour < MIDNIGHT:
                positions = line.positions(hit)
                found[positions] = Spoken(positions, "zeit", _part_of(hour), is_certain=True)
    return list(found.values())


def _hour(said, half):
    """Return the hour of 24 that is said with or without its half of the day, "a" or "p"."""
    return said % NOON + NOON * (half == "p") if half else said


def _part_of(hour):
    if hour < NOON:
        return "vormittag"
    return "nachmittag" if hour < EVENING else "abend"
