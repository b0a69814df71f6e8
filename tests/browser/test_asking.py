"""Somebody at an institution answers a letter on a phone, without a script."""

import re

import pytest

from network.asking import letters
from offers.models import Institution, Offer
from tests.browser.barriers import barriers
from tests.factories.offers import (
    InstitutionFactory,
    OfferFactory,
    OfferPlaceFactory,
    ScheduleFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def link(mailoutbox):
    """The path in the mail to a house with five entries that are due."""
    kita = InstitutionFactory(name="Kita Sonnenschein", email="info@kita.de", phone="02323 160")
    for number in range(5):
        offer = OfferFactory(title=f"Kurs {number}", provider=kita, provider_name="")
        ScheduleFactory(place=OfferPlaceFactory(offer=offer))
    letters.ask(Institution.objects.all())
    letters.send_waiting()
    return re.search(r"https?://[^/\s]+(/partner/\S+)", mailoutbox[0].body)[1]


def test_from_the_mail_to_five_entries_confirmed_in_two_taps(page_without_javascript, link):
    page = page_without_javascript
    page.goto(link)  # the first tap, in the mail
    assert page.evaluate("document.documentElement.scrollWidth") <= 360

    page.get_by_role("button", name="Alles stimmt").click()

    page.get_by_text("5 Einträge sind bestätigt").wait_for()
    page.locator("#getan:focus").wait_for()
    assert Offer.objects.filter(confirm_method="partner").count() == 5


def test_the_pages_have_no_barrier_and_a_time_is_changed_by_keyboard(page, link):
    page.goto(link)
    assert barriers(page) == []
    page.get_by_role("link", name="Ändern Kurs 0").press("Enter")
    page.get_by_label("Wann findet es statt?").fill("mittwochs 9 Uhr")
    assert barriers(page) == []
    page.get_by_role("button", name="An die Redaktion schicken").press("Enter")

    page.get_by_text("Ihre Änderung zu „Kurs 0“ liegt bei der Redaktion").wait_for()
    page.locator("#getan:focus").wait_for()
    assert barriers(page) == []
