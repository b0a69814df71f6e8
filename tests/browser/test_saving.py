"""Saving is always in reach: a bar that stays in sight, Ctrl+S, a question before leaving."""

import pytest
from django.contrib.auth.models import User

from tests.factories.offers import OfferFactory, TopicFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk(transactional_db, signed_in_page):
    return signed_in_page(User.objects.create_superuser("leitung"))


@pytest.fixture
def form(desk):
    offer = OfferFactory(title="Elterncafé", topics=[TopicFactory()])
    desk.goto(f"/verwaltung/offers/offer/{offer.pk}/change/")
    desk.wait_for_load_state("load")
    return desk, offer


def test_the_button_is_in_sight_wherever_one_types(form):
    page, _offer = form
    button = page.get_by_role("button", name="Speichern", exact=True)
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.mouse.wheel(0, 1200)

        bar = page.locator(".submit-bar").bounding_box()
        assert button.bounding_box()["y"] < 800
        assert bar["height"] < 120
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_ctrl_s_saves_and_stays(form):
    page, offer = form
    page.get_by_label("Titel").fill("Elterncafé am Markt")
    page.keyboard.press("Control+s")
    page.locator(".messagelist").wait_for()

    offer.refresh_from_db()
    assert offer.title == "Elterncafé am Markt"
    assert page.url.endswith(f"/{offer.pk}/change/")


def test_leaving_asks_only_where_something_is_unsaved(form):
    page, _offer = form
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.get_by_role("link", name="Start").click()
    page.wait_for_url("**/verwaltung/")
    page.go_back()
    page.wait_for_load_state("load")
    page.get_by_label("Titel").press_sequentially("!")
    page.get_by_role("link", name="Start").click()
    page.wait_for_url("**/verwaltung/")

    assert asked == ["beforeunload"]


def test_a_long_title_does_not_lie_under_the_buttons(desk):
    offer = OfferFactory(title="Sehr langer Titel über vieles, " * 3, topics=[TopicFactory()])
    for width in (360, 1280):
        desk.set_viewport_size({"width": width, "height": 800})
        desk.goto(f"/verwaltung/offers/offer/{offer.pk}/change/")
        title = desk.locator("#content > h2").bounding_box()
        tools = desk.locator(".object-tools").bounding_box()
        assert title["y"] + title["height"] <= tools["y"]
