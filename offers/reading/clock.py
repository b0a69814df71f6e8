"""Weekdays and times in German words, as sets that can be compared."""

import re

DAYS = "mo di mi do fr sa so".split()  # noqa: SIM905
NAME = r"(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend"
SHORT = r"mo|di|mi|do|fr|sa|so"
PART = r"(?:s|e|en|abends?|vormittags?|nachmittags?)?"
DAY = rf"(?:(?P<name>(?:{NAME}){PART})|(?P<short>{SHORT})\b\.?)"
# A whole hour alone is a time only before "Uhr" or as the beginning of a span that ends so.
HOUR = r"(?:2[0-4]|[01]?\d)"
EXACT = rf"{HOUR}[:.][0-5]\d"
TO = r"\s*(?:[-–—]|bis)\s*"
SPAN = (
    rf"(?P<a>{EXACT}|{HOUR})(?:\s*(?:Uhr|h))?{TO}(?:ca\.\s*)?"
    rf"(?P<b>{EXACT}|{HOUR})\s*(?P<u>Uhr|h\b)?"
)
NO_HOURS = r"\s*(?:Jahre|Monate|Wochen|Tage|Personen|Kinder|Euro|€|J\.|km|m²)"
ONE = rf"(?P<c>{EXACT}|{HOUR})\s*Uhr|(?P<d>{HOUR}:[0-5]\d)"
TOKEN = re.compile(
    rf"(?<![\w.,:/-])(?P<date>\d{{1,2}}\.\s?(?:\d{{1,2}}\.|(?:jan|feb|mär|apr|mai|jun|jul|aug|sep|okt|"
    rf"nov|dez)\w*)(?:\s?\d{{2,4}})?)|(?<![\w])(?P<all>täglich|jeden tag)\b|"
    rf"(?<![\w])(?P<work>werktags|werktäglich)\b|(?<![\w.,:/-])(?:{SPAN}|{ONE})(?![\w:%€]|{NO_HOURS})|"
    rf"(?<![\wäöü]){DAY}(?![\wäöü])|(?P<to>[-–—]|\bbis\b)",
    re.IGNORECASE,
)
# Spans in other words: "zwischen 9 und 11 Uhr", "9 Uhr, Ende 11 Uhr".
BETWEEN = re.compile(rf"\bzwischen\s+({EXACT}|{HOUR})(?:\s*Uhr)?\s+und\s+(?=\d)", re.IGNORECASE)
END = re.compile(r"\s*Uhr,?\s+(?:und\s+)?Ende:?\s+(?:gegen\s+|um\s+|ca\.\s*)?(?=\d)", re.IGNORECASE)


def times_in(text):
    """Return the times of a text as a set of (weekday, start, end): 0 is Monday, times are minutes.

    An end nobody says is None. What names a day of the calendar is no rule and left out.
    """
    found, days, early, is_over, joins = set(), [], [], False, False
    dated = False
    for token in TOKEN.finditer(END.sub(" bis ", BETWEEN.sub(r"\1 bis ", text[:2000]))):
        if token["date"]:
            dated = True
        elif token["to"]:
            joins = bool(days) and not is_over
            continue
        elif named := _days(token):
            if is_over:
                days, is_over, dated = [], False, False
            is_span = joins and days and named[0] > days[-1]
            days += range(days[-1] + 1, named[0] + 1) if is_span else named
            found |= {(day, *time) for day in named for time in early}
            early = []
        elif (time := _time(token, after_a_day=bool(days))) is not None:
            if days and not dated:
                found |= {(day, *time) for day in days}
            elif not days and not dated:
                early = [*early, time]
            is_over = bool(days)
        joins = False
    return frozenset(found)


def same(one, other):
    """Whether two sets of times say the same; an unknown end agrees with any."""
    return all(any(_agrees(a, b) for b in other) for a in one) and all(
        any(_agrees(a, b) for b in one) for a in other
    )


def _agrees(one, other):
    ends = {one[2], other[2]}
    return one[:2] == other[:2] and (len(ends) == 1 or None in ends)


def _days(token):
    if token["all"]:
        return list(range(7))
    if token["work"]:
        return list(range(5))
    word = (token["name"] or token["short"] or "").lower()
    if not word:
        return []
    if word.startswith("sonnabend"):
        return [5]
    return [DAYS.index(word[:2])]


def _time(token, *, after_a_day):
    """Return start and end in minutes, None where a token is no time.

    "9-12" is one behind a weekday only.
    """
    if token["a"]:
        is_exact = any(mark in token["a"] + token["b"] for mark in ":.")
        begin, end = _minutes(token["a"]), _minutes(token["b"])
        is_time = token["u"] or is_exact or (after_a_day and begin < end)
        return (begin, end) if is_time else None
    alone = token["c"] or token["d"]
    return (_minutes(alone), None) if alone else None


def _minutes(text):
    hour, _dot, minute = text.replace(".", ":").partition(":")
    return int(hour) * 60 + int(minute or 0)
