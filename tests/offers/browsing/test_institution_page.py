"""No page of an institution is a dead end: a way there, whom to ask, where to say what is wrong."""

import re

import pytest

pytestmark = pytest.mark.django_db


def page_of(client, slug, language=""):
    page = client.get(f"{language}/einrichtungen/{slug}/").content.decode()
    return re.search(r"<main.*?</main>", page, re.DOTALL)[0]


@pytest.mark.parametrize("language", ["", "/ar"])
def test_a_kita_of_which_only_the_street_is_known_leads_on(client, herne, language):
    page = page_of(client, "awo-kita-fabio", language)

    assert "openstreetmap.org/directions?to=Mont-Cenis-Stra%C3%9Fe%20144" in page
    assert f"{language}/angebote/kita-platz-vormerken-kita-navigator/" in page
    assert "city-contact" in page
    assert page.count('href="tel:') >= 2  # whom to ask, and where to say that something is wrong


def test_a_house_with_a_number_names_nobody_else_to_ask(client, herne):
    page = page_of(client, "abenteuerspielplatz-hasenkamp")

    assert 'href="tel:+49232544082"' in page
    assert "city-contact" not in page
    assert "kita-navigator" not in page
    assert "Stimmt etwas nicht?" in page


def test_what_the_office_doubts_is_no_name(client, herne):
    page = page_of(client, "begegnungsstaette-horsthausen")

    assert "Jugend?" not in page
    assert "Träger" not in page
