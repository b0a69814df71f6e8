"""Somebody at an institution answers a letter on a phone, without a script."""

import re

import pytest
from django.contrib.auth.models import Group, User
from playwright.sync_api import expect

from network.asking import letters
from network.models import HouseLink
from offers.models import ChangeProposal, Institution, Offer
from tests.browser.barriers import barriers, wider_than
from tests.factories.offers import (
    InstitutionFactory,
    OfferFactory,
    OfferPlaceFactory,
    ScheduleFactory,
    TopicFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OPEN = "document.querySelectorAll('details').forEach(one => { one.open = true; })"


@pytest.fixture
def link(mailoutbox):
    """The path in the mail to a house with five entries that are due."""
    kita = InstitutionFactory(name="Kita Sonnenschein", email="info@kita.de", phone="02323 160")
    topic = TopicFactory()
    for number in range(5):
        own = {"provider": kita, "provider_name": "", "topics": [topic]}
        offer = OfferFactory(title=f"Kurs {number}", **own)
        ScheduleFactory(place=OfferPlaceFactory(offer=offer))
    letters.ask(Institution.objects.all())
    letters.send_waiting()
    return re.search(r"https?://[^/\s]+(/partner/\S+)", mailoutbox[0].body)[1]


@pytest.fixture
def caseworker(browser, live_server, signed_in_page):
    user = User.objects.create_user("redaktion", is_staff=True)
    user.groups.add(Group.objects.get(name="Redaktion"))
    return signed_in_page(user)


def test_from_the_mail_to_five_entries_confirmed_in_two_taps(page_without_javascript, link):
    page = page_without_javascript
    page.goto(link)  # the first tap, in the mail
    assert page.evaluate("document.documentElement.scrollWidth") <= 360

    page.get_by_role("button", name="Alles stimmt").click()

    page.get_by_text("5 Einträge sind bestätigt").wait_for()
    page.locator("#getan:focus").wait_for()
    assert Offer.objects.filter(confirm_method="partner").count() == 5
    page.goto(Offer.objects.get(title="Kurs 3").get_absolute_url())
    expect(page.get_by_text("Bestätigt vom Träger").first).to_be_visible()


def test_a_time_is_changed_in_four_taps_accepted_in_two_clicks_and_families_read_it(
    page_without_javascript, caseworker, link
):
    page, offer = page_without_javascript, Offer.objects.get(title="Kurs 0")
    page.goto(link)  # the first tap, in the mail
    page.get_by_role("link", name="Ändern Kurs 0").click()
    page.get_by_label("Wann findet es statt?").click()
    page.get_by_label("Wann findet es statt?").fill("mittwochs 9 bis 11 Uhr")
    page.get_by_role("button", name="An die Redaktion schicken").click()
    page.get_by_text("Ihre Änderung zu „Kurs 0“ liegt bei der Redaktion").wait_for()
    page.goto(offer.get_absolute_url())
    expect(page.locator("main")).not_to_contain_text("9–11 Uhr", use_inner_text=True)

    caseworker.goto("/verwaltung/offers/changeproposal/")
    caseworker.get_by_role("link", name="Kurs 0").click()
    caseworker.get_by_role("button", name="Übernehmen").click()
    caseworker.get_by_text("ist übernommen").wait_for()

    page.reload()
    expect(page.locator("main")).to_contain_text("9–11 Uhr", use_inner_text=True)
    expect(page.locator("main")).to_contain_text("Bestätigt vom Träger", use_inner_text=True)


def test_two_colleagues_and_a_caseworker_at_once_lose_nothing(
    page_without_javascript, browser, live_server, caseworker, link
):
    offer = Offer.objects.get(title="Kurs 0")
    pages = [page_without_javascript, browser.new_page(base_url=live_server.url)]
    for one in pages:
        one.goto(link)
        one.get_by_role("link", name="Ändern Kurs 0").click()
    caseworker.goto(f"/verwaltung/offers/offer/{offer.pk}/change/")
    said = {"Wann findet es statt?": "mittwochs 9 bis 11 Uhr", "Telefon": "02323 4711"}
    for one, (label, words) in zip(pages, said.items(), strict=True):
        one.get_by_label(label).fill(words)
        one.get_by_role("button", name="An die Redaktion schicken").click()
        one.get_by_text("liegt bei der Redaktion").first.wait_for()
    caseworker.get_by_label("Titel").first.fill("Kurs am Markt")
    caseworker.get_by_role("button", name="Speichern", exact=True).click()
    caseworker.locator(".messagelist").first.wait_for()
    for proposal in ChangeProposal.objects.open():
        caseworker.goto(f"/verwaltung/offers/changeproposal/{proposal.pk}/change/")
        caseworker.get_by_role("button", name="Übernehmen").click()
        caseworker.get_by_text("ist übernommen").wait_for()

    pages[1].goto(Offer.objects.get(pk=offer.pk).get_absolute_url())
    shown = pages[1].inner_text("main")
    pages[1].close()
    for words in ("Kurs am Markt", "9–11 Uhr", "02323 4711"):
        assert words in shown


def test_the_pages_have_no_barrier_fit_small_screens_and_a_time_is_changed_by_keyboard(page, link):
    page.goto(link)
    fits(page)
    page.get_by_role("link", name="Ändern Kurs 0").press("Enter")
    page.get_by_label("Wann findet es statt?").fill("mittwochs 9 Uhr")
    fits(page)
    page.get_by_role("button", name="An die Redaktion schicken").press("Enter")

    page.get_by_text("Ihre Änderung zu „Kurs 0“ liegt bei der Redaktion").wait_for()
    page.locator("#getan:focus").wait_for()
    fits(page)
    page.get_by_text("Fragen Sie jemand anderen").first.press("Enter")
    page.locator("details[open]").first.wait_for()
    fits(page)
    HouseLink.objects.all().revoke()
    page.goto(link)
    expect(page.get_by_text("gilt nicht mehr").first).to_be_visible()
    fits(page)


def fits(page):
    """Nothing in the way, nothing cut off at 320 px, nor with letters of twice the size."""
    assert barriers(page) == []
    page.evaluate(OPEN)
    assert [wider_than(page, 320), wider_than(page, 360, "200%")] == [None, None]
    page.evaluate("document.documentElement.style.fontSize = ''")
