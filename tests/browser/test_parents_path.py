"""A parent on a phone: says how old the child is, narrows, reads an offer, goes back."""

import re

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PLUTO = "Pluto: Offener Treff für Kinder (6-10)"


def say_seven_years(page):
    page.goto("/")
    page.get_by_label("Alter", exact=True).first.fill("7")
    page.get_by_label("in", exact=True).first.select_option("jahre")
    page.get_by_role("button", name="Angebote zeigen").first.click()
    page.wait_for_url("**/angebote/?alter=84")


def choose_wanne(page):
    if not page.get_by_role("button", name="Filter anwenden").is_visible():
        page.locator(".filters__summary").click()
    page.locator("summary", has_text="Stadtteil").click()
    page.locator("input[name=bezirk][value=bezirk-wanne]").check()
    page.get_by_role("button", name="Filter anwenden").click()
    page.wait_for_url("**bezirk=bezirk-wanne**")


def walk(page):
    """Walk the whole path; returns the heading that stood over the list before and after."""
    say_seven_years(page)
    choose_wanne(page)
    page.get_by_text("Alle Filter entfernen").wait_for()
    before = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("link", name=PLUTO).click()
    page.wait_for_url("**/angebote/pluto-**")
    assert page.get_by_role("heading", level=1).inner_text() == PLUTO
    assert page.get_by_text("Wilhelmstraße 89a").is_visible()
    page.go_back()
    page.wait_for_url("**bezirk=bezirk-wanne**")
    page.get_by_text("Alle Filter entfernen").wait_for()
    return before, page.get_by_role("heading", level=1).inner_text()


def test_a_parent_finds_pluto_and_comes_back_to_the_same_list(herne, page):
    before, after = walk(page)

    assert "7 Jahre" in before
    assert "Wanne" in before
    assert after == before


def test_the_same_path_works_without_javascript(herne, page_without_javascript):
    before, after = walk(page_without_javascript)

    assert "7 Jahre" in before
    assert after == before


def test_with_javascript_the_list_changes_in_place_and_says_so_once(herne, page):
    say_seven_years(page)
    page.evaluate("window.stillTheSamePage = true")

    choose_wanne(page)

    page.get_by_text("Alle Filter entfernen").wait_for()
    assert page.evaluate("window.stillTheSamePage") is True
    # The heading is read aloud because the focus goes there; nothing else says it again.
    assert page.evaluate("document.activeElement.id") == "results-title"
    assert "Wanne" in page.locator("#results-title").inner_text()
    said = page.locator("[role=status], [role=alert], [aria-live]").all_inner_texts()
    assert [words for words in said if words.strip()] == []


def test_nothing_of_a_search_stays_in_the_tab_and_back_still_works(herne, page):
    page.goto("/angebote/")
    page.get_by_label("Wonach suchen Sie?").fill("schwimmen")
    page.get_by_role("button", name="Suchen").click()
    page.wait_for_url("**q=schwimmen**")
    page.locator(".sorting__summary").click()
    page.get_by_role("link", name="Titel von A bis Z").click()
    page.wait_for_url("**sortierung=titel**")

    kept = page.evaluate("JSON.stringify([{...sessionStorage}, {...localStorage}])")
    page.go_back()
    page.wait_for_url(lambda address: "sortierung" not in address)
    page.locator(".sorting__summary strong", has_text="was am besten passt").wait_for()

    assert kept == "[{},{}]"
    assert "schwimmen" in page.get_by_role("heading", level=1).inner_text()
    assert page.evaluate("sessionStorage.length") == 0


def test_six_weeks_in_the_age_box_are_read_whole(herne, page):
    page.goto("/")
    page.get_by_label("Alter", exact=True).first.fill("6 Wochen")
    page.get_by_role("button", name="Angebote zeigen").first.click()

    page.wait_for_url("**/angebote/?alter=1")


def test_an_age_nobody_can_read_stays_in_its_field_with_the_message(herne, page):
    page.goto("/")
    page.get_by_label("Alter", exact=True).first.fill("6 Wachen")
    page.get_by_role("button", name="Angebote zeigen").first.click()

    field = page.locator("#filter-zahl")
    page.locator(".error-summary a[href='#filter-zahl']").click()
    described = page.locator(f"#{field.get_attribute('aria-describedby')}")
    assert (field.input_value(), field.get_attribute("aria-invalid")) == ("6 Wachen", "true")
    assert (field.is_visible(), "6 Wochen" in described.inner_text()) == (True, True)
    assert page.evaluate("document.activeElement.id") == "filter-zahl"


def test_one_chosen_filter_can_be_taken_away_again(herne, page):
    page.goto("/angebote/?alter=84&bezirk=bezirk-wanne")

    page.get_by_role("link", name="Filter entfernen: Stadtbezirk Wanne").click()

    page.wait_for_url("**/angebote/?alter=84")


def test_an_empty_list_says_which_filter_to_drop_and_whom_to_call(herne, page_without_javascript):
    page = page_without_javascript
    page.goto("/angebote/?alter=0&tag=so&kostenlos=1")

    assert page.get_by_role("link", name="ohne „Sonntag“ suchen").is_visible()
    assert page.locator("main a[href^='tel:']").first.is_visible()


def test_where_no_single_filter_is_to_blame_an_empty_list_names_two(herne, page_without_javascript):
    page = page_without_javascript
    page.goto("/angebote/?alter=0&tag=so&zeit=abend&kostenlos=1")

    page.get_by_role("link", name=re.compile("ohne „.*“ und „.*“ suchen")).first.click()

    assert page.locator(".offer-card").count() > 0
    assert "alter=0" in page.url


def test_help_is_one_tap_away_and_the_numbers_dial(herne, page):
    page.goto("/angebote/?alter=84")

    page.get_by_role("link", name="Hilfe sofort").first.click()

    page.wait_for_url("**/hilfe/")
    dialled = page.locator("a[href^='tel:']").evaluate_all(
        "all => all.map(a => a.getAttribute('href'))"
    )
    assert dialled[:2] == ["tel:112", "tel:110"]
    assert not page.get_by_text("Kinderschutzhotline").is_visible()
