"""On a phone the first offer is in sight, whatever was chosen, and the filters are a sheet."""

from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from offers.browsing.filters import FILTERS
from offers.catalogue import held

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SCREEN = 740  # px, the height of the phone
LOWEST = 312  # below a notice of three lines
HIGHEST_CARD = 170
FIRST = ".offer-card, .institution-card, .empty-state"
COMBINED = [
    "",
    "alter=84&bezirk=bezirk-wanne&kostenlos=1&tag=mi",
    "thema=eltern-kind-treffs&thema=krise&phase=weiterfuehrende-schule&ohne-anmeldung=1&sortierung=titel",
    "alter=18&bezirk=bezirk-herne-mitte&tag=mo&tag=di&tag=mi&zeit=vormittag&sprache=tr&barrierefrei=1",
    "thema=quatsch",
    "alter=quatsch&seite=999&bezirk=" + "lang" * 30,
    "zahl=6+Wachen&einheit=jahre",
    "seite=2&kostenlos=1",
    "q=schwimmkurs",
    "q=schwimkurs+7+jahre+wanne",
    "q=kindergelt&woertlich=1",
    "q=familienzentrum+regenkamp",
    "q=qxzqxz",
    "q=" + "sehrlangeswort" * 14,
    "q=schwimmkurs+eickel+samstag+abend+kostenlos+türkisch",
]


def test_the_first_card_is_in_sight_for_every_filter_and_many_together(herne, page):
    alone = [
        urlencode({one.name: value})
        for one in FILTERS
        for value, _label in one.choices(held.current())[:1] or [("84", "7 Jahre")]
        if one.name != "q"
    ]
    too_low = {}
    for query in [*alone, *COMBINED]:
        page.goto(f"/angebote/?{query}")
        box = page.locator(FIRST).first.bounding_box()
        if box["y"] > LOWEST:
            too_low[query] = box["y"]

    assert too_low == {}


def test_whoever_is_in_distress_sees_numbers_first_and_no_list_above_them(herne, page):
    page.goto("/angebote/?q=mann+schlägt+mich")

    number = page.locator(".call-now__link").first.bounding_box()
    assert number["y"] + number["height"] < SCREEN
    lists = page.locator(".offer-card, .search-box").all()
    assert all(one.bounding_box()["y"] > number["y"] for one in lists)


def test_a_card_is_low_enough_that_several_stand_on_one_screen(herne, page):
    page.goto("/angebote/")

    cards = page.locator(".offer-card").evaluate_all(
        """cards => cards.map(card => {
          const title = card.querySelector("h3");
          const lines = title.getBoundingClientRect().height
            / parseFloat(getComputedStyle(title).lineHeight);
          return [Math.round(lines), card.getBoundingClientRect().height, title.textContent];
        })"""
    )
    assert len(cards) == 20
    assert [one for one in cards if one[0] <= 3 and one[1] > HIGHEST_CARD] == []


def test_the_filters_cover_the_screen_and_escape_or_back_leads_to_where_one_was(herne, page):
    page.goto("/angebote/?alter=84")
    link = page.get_by_role("link", name="Filter (1)", exact=True)
    sheet = page.locator("#filter")

    link.click()
    page.locator("#filter:focus-within").wait_for()
    box = sheet.bounding_box()
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 360, 740)
    page.keyboard.press("Escape")
    sheet.wait_for(state="hidden")
    page.locator(".filters-link:focus").wait_for()
    link.click()
    page.go_back()
    sheet.wait_for(state="hidden")
    expect(page.locator(".offer-card").first).to_be_visible()


def test_behind_an_open_sheet_the_keyboard_reaches_nothing(herne, page):
    page.goto("/angebote/#filter")

    inside = set()
    for _press in range(40):
        page.keyboard.press("Tab")
        inside.add(
            page.evaluate(
                "document.activeElement === document.body"
                " || document.querySelector('#filter').contains(document.activeElement)"
            )
        )
    assert inside == {True}


def test_the_sheet_opens_and_closes_without_javascript(herne, page_without_javascript):
    page = page_without_javascript
    page.goto("/angebote/")

    page.locator(".filters-link").click()
    expect(page.get_by_role("button", name="Anzeigen")).to_be_visible()
    page.get_by_role("link", name="Schließen").click()
    expect(page.locator("#filter")).not_to_be_visible()
    page.locator(".filters-link").click()
    page.go_back()
    expect(page.locator("#filter")).not_to_be_visible()
