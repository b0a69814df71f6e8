"""A family says in two taps what it found, on a phone without a script."""

import pytest

from offers.models import Experience
from tests.browser.barriers import barriers
from tests.factories.offers import InstitutionFactory, OfferFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_from_the_entry_to_an_answer_in_two_taps(page_without_javascript):
    page = page_without_javascript
    provider = InstitutionFactory(phone="02323 160")
    offer = OfferFactory(title="Elterncafé", provider=provider, provider_name="")
    page.goto(offer.get_absolute_url())

    with page.expect_navigation():
        page.get_by_role("link", name="Waren Sie da?").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_role("button", name="Niemand erreicht").click()

    page.get_by_role("heading", name="Danke").wait_for()
    assert Experience.objects.get().kind == "nobody"


def test_the_page_has_no_barrier(page):
    page.goto(f"{OfferFactory().get_absolute_url()}war-da/")

    assert barriers(page) == []
