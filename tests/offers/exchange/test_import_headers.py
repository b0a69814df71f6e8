"""What other lists call their columns is known without asking."""

import pytest

from offers.exchange.importing import mapping
from offers.exchange.importing.mapping import INSTITUTIONS, OFFERS


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ("Name der Einrichtung", "name"),
        ("Kita", "name"),
        ("Schulname", "name"),
        ("Träger der Einrichtung", "carrier_name"),
        ("Art der Einrichtung", "kind"),
        ("Straße, Hausnr.", "street"),
        ("PLZ / Ort", "postal_code_and_city"),
        ("Tel.-Nr.", "phone"),
        ("Mailadresse", "email"),
        ("Internetadresse", "url"),
        ("Anmerkungen", "notes"),
    ],
)
def test_a_column_of_institutions_is_known_by_what_lists_call_it(header, key):
    assert mapping.guess(INSTITUTIONS, [header]).columns == {header: key}


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ("Name des Angebots", "title"),
        ("Name der Einrichtung", "provider"),
        ("Alter der Kinder", "ages"),
        ("Teilnahmebeitrag", "prices"),
        ("Termin", "schedule_text"),
        ("Telefonnr.", "phone"),
    ],
)
def test_a_column_of_offers_is_known_by_what_lists_call_it(header, key):
    assert mapping.guess(OFFERS, [header]).columns == {header: key}


def test_two_columns_never_mean_the_same():
    found = mapping.guess(INSTITUTIONS, ["Einrichtung", "Name der Einrichtung", "Träger"]).columns

    assert found == {"Einrichtung": "name", "Träger": "carrier_name"}
