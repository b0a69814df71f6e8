"""Pages of providers as a test set: layouts filled with facts, some changed, some with traps.

A page is made for an entry. What stands there is what the entry says, or differs in known ways;
traps are what a hasty reader takes for a fact. The same number makes the same pages again.
"""

import random
import re
from dataclasses import dataclass, field, replace
from html import escape
from pathlib import Path

import phonenumbers

from kekiz_portal.lib import telephone
from offers.reading.reader import Known

TITLES = [
    *("Elterncafé", "Krabbelgruppe Purzelbaum", "Schwimmkurs für Kinder ab 5", "Hausaufgabenhilfe"),
    *("Offener Spieltreff", "Babymassage", "PEKiP-Kurs", "Familienfrühstück", "Vorlesestunde"),
    *("Sprachcafé für Mütter", "Erziehungsberatung", "Vätergruppe", "Kinderturnen", "Mädchentreff"),
    *("Rucksack KiTa", "Musikgarten", "Schreibabyberatung", "Bewegungszwerge", "Lerncafé"),
]
HOUSES = [
    "Kita Sonnenschein",
    "Familienzentrum Röhlinghausen",
    "Stadtteilbüro Bickern",
    "Haus Mitte",
]
HERE = Path(__file__).parent
LAYOUT = re.compile(r"<!--layout: [^>]*-->\n")
DAYS = ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag"]
SHORT = ["Mo", "Di", "Mi", "Do", "Fr"]
EMPTY = {"phone": frozenset(), "email": frozenset(), "times": "", "price": ""}


@dataclass(frozen=True)
class Facts:
    """What a house says of one offer: a day (0 is Monday), begin and end in hours, euros."""

    title: str
    house: str
    phone: str
    email: str
    day: int
    begin: int
    end: int
    euros: int
    notice: str = ""


@dataclass(frozen=True)
class Page:
    """HTML, what the entry says of itself, and the facts to be found, by name."""

    html: str
    known: Known
    expected: dict = field(default_factory=dict)
    layout: int = 0
    has_traps: bool = False


def layouts(which):
    """Return the layouts of a file: those the reader was written with, or the others."""
    return LAYOUT.split((HERE / f"layouts_{which}.html").read_text(encoding="utf-8"))[1:]


def some_facts(dice):
    begin = dice.randint(8, 17)
    return Facts(
        title=dice.choice(TITLES),
        house=dice.choice(HOUSES),
        phone=f"+492323{dice.randint(10, 98)}{dice.randint(1000, 9999)}",
        email=f"{dice.choice(['info', 'kontakt', 'treff'])}{dice.randint(1, 99)}@haus-herne.de",
        day=dice.randint(0, 4),
        begin=begin,
        end=begin + dice.randint(1, 3),
        euros=dice.choice([0, 3, 5, 8, 12, 45]),
    )


def known_by(facts, *, is_alone, **lacking):
    words = {
        "phones": frozenset({facts.phone}),
        "emails": frozenset({facts.email}),
        "times": f"{DAYS[facts.day]}, {facts.begin} bis {facts.end} Uhr",
        "price": f"{facts.euros} Euro" if facts.euros else "kostenlos",
    }
    return Known(names=(facts.title,), is_alone=is_alone, **words | lacking)


# How facts are written --------------------------------------------------------------------


def phone_words(number, dice):
    national = telephone.shown(number)
    parsed = phonenumbers.parse(number)
    area, rest = str(parsed.national_number)[:4], str(parsed.national_number)[4:]
    forms = [
        national,
        f"0{area} / {rest}",
        f"(0{area}) {rest[:2]} {rest[2:]}",
        f"+49 {area} {rest}",
    ]
    spaced = f"0 {area[:2]} {area[2:]} / {rest[:2]} {rest[2:4]} {rest[4:]}"
    return dice.choice([*forms, spaced, f"0{area}-{rest}"])


def day_words(day, dice):
    name = DAYS[day]
    return dice.choice([name, f"{name.lower()}s", f"jeden {name}", f"immer {name.lower()}s"])


def clock_words(begin, end, dice):
    forms = [f"{begin} bis {end} Uhr", f"{begin}–{end} Uhr", f"von {begin}.00 bis {end}.00 Uhr"]
    return dice.choice([*forms, f"{begin:02}:00 - {end:02}:00 Uhr", f"{begin:02}:00–{end:02}:00"])


def price_words(euros, dice):
    if not euros:
        return dice.choice(["kostenlos", "Die Teilnahme ist kostenlos.", "kostenfrei"])
    forms = [f"{euros} € pro Termin", f"{euros},00 Euro pro Kind", f"{euros} Euro je Familie"]
    return dice.choice([*forms, f"Teilnahmebeitrag {euros},- €", f"Kosten {euros} EUR"])


def filled(template, facts, dice, traps=("", "")):
    """Return a layout with facts written in one of many ways; traps go where it lets them."""
    day, clock = day_words(facts.day, dice), clock_words(facts.begin, facts.end, dice)
    shown = phone_words(facts.phone, dice)
    words = {
        "title": facts.title,
        "house": facts.house,
        "phone": shown,
        "tel": facts.phone,
        "email": facts.email,
        "day": day,
        "Day": DAYS[facts.day],
        "short": SHORT[facts.day],
        "clock": clock,
        "times": f"{day} {clock}",
        "price": price_words(facts.euros, dice),
        "notice": facts.notice,
    }
    words = {name: escape(text) for name, text in words.items()}
    words |= {"hidden_email": facts.email.replace("@", " (at) "), "trap": traps[0], "end": traps[1]}
    for name, text in words.items():
        template = template.replace("{" + name + "}", text)
    return template


# What changes -----------------------------------------------------------------------------

CLOSED = [
    "Unser Angebot ist bis auf Weiteres geschlossen.",
    "Die Gruppe findet zurzeit leider nicht statt.",
    "Wir haben die Gruppe dauerhaft eingestellt, sie bleibt geschlossen.",
]
MOVES = [
    "Wir ziehen zum 1. Februar in die Bahnhofstraße um.",
    "Wir sind umgezogen: neue Adresse Markt 4.",
]
FULL = [
    "Der Kurs ist ausgebucht.",
    "Zurzeit sind leider keine Plätze frei.",
    "Alle Plätze sind vergeben.",
]


def changed(facts, kind, dice):
    """Return facts as the page has them, what the entry lacks, and what is expected to be found."""
    if kind == "phone":
        new = replace(facts, phone=f"+492325{dice.randint(10, 98)}{dice.randint(1000, 9999)}")
        return new, {}, {"phone": new.phone}
    if kind == "email":
        new = replace(facts, email=f"neu{dice.randint(1, 99)}@haus-wanne.de")
        return new, {}, {"email": new.email}
    if kind == "times":
        new = replace(facts, day=(facts.day + dice.randint(1, 4)) % 5)
        if dice.random() < 0.5:
            new = replace(facts, begin=facts.begin + 1, end=facts.end + 2)
        return new, {}, {"times": new}
    if kind == "price":
        new = replace(facts, euros=facts.euros + 7)
        return new, {}, {"price": new.euros}
    if kind in ("closed", "moves", "full"):
        words = {"closed": CLOSED, "moves": MOVES, "full": FULL}[kind]
        new = replace(facts, notice=dice.choice(words))
        return new, {}, {"notice": new.notice}
    name = kind.removeprefix("no_")
    lacking = {"phone": "phones", "email": "emails"}.get(name, name)
    expected = {"phone": facts.phone, "email": facts.email, "times": facts, "price": facts.euros}
    return facts, {lacking: EMPTY[name]}, {name: expected[name]}


KINDS = [
    *("phone", "email", "times", "price", "closed", "moves", "full"),
    *("no_phone", "no_email", "no_times", "no_price", "times", "phone"),
]

TRAPS = [
    "<p>Telefax: 02323 99887766</p>",
    "<h3>Links</h3><p>Jugendamt der Stadt: Telefon 02323 161651, jugend@stadt-links.de</p>",
    "<h3>Im Notfall</h3><p>Polizei 110, Nummer gegen Kummer 116 111, Seelsorge 0800 1110111</p>",
    "<h3>Rückblick 2019</h3><p>Das Fest war am Samstag von 14 bis 18 Uhr und kostete 2 Euro.</p>",
    "<p>Bis 2021 fand die Gruppe donnerstags von 7 bis 8 Uhr statt.</p>",
    "<h3>Weitere Angebote</h3><p>Yoga: samstags 20 bis 22 Uhr, 99 Euro pro Kurs, 02323 445566</p>",
    "<p>Der nächste Kurs ist noch nicht ausgebucht.</p>",
    "<p>In den Schulferien ist geschlossen.</p>",
    "<p>Wenn der Kurs ausgebucht ist, schreiben wir Sie auf eine Liste.</p>",
    "<h3>Spendenkonto</h3><p>IBAN DE02 1203 0000 0000 2020 51. Schon 20 Euro helfen.</p>",
    '<div style="display:none">Telefon 02323 123456, montags 5 bis 6 Uhr, 77 Euro pro Kind</div>',
    "<!-- Telefon 02323 654321 dienstags 6 bis 7 Uhr -->",
    "<script>var text = 'Wir ziehen um! mittwochs 3 bis 4 Uhr, 55 Euro pro Kind';</script>",
    "<p><del>Telefon 02323 777888</del></p>",
    "<p>Kaution für Leihsachen: 50 Euro</p>",
    "<p>Wir beraten Sie auch beim Umzug in eine neue Wohnung.</p>",
    "<h3>Bürozeiten</h3><p>Montag bis Freitag 7:30 bis 7:45 Uhr</p>",
    "<p>Anmeldung montags 6 bis 7 Uhr beim Hausmeister.</p>",
    "<p>Webdesign und Umsetzung: Agentur Klick, 0201 445566, webmaster@klick-agentur.de</p>",
    "<h3>Datenschutz</h3><p>Unsere Datenschutzbeauftragte: 0211 384240, poststelle@ldi-nrw.de</p>",
    "<p>Ab 1. September 2031 geplant: samstags 9 bis 10 Uhr.</p>",
    "<p>Geschlossene Gruppe, keine neuen Gesichter nötig.</p>",
    "<p>Für Kinder von 2 bis 3 Jahren, höchstens 8 Kinder, Raum 1.04</p>",
    "<p>Stand: 12.03.2019. Postleitzahl 44623, Bahnhofstr. 120-124</p>",
]


def pages(templates, number, *, seed, changes, trapped):
    """Return ``number`` pages over the layouts in turn: so many changed, so many with traps."""
    dice = random.Random(seed)
    order = list(range(number))
    dice.shuffle(order)
    to_change = {place: KINDS[index % len(KINDS)] for index, place in enumerate(order[:changes])}
    dice.shuffle(order)
    with_traps = set(order[:trapped])
    made = []
    for place in range(number):
        layout = place % len(templates)
        made.append(
            _page(templates[layout], layout, to_change.get(place), place in with_traps, dice)
        )
    return made


def _page(template, layout, kind, has_traps, dice):
    facts = some_facts(dice)
    if kind and not _shows(template, kind):
        kind = next(one for one in KINDS if _shows(template, one))
    shown, lacking, expected = changed(facts, kind, dice) if kind else (facts, {}, {})
    traps = (_some_traps(dice), _some_traps(dice)) if has_traps else ("", "")
    html = filled(template, shown, dice, traps)
    is_alone = "<!--shared-->" not in template
    known = known_by(facts, is_alone=is_alone, **lacking)
    return Page(html, known, expected, layout, has_traps)


def _some_traps(dice):
    return "".join(f"<section>{one}</section>" for one in dice.sample(TRAPS, 2))


def _shows(template, kind):
    """Whether a layout has a place for what a change is about."""
    name = kind.removeprefix("no_")
    marks = {
        "phone": ("{phone}", "{tel}"),
        "email": ("{email}", "{hidden_email}"),
        "times": ("{times}", "{clock}"),
        "price": ("{price}",),
    }
    return any(mark in template for mark in marks.get(name, ("{notice}",)))
