"""What somebody typed is never lost: the session ends, a second tab signs in, one goes back."""

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.test import Client
from playwright.sync_api import expect

from network.models import Contact
from offers.models import Feedback, Offer
from tests.factories.offers import OfferFactory, ScheduleFactory, TopicFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KEPT = "Nicht gespeicherte Eingaben"


@pytest.fixture
def editor(transactional_db):
    user = User.objects.create_superuser("redaktion")
    user.groups.add(Group.objects.get(name="Redaktion"))
    return user


@pytest.fixture
def desk(editor, signed_in_page):
    page = signed_in_page(editor)
    page.set_viewport_size({"width": 1280, "height": 900})
    return page


@pytest.fixture
def offer(editor):
    place = ScheduleFactory(
        place__offer__title="Elterncafé", place__offer__topics=[TopicFactory()]
    ).place
    return place.offer


def change(offer):
    return f"/verwaltung/offers/offer/{offer.pk}/change/"


def note(page):
    return page.get_by_role("region", name=KEPT)


def save(page):
    page.get_by_role("button", name="Speichern", exact=True).first.click()


def type_into(page):
    page.get_by_label("Titel").fill("Elterncafé am Markt")
    editor = page.get_by_role("textbox", name="Beschreibung", exact=True)
    editor.focus()
    page.keyboard.type("Kaffee und Kekse.")
    page.get_by_label("Deutsch").check()
    page.get_by_role("button", name="Noch einen Termin hinzufügen").click()
    row = page.locator("[data-schedule='places-0-schedules-2']")
    row.get_by_label("Sonntag").check()
    row.locator("[name$=start_time]").fill("15")


def is_as_typed(offer):
    offer.refresh_from_db()
    rules = offer.places.get().schedules.values_list("rrule", flat=True)
    return (
        offer.title == "Elterncafé am Markt"
        and "Kaffee und Kekse." in offer.description
        and offer.languages == ["de"]
        and "FREQ=WEEKLY;BYDAY=SU" in rules
    )


def test_a_session_that_ends_while_typing_loses_nothing(
    desk, offer, editor, signed_in, live_server
):
    desk.goto(change(offer))
    type_into(desk)
    desk.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    save(desk)
    desk.get_by_role("heading", name="Anmelden").wait_for()
    desk.get_by_text("Was Sie getippt haben, ist auf diesem Gerät noch da.").wait_for()

    client = signed_in(Client(), editor)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    desk.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    desk.goto(change(offer))
    note(desk).get_by_role("button", name="Wiederherstellen").click()
    written = desk.get_by_role("textbox", name="Beschreibung", exact=True).inner_text()
    save(desk)
    desk.locator(".messagelist").wait_for()

    assert "Kaffee und Kekse." in written
    assert is_as_typed(offer)
    desk.goto(change(offer))
    desk.wait_for_load_state("load")
    expect(note(desk)).to_have_count(0)


def test_signing_in_in_a_second_tab_costs_one_click(desk, offer):
    desk.goto(change(offer))
    type_into(desk)
    desk.context.clear_cookies(name=settings.CSRF_COOKIE_NAME)
    other = desk.context.new_page()
    other.goto(change(offer))  # brings a new secret, as signing in does
    save(desk)

    desk.get_by_role("button", name="Noch einmal senden").click()
    desk.locator(".messagelist").wait_for()

    assert is_as_typed(offer)


def test_back_shows_what_was_typed_into_the_rich_text(desk, offer):
    desk.goto(change(offer))
    type_into(desk)
    desk.goto("/verwaltung/")

    desk.go_back()
    desk.wait_for_load_state("load")
    if note(desk).count():
        note(desk).get_by_role("button", name="Wiederherstellen").click()

    shown = desk.get_by_role("textbox", name="Beschreibung", exact=True).inner_text()
    assert "Kaffee und Kekse." in shown
    assert "Kaffee und Kekse." in desk.locator("textarea[name=description]").input_value()


def test_what_is_discarded_is_not_offered_again(desk, offer):
    desk.goto(change(offer))
    desk.get_by_label("Titel").fill("Vertippt")
    desk.wait_for_timeout(500)
    desk.goto(change(offer))
    note(desk).get_by_role("button", name="Verwerfen").click()
    desk.reload()
    desk.wait_for_load_state("load")

    expect(note(desk)).to_have_count(0)
    expect(desk.get_by_label("Titel")).to_have_value("Elterncafé")


def test_an_error_in_the_form_offers_nothing_and_loses_no_file(desk, offer, tmp_path):
    picture = tmp_path / "fest.png"
    picture.write_bytes(PNG)
    desk.goto(change(offer))
    desk.get_by_label("Titel").fill("")
    desk.locator("input[name=picture]").set_input_files(picture)
    desk.locator("input[name=picture_alt]").fill("Ein Fest")
    save(desk)
    desk.get_by_text("Schon ausgewählt:").wait_for()
    offered = note(desk).count()
    desk.get_by_label("Titel").fill("Sommerfest")
    save(desk)
    desk.locator(".messagelist").wait_for()

    offer.refresh_from_db()
    assert (offered, offer.title, bool(offer.picture)) == (0, "Sommerfest", True)


def test_names_of_people_stay_in_the_tab_and_go_when_one_signs_out(desk):
    desk.goto("/verwaltung/network/contact/add/")
    desk.locator("#contact_form input[type=text]").first.fill("Ayşe Yılmaz")
    desk.wait_for_timeout(500)
    kept = "Object.values({}).join().includes('Yılmaz')"

    on_the_device = desk.evaluate(kept.format("localStorage"))
    in_the_tab = desk.evaluate(kept.format("sessionStorage"))
    desk.get_by_role("button", name="Abmelden").click()
    desk.wait_for_load_state("load")

    assert (on_the_device, in_the_tab) == (False, True)
    assert desk.evaluate("Object.keys(sessionStorage).concat(Object.keys(localStorage))") == []
    assert not Contact.objects.exists()


def test_a_parents_report_is_still_there_after_a_detour(page, transactional_db):
    offer = OfferFactory(status=Offer.Status.PUBLISHED, topics=[TopicFactory()])
    address = f"/angebote/{offer.slug}/melden/"
    page.goto(address)
    page.get_by_label("Ihre Nachricht").fill("Die Nummer ist falsch.")
    page.wait_for_timeout(500)
    page.goto(offer.get_absolute_url())
    page.goto(address)

    note(page).get_by_role("button", name="Wiederherstellen").click()
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Absenden").click()
    page.get_by_role("heading", name="Danke").wait_for()

    assert Feedback.objects.get().message == "Die Nummer ist falsch."
    assert page.evaluate("Object.keys(sessionStorage)") == []


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108020000009077"
    "53de0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


def test_who_typed_nothing_is_told_of_nothing_kept_when_signing_in(page, offer):
    page.goto(f"/verwaltung/konto/login/?next={change(offer)}")
    page.wait_for_load_state("load")

    expect(page.get_by_text("Was Sie getippt haben")).not_to_be_visible()
