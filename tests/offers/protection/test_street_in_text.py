"""An address is recognised however it is written, and nothing else is taken for it."""

import pytest

from offers.protection.street_in_text import Named, named, read_street, read_text

CANARY = read_street("Kanarienpfad 88")


@pytest.mark.parametrize(
    "text",
    [
        "Kanarienpfad 88",
        "<p>Kanarienpfad&nbsp;88</p>",
        "Kanarienpfad <strong>88</strong>",
        "Kanarien<em>pfad</em><br>88",
        "KANARIENPFAD  88, 44623 Herne",
        "Kanarien-Pfad 88",
        "Kanarien Pfad Nr. 88",
        "Kanarienpfad, Hausnummer 88",
        "Kanarienpfad 86–90",
        "Kanarienpfad 86 bis 90",
        "Kanarienpfad 86, 88",
        "Kanarienpfad 88a",
        "im Haus 88 am Kanarienpfad",
        "des Kanarienpfades 88",
        "Kana\u00adrien\u200bpfad 88",
        "K a n a r i e n p f a d 8 8",
        "Ｋａｎａｒｉｅｎｐｆａｄ ８８",
        "Kanarienpfad ٨٨",
        "https://beispiel.de/kanarienpfad-88/anfahrt",
        "https://karte.example/?q=Kanarienpfad%2088",
        "kanarienpfad88@beispiel.de",
        "&lt;p&gt;Kanarienpfad&amp;nbsp;88",
        "Treffpunkt: Kanarienpfad\n88",
    ],
)
def test_kanarienpfad_88_is_named(text):
    assert named(read_text(text), CANARY) == Named.WHOLE


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        ("Rosenstraße 5", "ROSENSTRASSE 5"),
        ("Rosenstr. 5", "Rosenstraße 5"),
        ("Rosen Straße 5", "rosenstr 5"),
        ("Mühlenweg 3", "Muehlenweg 3"),
        ("Mu\u0308hlenweg 3", "Mühlenweg 3"),
        ("Sankt-Anna-Straße 7", "St.-Anna-Str. 7"),
        ("Europaplatz 2", "Europapl. 2"),
        ("Straße des 17. Juni 135", "Straße des 17. Juni 135"),
        ("Kanarienpfad 86-90", "Kanarienpfad 88"),
        ("Kanarienpfad 88 (Hinterhaus)", "Kanarienpfad 88"),
        ("Kanarienpfad 88, 2. Etage", "Kanarienpfad 88"),
        ("Alter Kranichweg 88", "im Alten Kranichweg 88"),
        ("Alter Kranichweg 88", "die Ecke des Alten Kranichweges 88"),
        ("Neue Straße 3", "Haus 3 in der Neuen Straße"),
        ("Kleiner Grüner Winkel 4", "im kleinen grünen Winkel, Nr. 4"),
        ("Am Alten Hof 9", "am alten Hof 9"),
        ("Hohe Str. 1", "in der Hohen Straße 1"),
    ],
)
def test_both_spellings_are_one_address(stored, text):
    assert named(read_text(text), read_street(stored)) == Named.WHOLE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bahnhofstraße 12, Mo 8-18 Uhr", Named.WITH_ANOTHER_NUMBER),
        ("Bahnhofstraße 12, 8-18 Uhr", Named.WITH_ANOTHER_NUMBER),
        ("Bahnhofstraße, 8.30 Uhr", Named.ALONE),
        ("In der Bahnhofstraße", Named.ALONE),
        ("Bahnhofstraße 80", Named.WITH_ANOTHER_NUMBER),
        ("Bahnhofstraßenfest 8", Named.NOT),
        ("Hauptbahnhofstraße 8", Named.NOT),
        ("Bahnhof, Straße 8", Named.WHOLE),
        ("", Named.NOT),
    ],
)
def test_a_long_street_with_other_numbers_hours_and_prices_is_another_address(text, expected):
    assert named(read_text(text), read_street("Bahnhofstraße 8")) == expected


def test_a_street_of_numbers_and_signs_is_none():
    assert [read_street(text) for text in ["", "88", "–", "4, 12"]] == [None] * 4
