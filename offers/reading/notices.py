"""What a page announces: closed, moving, full."""

import re
from dataclasses import replace

from .sentences import IF, is_of_another_time, is_of_others, last_day_in, sentences

NOW = (
    r"(?:bis auf weiteres|vorübergehend|vorerst|dauerhaft|endgültig|zurzeit|zur zeit|derzeit|"
    r"momentan|aktuell|ab sofort|leider|ganz|für immer)"
)
CLOSED = re.compile(
    rf"{NOW}\b.{{0,60}}\b(?:geschlossen|schließ(?:t|en)|eingestellt)\b|"
    rf"\b(?:geschlossen|eingestellt|schließ(?:t|en))\b.{{0,30}}{NOW}|"
    r"\bbleib(?:t|en)\b.{0,60}\bgeschlossen\b|"
    r"\b(?:ist|sind) (?:wegen|vom|bis|seit)\b.{0,60}\bgeschlossen\b|"
    r"\bschließ(?:t|en)\b.{0,40}\b(?:zum|am|ihre türen|seine türen)\b|"
    r"\bwurden? .{0,30}\b(?:geschlossen|eingestellt|aufgelöst)\b|\bgibt es .{0,30}nicht mehr\b|"
    rf"\bfinde(?:t|n)\b.{{0,30}}\bnicht (?:mehr )?statt\b|\bfällt\b.{{0,30}}\baus\b|\bentfällt\b|"
    r"\bhaben? (?:wir |unsere? \w+ )?geschlossen\b",
    re.IGNORECASE,
)
MOVES = re.compile(
    r"\bzieh(?:t|en|e) .{0,50}\bum\b|\b(?:ist|sind) .{0,40}umgezogen\b|\bumgezogen\b|"
    r"\bunser(?:em)? umzug\b|\bumzug(?: (?:nach|in|an)\b|:)|\bneue(?:n|r|s)? "
    r"(?:adresse|anschrift|räume(?:n|r)?|räumlichkeiten|standort|haus|domizil)\b",
    re.IGNORECASE,
)
FULL = re.compile(
    r"\bausgebucht\b|\bkeine (?:freien )?plätze\b|\b(?:voll|komplett) belegt\b|"
    r"\balle plätze .{0,30}(?:belegt|vergeben|besetzt)\b|"
    r"\b(?:ist|sind) (?:leider |zurzeit |derzeit |bereits |schon ){0,3}voll\b|"
    r"\bnur noch (?:auf der )?warteliste\b|\baufnahmestopp\b",
    re.IGNORECASE,
)
NO = re.compile(
    r"\b(?:nicht|nie|selten|noch nicht|kein\w*)\s+(?:mehr\s+)?(?:\w+\s+)?(?:geschlossen|ausgebucht|"
    r"umgezogen)|geschlossene[nr]? (?:gruppe|kreis|fonds)|(?:schnell|oft|meist|häufig|immer|rasch) "
    r"(?:\w+ )?ausgebucht|feiertag|brückentag|ferien|weihnacht|jahreswechsel|zwischen den jahren|"
    r"betriebsausflug|(?:mon|diens|donners|frei|sams|sonn)tags?\s*(?::|\|)?\s*geschlossen|"
    r"mittwochs?\s*(?::|\|)?\s*geschlossen|umzugs|beim umzug|helfen .{0,40}umz|nicht ausgebucht|"
    r"wiedereröffn|wieder geöffnet|wieder (?:freie )?plätze|nicht geschlossen|hitzefrei|"
    r"\b(?:mo|di|mi|do|fr|sa|so)\b\.?(?:\s*[-–+,]\s*(?:mo|di|mi|do|fr|sa|so)\b\.?)*:?\s*geschlossen",
    re.IGNORECASE,
)
KINDS = {"closed": CLOSED, "moves": MOVES, "full": FULL}


def notices_in(lines, today):
    """Return pairs of kind and sentence that hold on a day, each kind once."""
    found = {}
    for line in lines:
        if is_of_others(line):
            continue
        for sentence in sentences(line):
            for kind, pattern in KINDS.items():
                if kind not in found and pattern.search(sentence) and _holds(line, sentence, today):
                    found[kind] = sentence
    return list(found.items())


def _holds(line, sentence, today):
    if NO.search(sentence) or IF.search(sentence):
        return False
    last = last_day_in(sentence, today)
    if last is not None and last < today and not re.search(r"\b(?:seit|ab|zum|am)\b", sentence):
        return False
    years = [int(year) for year in re.findall(r"(?<!\d)20[0-3]\d(?!\d)", sentence)]
    if years and max(years) < today.year:
        return False
    return not is_of_another_time(replace(line, text=""), today)
