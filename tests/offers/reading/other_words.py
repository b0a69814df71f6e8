"""How somebody writes facts and traps who has not seen how the reader reads (``pages.py``)."""

import phonenumbers

from tests.offers.reading import pages


def phone_words(number, dice):
    national = str(phonenumbers.parse(number).national_number)
    area, rest = national[:4], national[4:]
    forms = [f"0{area}/{rest}", f"0{area} – {rest}", f"0{area} {rest[:3]} {rest[3:]}"]
    forms += [f"0049 {area} {rest}", f"+49 (0){area} {rest}", f"0{area}.{rest}", f"+49{area}{rest}"]
    forms += [f"0{area} {rest[:2]}-{rest[2:]}", f"(0 {area[:2]} {area[2:]}) {rest}"]
    return dice.choice([*forms, f"0{area} / {rest[:3]} – {rest[3:]}"])


def day_words(day, dice):
    name = pages.DAYS[day]
    forms = [f"jeweils {name.lower()}s", f"am {name}", f"{name}s", f"an jedem {name}"]
    forms += [f"wöchentlich am {name}", f"{name}nachmittags", f"jede Woche {name}s"]
    forms += [f"regelmäßig {name}", f"den ganzen Winter über {name}s"]
    return dice.choice([*forms, f"{pages.SHORT[day]}."])


def clock_words(begin, end, dice):
    forms = [f"{begin}:00 Uhr bis {end}:00 Uhr", f"zwischen {begin} und {end} Uhr"]
    forms += [f"{begin} Uhr – {end} Uhr", f"{begin}.00-{end}.00 Uhr", f"{begin} – {end} h"]
    forms += [f"um {begin} Uhr, Ende {end} Uhr", f"Beginn: {begin} Uhr, Ende: {end} Uhr"]
    forms += [f"ab {begin} bis {end} Uhr", f"von {begin} Uhr bis ca. {end} Uhr"]
    # A word joiner, as editors on the web put it in.
    return dice.choice([*forms, f"({begin}–{end} Uhr)", f"{begin}\u2060–{end} Uhr"])


def price_words(euros, dice):
    if not euros:
        free = "Das Angebot ist für Sie kostenfrei."
        return dice.choice(["Die Teilnahme kostet nichts.", "gebührenfrei", "Eintritt frei", free])
    forms = [f"{euros} Euro im Monat", f"Sie zahlen {euros} Euro.", f"Unkostenbeitrag: {euros} €"]
    forms += [f"€ {euros},00 je Treffen", f"{euros},00 EUR/Person", f"Kursgebühr {euros},00 €"]
    return dice.choice(
        [*forms, f"{euros} Euro, Geschwister zahlen nichts", f"Pro Familie {euros} €"]
    )


CLOSED = [
    "Die Einrichtung ist derzeit geschlossen.",
    "Dieses Angebot gibt es nicht mehr.",
    "Die Gruppe entfällt bis auf Weiteres.",
    "Unser Treff schließt für immer.",
]
MOVES = [
    "Ab März finden Sie uns in neuen Räumen: Wir ziehen um.",
    "Unser Büro ist umgezogen, neue Anschrift: Am Markt 9.",
    "Umzug: Ab 1. April sind wir in der Mont-Cenis-Straße 12.",
]
FULL = [
    "Leider ausgebucht.",
    "Alle Plätze sind belegt.",
    "Der Kurs ist voll, wir führen eine Warteliste.",
    "Die Warteliste ist lang, es gibt derzeit keine freien Plätze.",
]
TRAPS = [
    "<p>Fax 02323 5566778</p>",
    "<h3>Presse</h3><p>Pressestelle: 0209 445566, presse@verband.example</p>",
    "<p>Am Samstag, 3. Mai 2025, feierten wir von 11 bis 15 Uhr unser Sommerfest.</p>",
    "<h3>Unsere Partner</h3><p>Musikschule, 02323 919293, info@musikschule.example</p>",
    "<p>Der Frühjahrskurs war schnell ausgebucht.</p>",
    "<p>An Feiertagen ist geschlossen.</p>",
    "<p>Mitgliedsbeitrag im Förderverein: 24 Euro im Jahr.</p>",
    "<p>Telefonsprechstunde der Verwaltung: montags 8 bis 9 Uhr</p>",
    "<p>Diese Seite wurde zuletzt am Dienstag, 4. Februar 2020 um 10:15 Uhr geändert.</p>",
    "<p>Das Gelände wird um 20 Uhr geschlossen.</p>",
    "<p>Das Haus schließt um 22 Uhr.</p>",
    "<p>Die Aufwandsentschädigung für Ehrenamtliche beträgt 10 Euro.</p>",
    "<p>Am Tag der offenen Tür (Sa., 14.6.) geht es um 11 Uhr los.</p>",
    "<p>Krisentelefon: 0800 111 0 333</p>",
    "<p>Buslinie 303, Abfahrt 9 bis 18 Uhr alle 20 Minuten</p>",
]
