"""Sentences of a page, and which of them say nothing about today or about this house."""

import datetime as dt
import re

SENTENCE_ENDS = re.compile(r"(?<=[\wäöüß)\"“]{2}[.!?])\s+(?=[A-ZÄÖÜ„\"])")
SHORTENED = re.compile(
    r"\b(?:Tel|Str|str|Nr|ca|bzw|usw|Mo|Di|Mi|Do|Fr|Sa|So|inkl|zzgl|evtl|Dr|Ev|Kath|St)\.$"
)
# What stands below such a heading, or in such a line, is somebody else's or for another purpose.
OF_OTHERS = re.compile(
    r"notruf|notfall|\bpolizei|feuerwehr|telefonseelsorge|hilfetelefon|nummer gegen kummer|"
    r"116\s?11[67]|webdesign|umsetzung|realisierung|programmierung|hosting|agentur|"
    r"technische betreuung|datenschutz|aufsichtsbehörde|schlichtung|\bpresse|spende|\biban\b|"
    r"\bbic\b|kontonummer|stellenangebot|stellenanzeige|bewerb|praktik|\blinks\b|linktipps|"
    r"(?:weitere|andere) (?:angebote|kurse)|kooperation|\bpartner|in der nähe|nachbar|hausmeister|"
    r"störung|vermietung|anfahrt|fundbüro|förderer|sponsor|fotos?:",
    re.IGNORECASE,
)
OF_THE_PAST = re.compile(
    r"archiv|rückblick|früher|bisher|bis vor kurzem|ehemal|damals|nicht mehr|"
    r"alte (?:nummer|anschrift|adresse|telefonnummer)|\bgalt(?:en)?\b|\bwar(?:en)?\b|"
    r"\bfand(?:en)?\b|\bhatten?\b",
    re.IGNORECASE,
)
TO_COME = re.compile(
    r"\bab (?:dem |sofort )?(?:\d{1,2}\.|januar|februar|märz|april|mai|juni|juli|august|september|"
    r"oktober|november|dezember|nächste|kommende|\d{4})|\bab\s+\d{1,2}\.\d{1,2}\.|künftig|demnächst|"
    r"in planung|geplant",
    re.IGNORECASE,
)
IF = re.compile(
    r"^\s*(?:wenn|falls|sollte|sobald|sofern|ist .{1,40}\?)\b|\bkönnte\b|\bfalls\b", re.IGNORECASE
)
YEAR = re.compile(r"(?<![\d/-])(20[0-3]\d)(?![\d-])")
MONTHS = "jan feb mär apr mai jun jul aug sep okt nov dez".split()  # noqa: SIM905
DAY = re.compile(
    r"(?<![\d.])([0-3]?\d)\.\s?(?:([01]?\d)\.|(jan|feb|mär|apr|mai|jun|jul|aug|sep|okt|nov|dez)\w*)"
    r"\s?(20\d\d|\d\d(?!\d))?",
    re.IGNORECASE,
)


def sentences(line):
    """Return the sentences of a line; a shortened word ends none."""
    found = []
    for part in SENTENCE_ENDS.split(line.text):
        if found and SHORTENED.search(found[-1]):
            found[-1] += f" {part}"
        else:
            found.append(part)
    return found


def is_of_others(line):
    """Whether a line, or what stands above it, speaks of others than the house."""
    return bool(OF_OTHERS.search(" / ".join((*line.headings, line.text))))


def is_of_another_time(line, today, sentence=None):
    """Whether a line, or a sentence of it, speaks of what was or of what is to come."""
    text = sentence or line.text
    said = f"{' / '.join(line.headings)} / {text}"
    if OF_THE_PAST.search(said) or TO_COME.search(text):
        return True
    years = [int(year) for year in YEAR.findall(said)]
    return bool(years) and max(years) < today.year


def last_day_in(text, today):
    """Return the last day of the calendar a text names, by default of this year; None without."""
    days = [_day(match, today) for match in DAY.finditer(text)]
    return max((day for day in days if day), default=None)


def _day(match, today):
    day, month, name, year = match.groups()
    number = int(month) if month else MONTHS.index(name[:3].lower()) + 1
    full = int(year) if year and len(year) == 4 else 2000 + int(year) if year else today.year  # noqa: PLR2004
    try:
        return dt.date(full, number, int(day))
    except ValueError:
        return None
