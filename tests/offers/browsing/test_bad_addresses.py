"""Whatever stands in an address, a person gets a page that says what happened."""

from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.django_db

PARAMETERS = [
    "q", "alter", "phase", "thema", "bezirk", "plz", "tag", "zeit", "kostenlos", "but", "sprache",
    "barrierefrei", "ohne-anmeldung", "online", "sortierung", "seite", "zahl", "einheit", "fuer",
    "umkreis", "wann", "anonym",
]  # fmt: skip
NONSENSE = [
    "abc", "-99999", "1" + "0" * 30, "%00", "a" * 10_000, "%ff%fe", "%F0%9F%91%B6", "1.5", "٣",
    "²", "' OR 1=1--", "<script>", "../../etc", "%E2%80%8F", "-", "--5", "NaN",
]  # fmt: skip


@pytest.mark.parametrize("value", NONSENSE)
@pytest.mark.parametrize("name", PARAMETERS)
def test_nonsense_in_one_filter_leaves_the_rest_of_the_page_standing(client, name, value):
    response = client.get(f"/angebote/?kostenlos=1&{name}={value}")

    assert response.status_code in {200, 302}
    if response.status_code == 302:
        assert client.get(response.url).status_code == 200


@pytest.mark.parametrize(
    "name", ["alter", "phase", "thema", "bezirk", "plz", "tag", "seite", "zahl"]
)
def test_the_page_says_what_it_could_not_use(client, name):
    page = client.get(f"/angebote/?{name}=quatsch").content.decode()

    assert "quatsch" in page or "als Zahl" in page


def test_a_filter_given_twice_keeps_the_first_and_says_so(client):
    page = client.get("/angebote/?alter=3&alter=4").content.decode()

    assert "3 Monate" in page
    assert "„4“" in page


def test_a_page_beyond_the_end_shows_the_last_one_and_says_so(client):
    response = client.get("/angebote/?seite=999")

    assert response.status_code == 200
    assert "Seite 999 gibt es nicht" in response.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/angebote/gibt-es-nicht/", "/lebensphasen/gibt-es-nicht/", "/einrichtungen/gibt-es-nicht/",
        "/angebote/%00/", "/lebensphasen/%ff/", "/gibt-es-nicht/", f"/einrichtungen/{'a' * 3000}/",
    ],
)  # fmt: skip
def test_an_unknown_address_offers_a_way_back(client, path):
    response = client.get(path)

    assert response.status_code == 404
    assert 'href="/angebote/"' in response.content.decode()


@pytest.mark.parametrize("name", ["art", "bezirk", "seite"])
@pytest.mark.parametrize("value", NONSENSE)
def test_nonsense_in_the_list_of_institutions_is_ignored(client, name, value):
    assert client.get(f"/einrichtungen/?{name}={value}").status_code == 200


@settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(
        st.tuples(st.sampled_from(PARAMETERS), st.text(st.characters(exclude_categories=["Cs"]))),
        max_size=6,
    )
)
def test_no_address_ever_breaks_the_list_of_offers(client, pairs):
    query = "&".join(f"{name}={quote(value)}" for name, value in pairs)

    assert client.get(f"/angebote/?{query}").status_code in {200, 302}


@pytest.mark.parametrize(
    ("month", "year"),
    [
        ("13", "2025"),
        ("0", "2025"),
        ("abc", "2025"),
        ("5", "99999999999"),
        ("", ""),
        ("\x00", "2025"),
        ("5", "1950"),
    ],
)
def test_a_birth_month_that_cannot_be_is_explained_and_not_lost(client, month, year):
    response = client.post("/", {"monat": month, "jahr": year})

    assert response.status_code == 200
    page = response.content.decode()
    assert "Wählen Sie den Monat" in page or "Das Portal hilft" in page


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options"])
def test_the_list_answers_only_to_reading_and_sending(client, method):
    assert getattr(client, method)("/angebote/").status_code == 405


@pytest.mark.parametrize("path", ["/angebote/", "/einrichtungen/"])
@pytest.mark.parametrize("number", ["7", "100000099"])
def test_a_page_that_is_not_there_is_named_as_it_was_asked_for(client, path, number):
    page = client.get(f"{path}?seite={number}").content.decode()

    assert f"Seite {number} gibt es nicht. Sie sehen die letzte Seite." in page


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/angebote/?seite=1&seite=2", "Seite: Hier geht nur eine Auswahl. „2“"),
        ("/angebote/?sortierung=titel&sortierung=termin", "Hier geht nur eine Auswahl. „termin“"),
        ("/angebote/?q=Hebamme&q=Kita", "Suche: Hier geht nur eine Auswahl. „Kita“"),
        ("/angebote/?alter=3&alter=4", "Alter des Kindes: Hier geht nur eine Auswahl. „4“"),
        ("/einrichtungen/?seite=1&seite=2", "Seite: Hier geht nur eine Auswahl. „2“"),
        ("/einrichtungen/?art=a&art=b", "Art der Einrichtung: Hier geht nur eine Auswahl. „b“"),
    ],
)
def test_what_can_be_chosen_once_only_keeps_the_first_and_says_so(client, address, words):
    assert words in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("text", "words"),
    [("a%00b", "ein Zeichen, das wir nicht lesen können"), ("a" * 201, "höchstens 200 Zeichen")],
)
def test_a_search_that_cannot_be_read_is_told_why(client, text, words):
    page = client.get(f"/angebote/?q={text}").content.decode()

    assert words in page
    assert "kennen wir nicht" not in page


def test_a_sign_nobody_sees_in_pasted_words_does_not_lose_them(client):
    answer = client.post("/angebote/", {"q": "\0hebamme"})

    assert answer["Location"] == "/angebote/?q=hebamme"
