"""A caseworker in the office: from the work list to a corrected entry that families see."""

import pytest
from django.contrib.auth.models import Group, User
from playwright.sync_api import expect

from offers.models import Offer
from tests.browser.barriers import serious_barriers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST_CLICKS = 6


class Counted:
    """A page on which every click counts; typing does not."""

    def __init__(self, page):
        self.page = page
        self.clicks = 0

    def click(self, role, name, **options):
        self.page.get_by_role(role, name=name, **options).first.click()
        self.clicks += 1


@pytest.fixture
def desk(herne, signed_in_page):
    """The browser of a caseworker, as wide as a desk's screen."""
    editor = User.objects.create_user("redaktion", is_staff=True)
    editor.groups.add(Group.objects.get(name="Redaktion"))
    page = signed_in_page(editor)
    page.set_viewport_size({"width": 1280, "height": 900})
    return Counted(page)


def test_from_the_work_list_to_a_corrected_public_entry_in_six_clicks(desk, client):
    offer = Offer.objects.get(title="Babycafé")
    offer.status, offer.responsible = Offer.Status.IN_REVIEW, User.objects.get()
    offer.save()
    page = desk.page
    page.goto("/verwaltung/")

    desk.click("link", "Babycafé")
    page.get_by_label("Titel").fill("Babycafé am Markt")
    desk.click("button", "Veröffentlichen")
    page.get_by_text("Familien sehen den Eintrag jetzt").wait_for()
    desk.click("link", "Babycafé am Markt")

    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Babycafé am Markt", use_inner_text=True
    )
    assert desk.clicks <= MOST_CLICKS
    found = client.get("/angebote/?q=Babycafé am Markt").content.decode()
    assert "Babycafé am Markt" in found


def test_two_at_once_are_asked_about_what_both_changed_and_lose_nothing(desk):
    offer = Offer.objects.get(title="Babycafé")
    page = desk.page
    page.goto(f"/verwaltung/offers/offer/{offer.pk}/change/")
    page.get_by_label("Kurzbeschreibung").fill("Frühstück und Rat für junge Eltern.")
    offer.teaser, offer.alternate_name = "Von Eltern für Eltern", "Café am Markt"
    offer.save()

    desk.click("button", "Speichern", exact=True)
    page.get_by_role("heading", name="Was soll gelten?").wait_for()
    expect(page.get_by_text("Von Eltern für Eltern").first).to_be_visible()
    page.get_by_label("Ihre Fassung").check()
    desk.click("button", "Speichern", exact=True)
    page.get_by_text("Es ist erhalten").wait_for()

    offer.refresh_from_db()
    assert offer.teaser == "Frühstück und Rat für junge Eltern."
    assert offer.alternate_name == "Café am Markt"


def test_versions_have_no_serious_barrier(desk):
    offer = Offer.objects.get(title="Babycafé")
    offer.title = "Babycafé am Markt"
    offer.save()
    desk.page.set_viewport_size({"width": 360, "height": 740})
    desk.page.goto(f"/verwaltung/offers/offer/{offer.pk}/history/")

    assert serious_barriers(desk.page) == []
