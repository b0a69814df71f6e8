"""The list of this device: kept with a tap, shared as a link, printed as a sheet, forgotten."""

import pytest
from playwright.sync_api import expect

from offers.models import Offer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LIBRARY = "/angebote/junior-fahrbibliothek/"


def key_of(path):
    return str(Offer.objects.get(slug=path.strip("/").split("/")[-1]).pk)


def kept(page):
    return page.evaluate("localStorage.getItem('merkzettel')")


def test_an_offer_is_remembered_with_one_tap_found_again_and_forgotten(herne, page):
    page.goto(LIBRARY)
    assert kept(page) is None
    page.get_by_role("button", name="Auf den Merkzettel").click()
    assert kept(page) == key_of(LIBRARY)

    page.get_by_role("link", name="Zum Merkzettel").click()
    page.locator(".sheet__title", has_text="Junior-Fahrbibliothek").wait_for()
    page.get_by_role("button", name="Auf diesem Gerät vergessen").click()

    assert page.evaluate("[localStorage.length, document.cookie.length]") == [0, 0]


def test_a_talk_of_thirty_seconds_without_javascript(herne, page_without_javascript):
    page = page_without_javascript
    page.goto("/merkzettel/")
    for word in ("Hebamme", "Kita-Platz", "Schwimmkurs"):
        page.get_by_label("Angebot hinzufügen").fill(word)
        page.keyboard.press("Enter")
        page.locator("[data-add]").first.click()
    page.get_by_label("Zweite Sprache").select_option("ar")
    page.get_by_role("button", name="Übernehmen").click()

    expect(page.locator(".sheet__entry")).to_have_count(3)
    expect(page.get_by_text("الهاتف").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_three_offers_in_two_languages_are_one_sheet_with_a_code(herne, page):
    keys = [key_of(LIBRARY), key_of("/elterncafe-in-der-kita-am-evk/"), key_of("/babymassage/")]
    page.goto(f"/merkzettel/?a={'-'.join(keys)}&sprache=tr")

    pdf = page.pdf(format="A4")

    assert pdf.count(b"/Type /Page\n") == 1
    expect(page.locator("svg.qr")).to_be_visible()


def test_somebody_elses_list_is_kept_only_when_told(herne, page):
    page.goto(f"/merkzettel/?a={key_of(LIBRARY)}")
    assert kept(page) is None

    page.get_by_role("button", name="Auf diesem Gerät merken").click()

    assert kept(page) == key_of(LIBRARY)
    page.get_by_role("link", name="Vom Zettel nehmen").click()
    page.wait_for_url("**/merkzettel/")
    assert kept(page) is None


def test_a_list_that_was_sent_is_added_to_ones_own_and_the_page_says_so(herne, page):
    own, sent = key_of(LIBRARY), key_of("/babymassage/")
    page.goto(LIBRARY)
    page.get_by_role("button", name="Auf den Merkzettel").click()

    page.goto(f"/merkzettel/?a={sent}")
    page.get_by_role("button", name="Auf diesem Gerät merken").click()

    assert kept(page) == f"{own}-{sent}"
    expect(page.get_by_text("Was schon darauf stand, bleibt.")).to_be_visible()
    page.get_by_role("link", name="Zum Merkzettel").click()
    expect(page.locator(".sheet__entry")).to_have_count(2)
