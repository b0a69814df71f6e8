"""What the search field suggests while one types, and what its page says without scripts."""

import re
from html import unescape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from offers.search.suggesting import suggestions

pytestmark = pytest.mark.django_db

ADDRESS = "/angebote/vorschlaege/"


@pytest.fixture
def suggested(client, herne):
    """Type a text: suggested("heb") -> {group: [words, ...]} as the field shows them."""

    def read(text):
        response = client.get(ADDRESS, {"q": text}, headers={"X-Requested-With": "fetch"})
        assert response.status_code == 200
        groups = re.findall(r'role="group".*?</div>\s*(.*?)\s*</div>', page(response), re.DOTALL)
        names = re.findall(r'id="vorschlaege-(\w+)"', page(response))
        options = [re.findall(r'role="option"[^>]*>([^<]*)</a>', group) for group in groups]
        return dict(zip(names, options, strict=True))

    return read


def page(response):
    return unescape(response.content.decode())


def test_the_beginning_of_a_word_is_enough(suggested):
    assert "Hebammenvermittlung" in suggested("heb")["angebote"]


def test_the_words_before_the_last_one_count_too(suggested):
    assert "Krabbelgruppe" in suggested("baby krab")["angebote"][0]


def test_topics_phases_and_houses_are_suggested_by_their_name(suggested):
    assert "Geld & Recht" in suggested("gel")["themen"]
    assert "Grundschule" in " ".join(suggested("grundsch")["phasen"])
    assert suggested("hebammenz")["einrichtungen"] == ["ASB Hebammenzentrale (Bochum/Herne)"]


def test_help_is_suggested_first_to_somebody_in_need(suggested):
    assert next(iter(suggested("mann schlägt mich"))) == "hilfe"


@pytest.mark.parametrize("text", ["", " ", "h", "\x00", "qxzqxz", "a" * 10_000, "🤱🤱"])
def test_nothing_is_suggested_where_nothing_can_be_meant(suggested, text):
    assert suggested(text) == {}


def test_few_are_suggested_however_many_begin_so(suggested):
    assert all(len(entries) <= 5 for entries in suggested("ki").values())


def test_a_page_of_its_own_lists_the_same_as_links(client, herne):
    html = page(client.get(ADDRESS, {"q": "heb"}))

    assert "<h1>Meinen Sie das?</h1>" in html
    assert re.search(
        r'<li><a class="entries__link" href="/angebote/[^"]+">Hebammenvermittlung</a>', html
    )
    assert 'value="heb"' in html


def test_a_page_without_a_suggestion_leads_on(client, herne):
    html = page(client.get(ADDRESS, {"q": "qxzqxz"}))

    assert "Dazu haben wir keinen Vorschlag." in html
    assert 'href="/angebote/"' in html


def test_nothing_typed_stays_on_the_way(client, herne):
    response = client.get(ADDRESS, {"q": "heb"})

    assert "no-store" in response["Cache-Control"]
    assert not response.cookies


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(max_size=60))
def test_no_text_breaks_the_suggestions(herne, text):
    assert suggestions(text)
