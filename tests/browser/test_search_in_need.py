"""Somebody in need searches on a phone without JavaScript: no address ever holds the words."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = "mein mann schlägt mich"


def search(page, words):
    page.goto("/")
    page.locator("[name=q]").first.fill(words)
    page.locator("[name=q]").first.press("Enter")


def test_without_javascript_help_comes_at_an_address_without_the_words(
    herne, page_without_javascript
):
    page = page_without_javascript
    asked = []
    page.on("request", lambda request: asked.append((request.method, request.url)))
    search(page, WORDS)
    page.get_by_role("heading", level=1, name="Hier hilft Ihnen sofort jemand").wait_for()

    assert page.url.endswith("/angebote/")
    assert "schl" not in page.title()
    call = page.locator(".call-now a[href^='tel:']").first.bounding_box()
    assert call["y"] + call["height"] <= page.viewport_size["height"]
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]

    page.reload()
    expect(page.locator(".call-now a[href='tel:110']")).to_be_visible()  # nothing found is lost

    page.get_by_role("button", name="Nicht gemeint?").click()
    page.get_by_role("button", name="Nicht gemeint?").wait_for(state="detached")
    assert page.url.endswith("/angebote/")
    assert [one for _method, one in asked if "schl" in one] == []


def test_without_javascript_an_ordinary_search_has_an_address_and_back_works(
    herne, page_without_javascript
):
    page = page_without_javascript
    search(page, "hebamme")
    page.wait_for_url("**/angebote/?q=hebamme")

    page.get_by_role("link", name="Hebammenvermittlung").click()
    page.get_by_role("heading", level=1, name="Hebammenvermittlung").wait_for()
    page.go_back()
    page.wait_for_url("**/angebote/?q=hebamme")
    page.reload()

    expect(page.get_by_role("link", name="Hebammenvermittlung")).to_be_visible()


def test_with_javascript_reloading_finds_the_same_help_again(herne, page):
    search(page, WORDS)
    page.locator(".call-now").wait_for()
    page.reload()

    assert page.url.endswith("/angebote/")
    expect(page.locator(".call-now a[href='tel:110']")).to_be_visible()
    assert page.evaluate("JSON.stringify([{...sessionStorage}, {...localStorage}])") == "[{},{}]"
