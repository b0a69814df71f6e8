"""Lists of offers for the pages of others: small, readable in their colours, in nobody's debt."""

import re

import pytest

from offers.found import colours
from offers.views.embedding import SCRIPT
from tests.factories.offers import (
    OfferFactory,
    OfferPlaceFactory,
    ProtectedLocationFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db


def test_the_script_weighs_at_most_three_kilobytes():
    assert len(SCRIPT.read_bytes()) <= 3_000


def test_a_list_may_stand_in_a_frame_of_anybody_and_no_other_page_may(client):
    OfferFactory(title="Krabbelgruppe", topics=[TopicFactory(slug="spiel")])
    for answer in (client.get("/angebote/einbetten/"), client.get("/angebote/einbetten/")):
        assert "Krabbelgruppe" in answer.content.decode()
        assert "frame-ancestors *" in answer["Content-Security-Policy"]
        assert "X-Frame-Options" not in answer
        assert answer.cookies == {}
    assert "frame-ancestors 'none'" in client.get("/einbetten/")["Content-Security-Policy"]


def test_a_list_narrows_like_the_portal_and_takes_no_words_of_a_search(client):
    OfferFactory(title="Krabbelgruppe", topics=[TopicFactory(slug="spiel")])
    OfferFactory(title="Anderes", topics=[TopicFactory(slug="anderes")])
    page = client.get("/angebote/einbetten/?thema=spiel&q=anderes&alter=quatsch").content.decode()

    assert "Krabbelgruppe" in page
    assert "Anderes" not in page.partition("<main>")[2]


def test_a_list_shows_no_protected_address(client):
    hidden = ProtectedLocationFactory(street="Kanarienpfad 88", city="Herne")
    OfferPlaceFactory(offer=OfferFactory(title="Schutz", topics=[TopicFactory()]), location=hidden)

    page = client.get("/angebote/einbetten/").content.decode()
    assert "Schutz" in page
    assert "anarien" not in page


@pytest.mark.parametrize(
    ("link", "ground"),
    [
        ("ffcc00", "ffffff"),
        ("c4122f", "102030"),
        ("quatsch", "}*{color:red"),
        ("#777777", "888888"),
    ],
)
def test_whatever_colours_a_page_has_its_list_can_be_read(client, link, ground):
    page = client.get("/angebote/einbetten/", {"farbe": link, "grund": ground}).content.decode()
    [address] = re.findall(r'rel="stylesheet" href="([^"]+)"', page)
    style = client.get(address.replace("&amp;", "&")).content.decode()
    named = dict(re.findall(r"--(ink|link|ground): (#[0-9a-f]{6});", style))

    assert colours.contrast(named["link"], named["ground"]) >= 4.5
    assert colours.contrast(named["ink"], named["ground"]) >= 4.5


def test_the_code_says_in_the_chosen_language_what_the_list_is_of(client):
    OfferFactory(topics=[TopicFactory(slug="spiel", name="Spiel")])
    page = client.get("/einbetten/?thema=spiel&sprache=en&farbe=%23c4122f").content.decode()

    assert "/en/angebote/einbetten/?thema=spiel&amp;amp;farbe=c4122f" in page
    assert "Services · Spiel" in page
