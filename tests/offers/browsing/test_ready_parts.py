"""Parts of a page that are rendered once show each reader what is his own, and nothing else's."""

import pytest
from django.urls import reverse

from offers.browsing.ready import filled, gap
from tests.factories.offers import OfferFactory

pytestmark = pytest.mark.django_db
SCRIPT = '"><script>alert(1)</script>'


def test_what_fills_a_gap_is_escaped_and_does_not_stay():
    shape = (("action", "/"), ("prefix", "x"), ("q", gap("q")))

    first = filled("search-box", shape, q=SCRIPT)
    second = filled("search-box", shape, q="Bär")

    assert 'value="&quot;&gt;&lt;script&gt;' in first
    assert 'value="Bär"' in second
    assert "script" not in second


@pytest.mark.parametrize("name", ["q", "zahl", "alter", "thema", "sortierung", "seite", "einheit"])
def test_nothing_a_reader_types_becomes_markup(client, name):
    OfferFactory(title=f"Treff {SCRIPT}", provider_name=f"Verein {SCRIPT}")

    page = client.get(reverse("offers:browse"), {name: SCRIPT, "zahl": SCRIPT}).content.decode()

    assert "<script>alert" not in page
    assert "Treff &quot;&gt;&lt;script&gt;" in page or name in {"q", "alter"}


def test_a_typed_age_stays_in_its_box_only_for_who_typed_it(client):
    typed = client.get(reverse("offers:browse"), {"zahl": "abc", "einheit": "monate"})
    other = client.get(reverse("offers:browse"))

    assert 'value="abc"' in typed.content.decode()
    assert "abc" not in other.content.decode()


def test_each_choice_has_its_own_number_and_tick(client):
    OfferFactory(cost_kind="free", languages=["tr"])
    OfferFactory(cost_kind="free")

    page = client.get(reverse("offers:browse"), {"sprache": "tr"}).content.decode()
    _before, _, page = page.partition("filters__form")

    line = next(one for one in page.split("<li>") if 'name="kostenlos"' in one)
    ticked = next(one for one in page.split("<li>") if 'name="sprache" value="tr"' in one)
    assert ("(1)" in line, "checked" in line) == (True, False)
    assert ("(1)" in ticked, "checked" in ticked) == (True, True)
