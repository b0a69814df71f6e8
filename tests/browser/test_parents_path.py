"""A parent on a phone: says how old the child is, narrows, reads an offer, goes back."""

import re

import pytest
from playwright.sync_api import expect

from tests.factories.offers import OfferFactory, OfferPlaceFactory, ScheduleFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PLUTO = "Pluto: Offener Treff für Kinder (6-10)"


def say_seven_years(page):
    page.goto("/")
    page.get_by_label("Alter", exact=True).first.fill("7")
    page.get_by_label("in", exact=True).first.select_option("jahre")
    page.get_by_role("button", name="Angebote zeigen").first.click()
    page.wait_for_url("**/angebote/?alter=84")


def choose_wanne(page):
    page.locator(".filters-link").click()
    page.locator("#filter").get_by_text("Wo", exact=True).first.click()
    page.locator("input[name=bezirk][value=bezirk-wanne]").check()
    page.locator(".filters__send button").click()
    page.wait_for_url("**bezirk=bezirk-wanne**")


def walk(page):
    """Walk the whole path; returns the heading that stood over the list before and after."""
    say_seven_years(page)
    choose_wanne(page)
    page.get_by_text("Alle Filter entfernen").wait_for()
    before = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("link", name=PLUTO).click()
    page.wait_for_url("**/angebote/pluto-**")
    expect(page.get_by_role("heading", level=1)).to_have_text(PLUTO, use_inner_text=True)
    expect(page.get_by_text("Wilhelmstraße 89a")).to_be_visible()
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
    page.locator("#results-title:focus").wait_for()
    expect(page.locator("#results-title")).to_contain_text("Wanne", use_inner_text=True)
    said = page.locator("[role=status], [role=alert], [aria-live]").all_inner_texts()
    assert [words for words in said if words.strip()] == []


def test_nothing_of_a_search_stays_in_the_tab_and_back_still_works(herne, page):
    page.goto("/angebote/")
    page.get_by_label("Wonach suchen Sie?").fill("treff")
    page.get_by_role("button", name="Suchen").click()
    page.wait_for_url("**q=treff**")
    page.get_by_role("link", name="Filtern: kostenlos").click()
    page.wait_for_url("**kostenlos=1**")

    kept = page.evaluate("JSON.stringify([{...sessionStorage}, {...localStorage}])")
    page.go_back()
    page.wait_for_url(lambda address: "kostenlos" not in address)
    page.get_by_role("link", name="Filtern: kostenlos").wait_for()

    assert kept == "[{},{}]"
    expect(page.get_by_role("heading", level=1)).to_contain_text("treff", use_inner_text=True)
    assert page.evaluate("sessionStorage.length") == 0


def three_taps_to_a_free_course_on_wednesday(page):
    """Beyond typing; it were 14 once."""
    page.goto("/angebote/")
    page.get_by_label("Wonach suchen Sie?").fill("schwimmkurs")
    page.get_by_role("button", name="Suchen").click()
    page.wait_for_url("**q=schwimmkurs**")
    page.get_by_role("link", name="Filtern: kostenlos").click()
    page.wait_for_url("**kostenlos=1**")
    page.get_by_role("link", name="Filtern: Mi").click()
    page.wait_for_url("**tag=mi**kostenlos=1**")
    return page.locator(".offer-card__title").all_inner_texts()


def test_a_free_swimming_course_on_wednesday_is_three_taps_away(herne, page_without_javascript):
    course = OfferFactory(title="Schwimmkurs für Anfänger", cost_kind="free")
    ScheduleFactory(place=OfferPlaceFactory(offer=course), rrule="FREQ=WEEKLY;BYDAY=WE")

    titles = three_taps_to_a_free_course_on_wednesday(page_without_javascript)

    assert course.title in titles


def test_the_button_of_the_sheet_counts_along_and_says_so(herne, page):
    page.goto("/angebote/?alter=84#filter")
    button = page.locator(".filters__send button")
    before = button.inner_text()
    page.locator("summary", has_text="Das ist mir wichtig").click()
    with page.expect_response("**/angebote/anzahl/**"):
        page.locator("input[name=kostenlos]").check()
    expect(button).not_to_have_text(before)
    expect(page.locator("#filter-status")).to_have_text(re.compile(r"^\d+ Angebote$"))

    after = button.inner_text()
    assert re.fullmatch(r"\d+ Angebote anzeigen", before)
    assert int(after.split()[0]) < int(before.split()[0])
    button.click()
    page.wait_for_url("**kostenlos=1**")
    heading = page.get_by_role("heading", level=1)
    assert heading.inner_text().startswith(after.removesuffix(" anzeigen"))


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
    page.locator("[role=alert] a[href='#filter-zahl']").click()
    described = page.locator(f"#{field.get_attribute('aria-describedby')}")
    assert (field.input_value(), field.get_attribute("aria-invalid")) == ("6 Wachen", "true")
    assert (field.is_visible(), "6 Wochen" in described.inner_text()) == (True, True)
    page.locator("#filter-zahl:focus").wait_for()


def test_one_chosen_filter_can_be_taken_away_again(herne, page):
    page.goto("/angebote/?alter=84&bezirk=bezirk-wanne")

    page.get_by_role("link", name="Filter entfernen: Stadtbezirk Wanne").click()

    page.wait_for_url("**/angebote/?alter=84")


def test_an_empty_list_says_which_filter_to_drop_and_whom_to_call(herne, page_without_javascript):
    page = page_without_javascript
    page.goto("/angebote/?alter=0&tag=so&kostenlos=1")

    expect(page.get_by_role("link", name="ohne „Sonntag“ suchen")).to_be_visible()
    expect(page.locator("main a[href^='tel:']").first).to_be_visible()


def test_where_no_single_filter_is_to_blame_an_empty_list_names_two(herne, page_without_javascript):
    page = page_without_javascript
    page.goto("/angebote/?alter=0&tag=so&zeit=abend&kostenlos=1")

    page.get_by_role("link", name=re.compile("ohne „.*“ und „.*“ suchen")).first.click()

    page.wait_for_url(lambda address: "zeit=abend" not in address or "tag=so" not in address)
    page.locator(".offer-card").first.wait_for()
    assert "alter=0" in page.url


def test_help_is_one_tap_away_and_the_numbers_dial(herne, page):
    page.goto("/angebote/?alter=84")
    for _past_the_skip_link_and_the_name in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    page.wait_for_url("**/hilfe/")
    page.go_back()
    page.get_by_role("link", name="Hilfe sofort").first.click()

    page.wait_for_url("**/hilfe/")
    dialled = page.locator("a[href^='tel:']").evaluate_all(
        "all => all.map(a => a.getAttribute('href'))"
    )
    assert dialled[:2] == ["tel:112", "tel:110"]
    expect(page.get_by_text("Kinderschutzhotline")).not_to_be_visible()


def test_whoever_does_not_read_german_finds_the_same_list_in_turkish_in_two_taps(herne, page):
    page.goto("/angebote/?kostenlos=1")

    page.get_by_title("Languages").click()
    page.get_by_role("link", name="Türkçe").click()

    page.wait_for_url("**/tr/angebote/?kostenlos=1")
    assert page.evaluate("document.documentElement.lang") == "tr"
