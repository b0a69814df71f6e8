"""High contrast by choice: on every page one opens from there, and a device keeps nothing of it."""

import pytest

from tests.browser.barriers import serious_barriers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
IS_BLACK_ON_WHITE = """() => getComputedStyle(document.body).color === "rgb(0, 0, 0)"
  && getComputedStyle(document.documentElement).backgroundColor === "rgb(255, 255, 255)"
"""


def test_contrast_chosen_once_goes_along_to_other_pages_until_it_is_taken_back(herne, page):
    broken = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.emulate_media(color_scheme="light")
    page.goto("/tr/angebote/?alter=84")
    toggle = page.locator("a[href$='#kontrast']")
    assert not page.evaluate(IS_BLACK_ON_WHITE)
    toggle.click()
    page.wait_for_function(IS_BLACK_ON_WHITE)
    assert serious_barriers(page) == []

    page.locator(".offer-card__link").first.click()
    page.wait_for_url("**/tr/angebote/*/#kontrast")
    page.wait_for_function(IS_BLACK_ON_WHITE)
    page.goto("/hilfe/#kontrast")
    assert serious_barriers(page) == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.context.cookies() == []

    page.locator("a[href*='/ohne-netz/']").first.click()
    page.wait_for_url("**/ohne-netz/#kontrast")
    page.wait_for_function(IS_BLACK_ON_WHITE)
    assert broken == []

    page.locator(".site-footer [aria-current=true]").click()
    page.wait_for_function(f"() => !({IS_BLACK_ON_WHITE})()")


def test_a_device_that_asks_for_contrast_gets_it_on_every_page(herne, page):
    page.emulate_media(color_scheme="light", contrast="more")
    page.goto("/")

    page.wait_for_function(IS_BLACK_ON_WHITE)
    assert serious_barriers(page) == []
