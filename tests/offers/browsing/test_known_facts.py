"""What nobody knows of an offer is one line; what is known gets the room."""

import re

import pytest

from tests.factories.offers import OfferFactory

pytestmark = pytest.mark.django_db


def facts_of(client, offer):
    """Return the terms of the list of facts, and the line of what is missing."""
    page = client.get(offer.get_absolute_url()).content.decode()
    missing = re.search(r'<p class="missing">(.*?)</p>', page, re.DOTALL)
    terms = re.findall(r'<dt class="fact__label">.*?<span>([^<]+)</span>', page, re.DOTALL)
    return terms, missing and missing[1]


def test_three_unknown_facts_are_one_line_with_two_ways_on(client):
    offer = OfferFactory(
        schedule_text="", languages=[], cost_kind="free", access_modes=["open"], cost_note=""
    )

    terms, missing = facts_of(client, offer)

    assert "Noch unbekannt: Zeiten, Ort, Sprachen, Barrierefreiheit." in missing
    assert re.findall(r'href="([^"]+)"', missing) == [
        "#kontakt",
        f"{offer.get_absolute_url()}melden/",
    ]
    assert terms == ["Kosten", "Teilnehmen"]


def test_what_becomes_known_gets_a_row_of_its_own(client):
    offer = OfferFactory(schedule_text="montags", languages=["tr"], cost_kind="unknown")

    terms, missing = facts_of(client, offer)

    assert {"Wann", "Sprachen"} <= set(terms)
    assert ("Zeiten" in missing, "Sprachen" in missing, "Kosten" in missing) == (False, False, True)


def test_no_row_asks_families_to_ask(client, herne):
    offers = ["junior-fahrbibliothek", "begleiteter-umgang", "babycafe"]

    pages = [client.get(f"/angebote/{slug}/").content.decode() for slug in offers]

    assert [page.count("Bitte fragen Sie nach.") for page in pages] == [0, 0, 0]
