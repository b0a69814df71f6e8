"""One cell as a German office fills it in is understood, or refused with a sentence about it."""

import pytest
from django.core.exceptions import ValidationError

from kekiz_portal.lib.tables import readings

UNDERSTOOD = {
    readings.date: {
        "31.12.2026": "2026-12-31",
        "1.2.2026": "2026-02-01",
        "2026-12-31": "2026-12-31",
        "2026-12-31 00:00:00": "2026-12-31",
    },
    readings.truth: {"Ja": True, "x": True, "WAHR": True, "1": True, "nein": False, "0": False},
    readings.is_ticked: {
        "✓": True,
        " X ": True,
        "+": True,
        "ja": True,
        "": False,
        "  ": False,
        "nein": False,
        "☐": False,
    },
    readings.link: {
        "www.herne.de": "https://www.herne.de",
        "http://herne.de/kita": "http://herne.de/kita",
    },
    readings.mailbox: {
        "mailto:kita@herne.de": "kita@herne.de",
        "<kita@herne.de>": "kita@herne.de",
        " kita@herne.de ": "kita@herne.de",
    },
}
REFUSED = {
    readings.date: {
        "31.02.2026": "„31.02.2026“ ist kein Datum wie 31.12.2026.",
        "bald": "„bald“ ist kein Datum wie 31.12.2026.",
        "2026-12-31 09:00": "„2026-12-31 09:00“ ist kein Datum wie 31.12.2026.",
    },
    readings.truth: {"vielleicht": "„vielleicht“ ist weder „ja“ noch „nein“."},
    readings.is_ticked: {"vielleicht": "„vielleicht“ ist weder ein „x“ noch leer."},
    readings.phone: {
        "2,32316E+11": "Excel hat die Nummer zu „2,32316E+11“ gekürzt. Bitte als Text eintragen."
    },
}


def pairs(table):
    return [(read, text, told) for read, texts in table.items() for text, told in texts.items()]


@pytest.mark.parametrize(("read", "text", "meant"), pairs(UNDERSTOOD))
def test_what_an_office_writes_is_understood(read, text, meant):
    assert read(text) == meant


@pytest.mark.parametrize(("read", "text", "told"), pairs(REFUSED))
def test_what_may_mean_anything_is_refused_with_its_words(read, text, told):
    with pytest.raises(ValidationError) as refused:
        read(text)

    assert refused.value.messages == [told]


def test_a_telephone_number_gets_back_the_zero_that_excel_took():
    assert readings.phone("2323161234") == readings.phone("02323 161234")
    assert readings.phone("492323161234") == readings.phone("+49 2323 161234")
    assert not readings.lost_a_zero("492323161234")


def test_a_choice_is_read_by_its_label_or_its_key_and_else_all_are_named():
    choices = [("free", "kostenlos"), ("paid", "mit Preis")]

    assert readings.choice("Kostenlos", choices) == readings.choice("FREE", choices) == "free"
    with pytest.raises(ValidationError) as refused:
        readings.choice("billig", choices)
    assert refused.value.messages == [
        "„billig“ gibt es hier nicht; möglich sind: kostenlos, mit Preis."
    ]
