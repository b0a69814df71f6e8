"""What keeps somebody from using a page: what axe finds, and what is cut off."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Only what is wrong is told whole, and no style sheet is fetched again: half the time.
OPTIONS = {"runOnly": TAGS, "resultTypes": ["violations"], "preload": False}
SERIOUS = {"serious", "critical"}


def barriers(page):
    """Return all that axe finds, as pairs of its rule and the first element it names."""
    return [_named(one) for one in _violations(page)]


def serious_barriers(page):
    """Return what of it axe calls serious or critical."""
    return [_named(one) for one in _violations(page) if one["impact"] in SERIOUS]


def _violations(page):
    page.wait_for_load_state()
    try:
        return Axe().run(page, options=OPTIONS).response["violations"]
    except Error:  # a click's page came only now, under the eyes of axe
        page.wait_for_load_state()
        return Axe().run(page, options=OPTIONS).response["violations"]


def _named(violation):
    return violation["id"], violation["nodes"][0]["html"][:200]


def wider_than(page, width, font_size="100%"):
    """Return how wide a page is if it scrolls sideways at a width and a size of its letters."""
    page.set_viewport_size({"width": width, "height": 740})
    page.evaluate("size => { document.documentElement.style.fontSize = size; }", font_size)
    found = page.evaluate("document.documentElement.scrollWidth")
    return found if found > width else None
