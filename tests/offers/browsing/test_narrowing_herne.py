"""What families of Herne narrow the list by, in which order it stands, and where none leads to."""

import re
from html import unescape

import pytest
from django.db.models import F
from django.http import QueryDict

from offers.browsing.listing.page import BrowsePage
from offers.browsing.query import BrowseQuery
from offers.catalogue.reading import NOW, PAST
from offers.models import Offer
from tests.offers.browsing.by_sql import best_fit_first
from tests.offers.browsing.narrowing import offered, titles

pytestmark = pytest.mark.django_db


@pytest.fixture
def look(client):
    def read(query=""):
        return unescape(client.get(f"/angebote/?{query}").content.decode())

    return read


@pytest.mark.parametrize("slug", ["alleinerziehende", "neu-zugewandert", "kind-mit-behinderung",
                                  "vaeter", "grosseltern", "junge-menschen"])  # fmt: skip
def test_herne_has_something_for_each_of_these_families(herne, slug):
    assert slug in offered()["fuer"]
    assert titles(f"fuer={slug}")


def test_a_group_one_may_belong_to_in_danger_is_nobodys_filter(herne):
    assert "gewalt" not in offered()["fuer"]
    assert BrowseQuery(QueryDict("fuer=gewalt")).chosen == {}


@pytest.mark.parametrize("where", ["bezirk=bezirk-wanne", "bezirk=bickern", "plz=44649"])
def test_what_is_there_stands_before_what_comes_before_the_whole_city(herne, look, where):
    names = [name for name, _those in BrowseQuery(QueryDict(where)).groups]
    assert names == ["there", "comes", "city"]
    headings = re.findall(r'<h2 class="cards-title">(.*?) <bdi>', look(where))
    assert headings[0].startswith("Vor Ort: ")


def test_a_part_of_the_city_says_how_much_is_there_and_none_says_the_same_for_all(herne):
    (where,) = (one for one in BrowsePage(BrowseQuery(QueryDict(""))).facets if one.name == "wo")
    counts = {choice.label: choice.count for choice in where.choices}

    assert all(counts.values())
    assert counts["Stadtbezirk Wanne"] > counts["Bickern"]
    assert len(set(counts.values())) > 5


def test_past_years_never_stand_on_top_of_what_one_can_do_now(herne):
    found = best_fit_first(Offer.objects.published())
    when = dict(found.annotate(is_now=F("when")).values_list("pk", "is_now"))
    assert list(when.values()).count(PAST) > 10
    for slug in Offer.topics.rel.model.objects.values_list("slug", flat=True):
        keys = BrowseQuery(QueryDict(f"thema={slug}")).offers.tolist()
        assert [when[key] for key in keys] == sorted(when[key] for key in keys), slug


def test_old_office_hours_hide_nothing_that_one_applies_for_at_any_time(herne):
    now = best_fit_first(Offer.objects.published()).filter(when=NOW)

    names = set(now.values_list("title", flat=True))
    assert {"Kindergeld", "Unterhaltsvorschuss", "Bildung und Teilhabe: Schulbedarf"} <= names


@pytest.mark.parametrize("words", ["familienfrühstück", "sport im verein", "schwimmen"])
def test_a_search_puts_nothing_of_past_years_on_top_of_what_answers_as_well(herne, words):
    past = set(Offer.objects.published().with_past().filter(is_past=True).values_list("pk"))

    keys = BrowseQuery(QueryDict(f"q={words}")).offers.tolist()

    assert (keys[0],) not in past
    assert any((key,) in past for key in keys)


def test_an_empty_list_shows_three_offers_then_topics_then_who_answers(herne, look):
    page = look("alter=0&tag=so&zeit=abend")
    _before, _, rest = page.partition('class="empty-state"')

    assert rest.count('class="offer-card"') == 3
    assert re.findall(r'class="tag tag--link.*?<use href="[^"]*#(?!tag)\w+', rest, re.DOTALL)
    assert rest.index("offer-card") < rest.index("tag--link") < rest.index("city-contact")


def test_the_button_of_the_filters_counts_what_is_ticked(herne, client):
    number = len(titles("alter=84&kostenlos=1"))
    said = client.get("/angebote/anzahl/?zahl=7&einheit=jahre&kostenlos=1").content.decode()

    assert f"{number} Angebote anzeigen" in said
    assert client.get("/angebote/anzahl/?alter=x&plz=0&seite=9&q=%00").status_code == 200


def test_what_is_ticked_beside_words_of_distress_is_sent_to_no_address(herne, look):
    page = look("q=mann+schlägt+mich")

    assert "/angebote/anzahl/" not in page
    assert "/angebote/anzahl/" in look("q=schwimmkurs")
