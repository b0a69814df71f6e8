"""What axe finds on a page that keeps somebody from using it."""

from axe_playwright_python.sync_playwright import Axe

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
    return Axe().run(page, options=OPTIONS).response["violations"]


def _named(violation):
    return violation["id"], violation["nodes"][0]["html"][:200]
