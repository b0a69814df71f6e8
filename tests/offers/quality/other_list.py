"""Herne's institutions once more, as another list writes them: other names for the same houses.

As NRW's open data on schools: the area code in a column of its own, kinds of schools in short or
in full, streets in short, a word more or less, now and then a typing error.
"""

import csv
import random
import re

from django.conf import settings

from kekiz_portal.lib import telephone
from offers.quality import stock_twins
from offers.quality.identity import Address
from offers.quality.stock_twins import Subject, channels

OTHER_WORDS = [
    (r"\bKath(?:olische[sr]?|\.)", "Kath."),
    (r"\bEv(?:angelische[sr]?|\.)", "Evangelische"),
    (r"\bStädtische[sr]?\b", "Städt."),
    (r"\bKita\b|\bKindertagesstätte\b", "Kindertageseinrichtung"),
    (r"\bKindertageseinrichtung\b", "Tageseinrichtung für Kinder"),
    (r"\bGrundschule\b", "GGS"),
    (r"\bGemeinschaftsgrundschule\b", "Städt. Gem. Grundschule"),
    (r"\bSt\.", "Sankt"),
    (r"\bSankt\b", "St."),
    (r"\bFamilienzentrum\b", "FamZ"),
    (r"\be\. ?V\.", ""),
    (r"\bund\b", "u."),
    (r"straße\b", "str."),
    (r"-", " "),
]


def herne():
    """Return the rows of the city's list of institutions."""
    with (settings.CITY_DIR / "institutions.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def as_the_state_writes_it(rows, seed=7):
    """Return the same houses in other words; each row keeps its place."""
    dice = random.Random(seed)
    return [_other(row, dice) for row in rows]


def subjects(rows, first_key):
    """Return rows as they are compared, with keys from a number on."""
    return [_subject(row, first_key + number) for number, row in enumerate(rows)]


def _subject(row, key):
    number = row["Telefon der Zentrale"]
    if "Vorwahl" in row:
        number = telephone.joined(row["Vorwahl"], number)
    address = Address.of(row["Straße und Hausnummer"], row["Postleitzahl"], row["Stadt"])
    return Subject(
        key=key,
        name=row["Name"],
        channels=channels([number], [row["Funktionspostfach"]]),
        streets=frozenset({address} if address.street else ()),
    )


def _other(row, dice):
    name = row["Name"]
    for pattern, words in dice.sample(OTHER_WORDS, 8):
        name = re.sub(pattern, words, name)
    chance = dice.random()
    if chance < 0.25:
        name = f"{name}, Herne"
    elif chance < 0.4:
        name = f"Stadt Herne: {name}"
    elif chance < 0.55:  # the kind behind the name
        kind, _blank, rest = name.partition(" ")
        name = f"{rest} {kind}" if rest else name
    if dice.random() < 0.15 and len(name) > 8:
        cut = dice.randint(3, len(name) - 3)
        name = name[:cut] + name[cut + 1 :]
    street = re.sub(r"straße\b", "str.", row["Straße und Hausnummer"])
    code, _blank, number = row["Telefon der Zentrale"].partition(" ")
    street = street if dice.random() < 0.85 else ""
    changed = {"Name": " ".join(name.split()), "Straße und Hausnummer": street, "Vorwahl": code}
    kept = number.replace(" ", "").replace("-", "") if dice.random() < 0.8 else ""
    mail = row["Funktionspostfach"].upper() if dice.random() < 0.5 else ""
    return row | changed | {"Telefon der Zentrale": kept, "Funktionspostfach": mail}


def found_again(rows, others):
    """Return the pairs of the same house that are found in both lists, and all other pairs."""
    both = [*subjects(rows, 0), *subjects(others, len(rows))]
    found = stock_twins.pairs(both, stock_twins.is_one_house)
    right = [one for one in found if one.second - one.first == len(rows)]
    return right, [one for one in found if (one.second - one.first) % len(rows)]
