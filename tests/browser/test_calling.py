"""Half an hour at the telephone, by keyboard alone: several houses, one after the other."""

import pytest
from django.contrib.auth.models import Group, User

from network.models import Call
from offers.models import Offer
from offers.quality import reach
from tests.browser.barriers import barriers
from tests.factories.offers import InstitutionFactory, LocationFactory, OfferFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ENTRIES = [8, 7, 5]


@pytest.fixture
def desk(signed_in_page):
    """The call desk with three houses to call; of 20 entries nobody knows where and when."""
    for number, entries in enumerate(ENTRIES):
        house = InstitutionFactory(name=f"Haus {number}", phone=f"02323 16{number}")
        house.locations.add(LocationFactory())
        for one in range(entries):
            OfferFactory(title=f"Kurs {number}.{one}", provider=house, provider_name="")
    editor = User.objects.create_user("redaktion", is_staff=True)
    editor.groups.add(Group.objects.get(name="Redaktion"))
    page = signed_in_page(editor)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto("/verwaltung/network/call/anrufen/")
    return page


def tab_to(page, name):
    """Press Tab until the field of a name has the focus."""
    for _step in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name || ''").endswith(name):
            return
    pytest.fail(f"no way to {name} by keyboard")


def test_entries_of_three_houses_are_put_within_reach_by_keyboard_alone(desk):
    page = desk
    assert barriers(page) == []
    for entries in ENTRIES:
        page.locator("a[href^='tel:']:focus").wait_for()
        for _entry in range(entries):
            tab_to(page, "-where")
            page.keyboard.type("im Haus")
            tab_to(page, "-when")
            page.keyboard.type("dienstags 16 Uhr")
            tab_to(page, "-said")
            page.keyboard.press("ArrowDown")
        tab_to(page, "gesprochen")
        with page.expect_navigation():
            page.keyboard.press("Enter")

    page.get_by_text("Zurzeit ist niemand anzurufen").wait_for()
    assert Call.objects.count() == len(ENTRIES)
    assert Offer.objects.filter(confirm_method="phone").count() == sum(ENTRIES)
    assert reach.report()["within_reach"] == sum(ENTRIES)
