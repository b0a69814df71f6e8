"""The office's start page and lists in a real browser: for everybody, on a phone and on a desk."""

from itertools import cycle

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import expect

from offers.models import Offer
from tests.browser.barriers import serious_barriers
from tests.factories.network import PartnerFactory
from tests.factories.offers import OfferFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OFFERS = "/verwaltung/offers/offer/"
PAGES = [
    "/verwaltung/",
    OFFERS,
    f"{OFFERS}?todo=unvollstaendig&wer=niemand",
    f"{OFFERS}?q=gibtesnicht",
    "/verwaltung/offers/institution/",
    "/verwaltung/offers/feedback/",
    "/verwaltung/offers/location/",
    "/verwaltung/offers/twindecision/",
]


@pytest.fixture
def office(signed_in_page):
    return signed_in_page(User.objects.create_superuser("leitung"))


def test_axe_finds_nothing_serious_and_nothing_but_a_table_scrolls_sideways(herne, office):
    """Each page once, by turns on a phone at night and on a desk by day."""
    found, too_wide = {}, {}
    for path, (width, scheme) in zip(PAGES, cycle([(360, "dark"), (1280, "light")]), strict=False):
        office.set_viewport_size({"width": width, "height": 800})
        office.emulate_media(color_scheme=scheme)
        office.goto(path)
        if serious := serious_barriers(office):
            found[path] = serious
        office.set_viewport_size({"width": 320, "height": 640})
        if (wide := office.evaluate("document.documentElement.scrollWidth")) > 320:
            too_wide[path] = wide

    assert (found, too_wide) == ({}, {})


def test_the_keyboard_skips_to_the_work_and_opens_a_pile(herne, office):
    office.goto("/verwaltung/")

    office.keyboard.press("Tab")
    office.keyboard.press("Enter")
    office.keyboard.press("Tab")
    office.keyboard.press("Enter")

    office.wait_for_url("**/offer/?todo=*")
    assert office.locator("#result_list tbody tr").count() > 0


def test_many_entries_are_archived_with_a_reason_in_a_few_clicks(office):
    for number in range(3):
        OfferFactory(title=f"Kurs {number}")
    office.goto(OFFERS)

    office.locator("#action-toggle").click()
    office.locator("select[name=action]").select_option("archive_many")
    with office.expect_navigation():
        office.locator(".actions button").click()
    assert serious_barriers(office) == []
    office.get_by_label("Grund").fill("Kurs ist zu Ende")
    office.get_by_role("button", name="Archivieren").click()

    office.get_by_text("3 Einträge: archiviert.").wait_for()
    assert Offer.objects.filter(status="archived").count() == 3


def test_hints_follow_while_somebody_types(office):
    OfferFactory(title="Babycafé", provider_name="Ein anderer Verein")
    offer = OfferFactory(title="Treff")
    office.goto(f"{OFFERS}{offer.pk}/change/")

    office.locator("#id_title").fill("Baby-Café")
    office.get_by_text("Gibt es das schon?").wait_for()
    office.locator("#id_teaser").fill("Wir " + "singen " * 24 + "gern.")
    office.get_by_text("Dieser Satz ist lang.").wait_for()

    expect(office.locator("[data-typed]")).to_have_attribute("aria-live", "polite")


def test_hints_stand_there_without_javascript(office, browser, live_server):
    offer = OfferFactory(title="Treff", teaser="Wir " + "singen " * 24 + "gern.")
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    context.add_cookies(office.context.cookies())
    plain = context.new_page()

    plain.goto(f"{OFFERS}{offer.pk}/change/")

    expect(plain.get_by_text("Dieser Satz ist lang.")).to_be_visible()
    expect(plain.get_by_text("Es fehlt ein Thema.")).to_be_visible()
    context.close()


def test_one_long_name_leaves_the_other_columns_of_a_list_in_sight(office):
    PartnerFactory(institution__name=f"Beratung {'für Ehe, Leben und Schwangerschaft ' * 4}")
    office.set_viewport_size({"width": 1280, "height": 800})
    office.goto("/verwaltung/network/partner/")

    expect(office.get_by_role("columnheader", name="Letzter Kontakt")).to_be_in_viewport(ratio=1)
