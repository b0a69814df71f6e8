"""When something takes place, read back from the words of a person: "mittwochs 10 bis 12 Uhr".

Families plan by what comes out, so a sentence is understood to its last word or not at all:
"nicht jede Woche" behind a weekday turns its meaning round.
"""

import datetime as dt
import re
from dataclasses import dataclass, replace

from .entry import Entry, Repeats, Week, write

DAYS = "mo di mi do fr sa so".split()  # noqa: SIM905
DAY = (
    r"(?:(?:mon|diens|donners|frei|sams|sonn)tags?|mittwochs?|sonnabends?|"
    r"(?:mo|di|mi|do|fr|sa|so)\b\.?)"
)
AND = r"\s*(?:,|&|\+|/|\bund\b|\bsowie\b|\bu\.)\s*"
TO = r"\s*(?:[-–—]|\bbis\b)\s*"
EACH = r"(?:(?:immer|jeweils|jeden|am|an jedem)\s+)*"
EVERY_DAY = r"täglich|jeden tag"
LISTED = rf"{DAY}(?:(?:{AND}|{TO}){DAY})*"
WEEKS = {
    Week.FIRST: r"ersten?r?|1\.",
    Week.SECOND: r"zweiten?r?|2\.",
    Week.THIRD: r"dritten?r?|3\.",
    Week.FOURTH: r"vierten?r?|4\.",
    Week.LAST: r"letzten?r?",
}
WEEK = "|".join(f"(?P<{week.name}>{words})" for week, words in WEEKS.items())
NUMBERED = rf"(?:{WEEK})\s+(?P<numbered>{LISTED})\s+(?:im|des|jeden|eines jeden)\s+monats?"
WHICH = re.compile(rf"{EACH}(?:{NUMBERED}|(?P<all>{EVERY_DAY})|(?P<days>{LISTED}))(?!\w)")
HOUR = r"(?:2[0-4]|[01]?\d)"
CLOCK = rf"{HOUR}(?:[:.][0-5]\d)?"
HOURS = re.compile(
    rf"(?:von\s+)?(?P<start>{CLOCK})(?:\s*uhr)?{TO}(?P<end>{CLOCK})(?:\s*uhr\b)?(?![\w.:])|"
    rf"(?:(?:ab|um)\s+)?(?:(?P<open>{CLOCK})\s*uhr\b|(?P<exact>{HOUR}:[0-5]\d)(?![\w.:]))"
)
BEFORE_HOURS = re.compile(r"\s*[,:]?\s*")
BETWEEN = re.compile(rf"{AND}|\s+")
FREE_DAYS = {
    "skip": r"(?:nicht|außer|ausser)\s+(?:in\s+den\s+)?(?:schul)?ferien",
    "only": r"nur\s+in\s+den\s+(?:schul)?ferien",
    "keep": r"auch\s+in\s+den\s+(?:schul)?ferien",
}
AROUND = r"[,;(]?\s*(?:{})\s*\)?"
MIDNIGHT = dt.time(0)


@dataclass(frozen=True)
class Spoken:
    """A rule with its hours (local time) as said; ``note`` is a remark known before."""

    rrule: str
    start: dt.time | None = None
    end: dt.time | None = None
    school_holidays: str = "keep"
    note: str = ""


def read(sentence, notes=()):
    """Return the list of ``Spoken`` of a sentence, empty unless every word of it is understood.

    ``notes`` are remarks that may stand behind it and say nothing about days and hours.
    """
    text = " ".join(sentence.split())
    note = next((one for one in notes if one and text.endswith(f", {one}")), "")
    text = text.removesuffix(f", {note}") if note else text
    text, holidays = _without_holidays(text.lower().strip(" .,"))
    found = _rules(text) if text else []
    return [replace(one, school_holidays=holidays, note=note) for one in found]


def _without_holidays(text):
    for said, words in FREE_DAYS.items():
        found = re.search(AROUND.format(words), text)
        if found:
            return f"{text[: found.start()]} {text[found.end() :]}".strip(), said
    return text, "keep"


def _rules(text):
    """Return the rules of a text of days with their hours, empty if anything else is in it."""
    found, at = [], 0
    while at < len(text):
        which = WHICH.match(text, at)
        if not which:
            return []
        rrule = _rule(which)
        hours, at = _hours(text, which.end())
        if hours is None or not rrule:
            return []
        found += [Spoken(rrule, *one) for one in hours or [(None, None)]]
        gap = BETWEEN.match(text, at)
        if at < len(text) and not gap:
            return []
        at = gap.end() if gap else at
    return found


def _rule(which):
    if which["all"]:
        return write(Entry(Repeats.DAILY))
    days = _days(which["numbered"] or which["days"])
    if not days:
        return ""
    if which["days"]:
        return write(Entry(Repeats.WEEKLY, days))
    week = next(one for one in Week if which[one.name])
    return write(Entry(Repeats.MONTHLY, days, week))


def _days(text):
    """Return the weekdays of "mo, mi" and "mo bis fr"; a span that runs backwards says none."""
    found = []
    for one in re.finditer(rf"(?P<to>{TO})?(?P<day>{DAY})", text):
        day = 5 if one["day"].startswith("sonnabend") else DAYS.index(one["day"][:2])
        if one["to"] and day <= found[-1]:
            return ()
        found += range(found[-1] + 1, day + 1) if one["to"] else [day]
    return tuple(sorted(set(found)))


def _hours(text, at):
    """Return the pairs of start and end that begin at a place of a text, and where they end.

    ``None`` in place of the pairs: there are hours, but none that could be.
    """
    found, gap = [], BEFORE_HOURS
    while (space := gap.match(text, at)) and (one := HOURS.match(text, space.end())):
        first = one["start"] or one["open"] or one["exact"]
        start, end = _clock(first), _clock(one["end"])
        if first.startswith("24") or not _is_span(start, end):
            return None, at
        found.append((start, end))
        at, gap = one.end(), re.compile(AND)
    return found, at


def _is_span(start, end):
    return end is None or end > start or (end == MIDNIGHT < start)


def _clock(text):
    if text is None:
        return None
    hour, _dot, minute = text.replace(".", ":").partition(":")
    return dt.time(int(hour) % 24, int(minute or 0))
