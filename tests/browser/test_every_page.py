"""Every page type: nothing serious for axe, nothing cut off at 320 px, in both directions."""

import gzip

import pytest
from axe_playwright_python.sync_playwright import Axe

from offers.models import Institution, Offer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STATES = [
    "/",
    "/angebote/",
    "/angebote/?alter=18&bezirk=bezirk-wanne&thema=betreuung",
    "/angebote/?alter=0&tag=so&zeit=abend",
    "/angebote/?alter=quatsch&seite=999",
    "/angebote/?q=schwimkurs+7+jahre+wanne",
    "/angebote/?q=mann+schlägt+mich",
    "/angebote/?q=qxzqxz",
    "/angebote/vorschlaege/?q=heb",
    "/lebensphasen/",
    "/lebensphasen/baby/",
    "/lebensphasen/eltern-familie/",
    "/einrichtungen/",
    "/hilfe/",
    "/newsletter/",
    "/newsletter/fast-fertig/",
    "/newsletter/meine-daten/",
    "/newsletter/abmelden/unvollstaendig",
    "/impressum/",
    "/datenschutz/",
    "/barrierefreiheit/",
    "/gibt-es-nicht/",
]
SERIOUS = {"serious", "critical"}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def all_paths():
    offers = Offer.objects.published()
    protected = offers.get(title__startswith="Frauenhaus").get_absolute_url()
    timed = offers.get(title="Junior-Fahrbibliothek").get_absolute_url()
    return [
        *STATES,
        protected,
        timed,
        f"{timed}melden/",
        Institution.objects.first().get_absolute_url(),
    ]


def test_axe_finds_nothing_serious_on_any_page(herne, page):
    found = {}
    for path in all_paths():
        page.goto(path)
        violations = Axe().run(page, options=RULES).response["violations"]
        if serious := [one["id"] for one in violations if one["impact"] in SERIOUS]:
            found[path] = serious

    assert found == {}


def test_axe_finds_nothing_serious_where_something_is_open_or_wrong(herne, page):
    page.goto("/angebote/?alter=84")
    page.locator(".filters__summary").click()
    for summary in page.locator(".facet__summary").all():
        summary.click()
    opened = Axe().run(page, options=RULES).response["violations"]
    page.goto("/")
    page.get_by_text("Lieber den Geburtsmonat angeben").click()
    page.locator("#geburt-monat").select_option(index=11)
    page.locator("#geburt-jahr").select_option(index=0)
    page.locator(".age-picker__more button").click()
    wrong = Axe().run(page, options=RULES).response["violations"]

    assert [one["id"] for one in opened + wrong if one["impact"] in SERIOUS] == []
    assert page.get_by_text("Das Portal hilft von der Schwangerschaft").is_visible()


def test_nothing_scrolls_sideways_at_320_pixels(herne, page):
    page.set_viewport_size({"width": 320, "height": 640})
    too_wide = {}
    for path in all_paths():
        page.goto(path)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 320:
            too_wide[path] = width

    assert too_wide == {}


def test_the_browse_page_weighs_at_most_60_kilobytes_and_leaves_nothing_behind(herne, page):
    fetched = []
    page.on("response", lambda response: fetched.append(response))  # noqa: PLW0108, needs a function

    page.goto("/angebote/?alter=84")
    page.wait_for_load_state("networkidle")

    counted = {"document", "stylesheet", "script"}
    parts = [one.body() for one in fetched if one.request.resource_type in counted]
    assert sum(len(gzip.compress(part)) for part in parts) <= 60_000
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length") == 0
    # htmx notes in the tab where it is; gone when the tab is closed.
    left = page.evaluate("Object.keys(sessionStorage)")
    assert set(left) <= {"htmx-current-path-for-history"}
