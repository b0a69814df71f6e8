"""Institutions: Kitas and schools of a district in two taps, one by its name in a search."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(
    ("kind", "district", "one"),
    [
        ("Kitas", "Stadtbezirk Sodingen", "AWO Kita FaBiO"),
        ("Schulen", "Stadtbezirk Eickel", "Gymnasium Eickel"),
    ],
)
def test_kitas_and_schools_of_a_district_are_two_taps_away(
    herne, page_without_javascript, kind, district, one
):
    page = page_without_javascript
    page.goto("/einrichtungen/")

    page.locator("main").get_by_role("link", name=kind).first.click()
    page.locator("main").get_by_role("link", name=district).first.click()

    expect(page.locator(".institution-card", has_text=one).first).to_be_visible()


def test_the_first_page_leads_to_them_and_the_menu_does_not(herne, page):
    page.goto("/")

    expect(
        page.get_by_role("navigation", name="Hauptmenü").get_by_text("Einrichtungen")
    ).to_have_count(0)
    page.get_by_role("link", name="Kitas, Schulen und Treffpunkte in Ihrer Nähe").click()
    page.wait_for_url("**/einrichtungen/")


def test_a_kita_is_found_by_its_name(herne, page_without_javascript):
    page = page_without_javascript
    page.goto("/einrichtungen/")
    page.get_by_label("Name oder was Sie suchen").fill("AWO Kita FaBiO")
    page.get_by_role("button", name="Suchen").click()

    page.get_by_role("link", name="AWO Kita FaBiO").first.click()
    page.wait_for_url("**/einrichtungen/awo-kita-fabio/")
