"""Suggestions under the search field: by keyboard, by ear, by finger, and without scripts."""

import pytest
from playwright.sync_api import expect

from tests.browser.barriers import serious_barriers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SMALL_PHONE = {"width": 360, "height": 640}


@pytest.fixture
def field(herne, page):
    """The search field of the first page, with the suggestions for "heb" below it."""
    page.goto("/")
    field = page.get_by_role("combobox", name="Oder schreiben Sie, was Sie suchen")
    field.press_sequentially("heb")
    page.get_by_role("option", name="Hebammenvermittlung").wait_for()
    return field


def active(page):
    """Return the words of the option that the field says is active, or ``None``."""
    return page.evaluate(
        "() => { const key = document.activeElement.getAttribute('aria-activedescendant');"
        " return key && document.getElementById(key).textContent; }"
    )


def test_arrow_keys_walk_through_the_list_and_back_into_the_field(field, page):
    options = page.get_by_role("listbox").get_by_role("option")
    first, last = options.first.inner_text(), options.last.inner_text()

    expect(field).to_have_attribute("aria-expanded", "true")
    assert active(page) is None
    field.press("ArrowDown")
    assert active(page) == first
    expect(options.first).to_have_attribute("aria-selected", "true")
    field.press("ArrowUp")
    assert active(page) is None
    field.press("ArrowUp")
    assert active(page) == last
    page.locator("[name=q]:focus").wait_for()


def test_enter_follows_the_active_suggestion(field, page):
    field.press("ArrowDown")
    address = page.get_by_role("listbox").get_by_role("option").first.get_attribute("href")

    field.press("Enter")

    page.wait_for_url(f"**{address}")


def test_enter_without_a_choice_searches_for_what_was_typed(field, page):
    field.press("Enter")

    page.wait_for_url("**/angebote/?q=heb")


def test_escape_closes_the_list_and_leaves_the_text(field, page):
    field.press("Escape")

    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_value("heb")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press("ArrowDown")
    assert active(page) is not None


def test_a_tap_follows_a_suggestion(field, page):
    page.get_by_role("option", name="Hebammenvermittlung").click()

    page.wait_for_url("**/angebote/hebammenvermittlung/")


def test_how_many_there_are_is_said_politely_and_axe_finds_nothing_serious(field, page):
    assert serious_barriers(page) == []
    status = page.locator("[data-suggestions-status]")

    expect(status).to_contain_text("Vorschläge")
    expect(status).to_have_attribute("role", "status")
    field.press("Tab")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(status).to_have_text("")


def test_the_field_works_again_after_the_list_was_swapped_in_place(herne, page):
    page.goto("/angebote/")
    page.get_by_role("combobox").fill("hebamme")
    page.get_by_role("combobox").press("Enter")
    page.wait_for_url("**q=hebamme")
    page.get_by_role("heading", level=1, name="hebamme").wait_for()

    page.get_by_role("combobox").fill("")
    page.get_by_role("combobox").press_sequentially("krab")

    expect(page.get_by_role("option", name="Krabbelgruppe „Em-Mäuschen“")).to_be_visible()


def test_without_javascript_the_field_just_searches(herne, page_without_javascript):
    page = page_without_javascript
    page.goto("/")
    field = page.get_by_role("searchbox", name="Oder schreiben Sie, was Sie suchen")
    field.fill("hebamme")
    field.press("Enter")

    page.wait_for_url("**/angebote/?q=hebamme")
    expect(page.get_by_role("link", name="Hebammenvermittlung")).to_be_visible()


@pytest.mark.parametrize("start", ["/", "/angebote/"])
def test_what_somebody_in_need_typed_leaves_the_address_and_the_tab(herne, page, start):
    page.set_viewport_size(SMALL_PHONE)
    page.goto(start)
    page.locator("[name=q]").fill("mann schlägt mich")
    page.locator("[name=q]").press("Enter")
    page.get_by_role("link", name="110").first.wait_for()

    page.wait_for_url(lambda address: "?" not in address)
    assert "schl" not in page.evaluate("JSON.stringify({...sessionStorage, ...localStorage})")
    assert "schl" not in page.title()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        ["Hier hilft Ihnen sofort jemand"], use_inner_text=True
    )
    call = page.locator(".call-now a[href^='tel:']").first.bounding_box()
    assert call["y"] >= 0
    assert call["y"] + call["height"] <= SMALL_PHONE["height"]
    assert call["y"] < page.locator("#results-title").bounding_box()["y"]
