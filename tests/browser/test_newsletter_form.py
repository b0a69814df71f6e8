"""A coordinator writes a newsletter in a real browser, with mouse, keyboard and without scripts."""

import pytest
from django.contrib.auth.models import Group, User
from playwright.sync_api import expect

from network.models import Newsletter
from tests.browser.barriers import barriers
from tests.factories.offers import OfferFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ORDER = "items => items.map(item => item.querySelector('.block__words').textContent)"


@pytest.fixture
def newsletter():
    newsletter = Newsletter.objects.create(title="Neues", slug="neues")
    for number, heading in enumerate(["Eins", "Zwei", "Drei", "Vier"], 1):
        newsletter.blocks.create(position=number, heading=heading, text="<p>Text</p>")
    return newsletter


@pytest.fixture
def form(newsletter, signed_in_page, db):
    """The form of a newsletter with four blocks, opened by a coordinator."""
    user = User.objects.create_user("koordination", is_staff=True)
    user.groups.add(Group.objects.get(name="Koordination"))
    page = signed_in_page(user)
    page.goto(f"/verwaltung/network/newsletter/{newsletter.pk}/change/")
    return page


def order(page):
    return page.locator(".block").evaluate_all(ORDER)


def save(page):
    page.get_by_role("button", name="Speichern", exact=True).click()
    page.get_by_text("erfolgreich geändert").wait_for()


def test_blocks_are_put_in_order_by_button_number_and_drag(form, newsletter):
    form.set_viewport_size({"width": 1280, "height": 1200})
    form.locator(".block").nth(0).get_by_role("button", name="nach unten").press("Enter")
    assert order(form) == ["Zwei", "Eins", "Drei", "Vier"]
    assert form.evaluate("document.activeElement.dataset.move") == "1"

    number = form.locator(".block").nth(0).get_by_label("Nummer")
    number.fill("3")
    number.press("Tab")
    assert order(form) == ["Eins", "Drei", "Zwei", "Vier"]

    grip = form.locator("[data-grip]").nth(3).bounding_box()
    top = form.locator(".block").nth(0).bounding_box()
    form.mouse.move(grip["x"] + 5, grip["y"] + 5)
    form.mouse.down()
    form.mouse.move(grip["x"] + 5, top["y"] + 2, steps=8)
    form.mouse.up()
    assert order(form) == ["Vier", "Eins", "Drei", "Zwei"]

    save(form)
    assert [one.heading for one in newsletter.blocks.all()] == ["Vier", "Eins", "Drei", "Zwei"]


def test_new_block_asks_what_its_kind_needs_and_nothing_typed_is_lost(form, newsletter):
    OfferFactory(title="Babytreff am Markt", status="published")
    form.get_by_label("Titel").fill("Sommer")
    form.get_by_role("button", name="Angebot", exact=True).click()

    new = form.locator(".block").nth(4)
    expect(new.locator(".field-offer")).to_be_visible()
    expect(new.locator(".field-picture")).not_to_be_visible()
    expect(new.locator(".field-day")).not_to_be_visible()
    new.locator(".field-offer .select2-selection").click()
    form.keyboard.type("Baby")
    form.locator(".select2-results__option[aria-selected]").click()
    new.get_by_label("Art").select_option("picture")
    expect(new.locator(".field-picture")).to_be_visible()
    new.get_by_label("Art").select_option("offer")
    save(form)

    newsletter.refresh_from_db()
    assert newsletter.title == "Sommer"
    assert newsletter.blocks.last().offer.title == "Babytreff am Markt"


def test_many_offers_to_leave_out_stay_in_a_box_of_their_own(form, newsletter):
    OfferFactory.create_batch(20)
    newsletter.blocks.all().delete()
    block = newsletter.blocks.create(position=1, kind="news")
    form.reload()
    box = form.locator(".field-left_out:visible [id$='-left_out']")

    expect(box.locator("label")).to_have_count(20)
    assert box.bounding_box()["height"] < 400
    assert min(one.bounding_box()["height"] for one in box.locator("label").all()) >= 36
    box.get_by_role("checkbox").last.check()
    save(form)
    assert block.left_out.count() == 1


def test_pages_of_a_newsletter_have_no_known_barrier(form, newsletter):
    """Each page is looked at once, by turns on a phone and on a desk; it fits on both."""
    widths = [360, 1280]
    for path in ("change/", "vorschau/", "versand/", "history/", "../add/"):
        form.goto(f"/verwaltung/network/newsletter/{newsletter.pk}/{path}")
        for width in widths:
            form.set_viewport_size({"width": width, "height": 800})
            assert form.evaluate("document.documentElement.scrollWidth") <= width, path
        assert barriers(form) == [], path
        widths.reverse()
