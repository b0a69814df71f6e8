"""What axe finds on a page that keeps somebody from using it."""

import os
from http import HTTPStatus

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, sync_playwright

from kekiz_portal.tools import every_page
from kekiz_portal.tools.screens import CHROMIUM, HEIGHT

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Only what is wrong is told whole, and no style sheet is fetched again: half the time.
OPTIONS = {"runOnly": TAGS, "resultTypes": ["violations"], "preload": False}
SERIOUS = {"serious", "critical"}
PHONE = 360  # px


def barriers(page):
    """Return all that axe finds, as pairs of its rule and the first element it names."""
    return [_named(one) for one in _violations(page)]


def serious_barriers(page):
    """Return what of it axe calls serious or critical."""
    return [_named(one) for one in _violations(page) if one["impact"] in SERIOUS]


def walk(port, chromium):
    """Open every page of a portal at a port in every language, as a phone shows it.

    Yield its address and what is wrong there: what axe finds, and how wide it is if too wide.
    """
    pages = list(every_page.in_every_language(every_page.addresses()))
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright runs an event loop in this thread
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM)
        size = {"width": PHONE, "height": HEIGHT}
        page = browser.new_page(base_url=f"http://localhost:{port}", viewport=size)
        for _name, _language, address in pages:
            answer = page.goto(address)
            if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                yield address, [("status", str(answer.status))]
                continue
            width = page.evaluate("document.documentElement.scrollWidth")
            too_wide = [("wide", f"{width} px")] if width > PHONE else []
            yield address, barriers(page) + too_wide
        browser.close()


def _violations(page):
    """Ask axe, once more where the page it read was just being left for another."""
    page.wait_for_load_state()
    try:
        return Axe().run(page, options=OPTIONS).response["violations"]
    except Error:
        page.wait_for_load_state()
        return Axe().run(page, options=OPTIONS).response["violations"]


def _named(violation):
    return violation["id"], violation["nodes"][0]["html"][:200]
