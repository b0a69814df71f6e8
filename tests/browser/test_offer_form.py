"""A caseworker enters an offer by keyboard, on one page, and sees its dates while typing."""

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.test import Client

from offers.models import Offer, OfferPlace, Schedule
from tests.browser.barriers import serious_barriers
from tests.factories.offers import ScheduleFactory, TopicFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADD = "/verwaltung/offers/offer/add/"


@pytest.fixture
def desk(herne, signed_in_page):
    editor = User.objects.create_user("redaktion", is_staff=True)
    editor.groups.add(Group.objects.get(name="Redaktion"))
    page = signed_in_page(editor)
    page.set_viewport_size({"width": 1280, "height": 900})
    return page


@pytest.fixture
def complaints(desk):
    """What the browser refused or a script stumbled over."""
    found = []
    desk.on("pageerror", lambda error: found.append(str(error)))
    desk.on("console", lambda line: found.append(line.text) if line.type == "error" else None)
    return found


def choose(page, name, text):
    """Type into an autocompleted field and take what comes first, by keyboard alone."""
    page.locator(f"select[name='{name}'] + .select2 [role=combobox]").first.focus()
    page.keyboard.press("Enter")
    page.locator(".select2-search__field:focus").wait_for()
    page.locator(".select2-results__option--highlighted").first.wait_for()
    page.keyboard.type(text, delay=20)
    page.locator(".select2-results__option--highlighted", has_text=text).first.wait_for()
    page.keyboard.press("Enter")


def enter_time(page, prefix, day, start, end):
    schedule = page.locator(f"[data-schedule='{prefix}']")
    schedule.get_by_label(day).focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    schedule.locator("[name$=start_time]").focus()
    page.keyboard.type(start)
    page.keyboard.press("Tab")
    page.keyboard.type(end)
    page.keyboard.press("Tab")
    schedule.locator(".dates__list li").nth(9).wait_for()
    return schedule.locator(".dates__sentence")


def enter_offer(page):
    page.goto(ADD)
    page.get_by_label("Titel").focus()
    page.keyboard.type("Krabbelgruppe Sonnenschein")
    page.keyboard.press("Tab")
    page.keyboard.type("Spielen und Singen mit Babys.")
    page.get_by_role("textbox", name="Beschreibung", exact=True).focus()
    page.keyboard.type("Eltern treffen sich und ihre Babys spielen.")
    choose(page, "offer_type", "Treff")
    choose(page, "topics", "Familie")
    page.get_by_label("Alter von", exact=True).fill("4")
    page.get_by_label("Einheit zu „von“").select_option("months")
    page.get_by_label("Alter bis einschließlich", exact=True).fill("1")
    choose(page, "places-0-location", "Wanne")
    first = enter_time(page, "places-0-schedules-0", "Mittwoch", "9.30", "11")
    page.get_by_role("button", name="Noch einen Ort hinzufügen").focus()
    page.keyboard.press("Enter")
    choose(page, "places-1-location", "Sodingen")
    second = enter_time(page, "places-1-schedules-0", "Freitag", "14", "1530")
    choose(page, "provider", "Familienbüro")
    return first, second


def test_a_new_offer_with_weekly_times_in_two_places_is_typed_and_public(desk, complaints, client):
    sentences = [sentence.inner_text() for sentence in enter_offer(desk)]

    desk.get_by_role("button", name="Veröffentlichen").first.focus()
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/verwaltung/offers/offer/**")
    desk.locator(".messagelist").wait_for()

    assert sentences == ["jeden Mittwoch 9:30–11 Uhr", "jeden Freitag 14–15:30 Uhr"]
    offer = Offer.objects.get(title="Krabbelgruppe Sonnenschein")
    assert (offer.ages.lower, offer.ages.upper) == (4, 24)
    assert offer.description == "<p>Eltern treffen sich und ihre Babys spielen.</p>"
    assert OfferPlace.objects.filter(offer=offer).count() == 2
    assert sorted(Schedule.objects.filter(place__offer=offer).values_list("rrule", flat=True)) == [
        "FREQ=WEEKLY;BYDAY=FR",
        "FREQ=WEEKLY;BYDAY=WE",
    ]
    page = client.get(offer.get_absolute_url())
    assert "Krabbelgruppe Sonnenschein" in page.content.decode()
    assert [one for one in complaints if "favicon" not in one and "404" not in one] == []


def test_a_list_and_a_heading_are_made_by_keyboard_and_pasted_text_is_plain(desk):
    desk.goto(ADD)
    editor = desk.get_by_role("textbox", name="Beschreibung", exact=True)
    editor.focus()
    desk.keyboard.type("Mitbringen")
    desk.get_by_role("button", name="Zwischenüberschrift").focus()
    desk.keyboard.press("Space")
    desk.keyboard.press("Enter")
    desk.keyboard.type("Tuch")
    desk.get_by_role("button", name="Liste").focus()
    desk.keyboard.press("Space")
    desk.keyboard.press("Enter")
    desk.keyboard.type("Tasse")
    editor.evaluate(
        """editor => {
            const data = new DataTransfer();
            data.setData("text/html", "<b onclick=x()>fett</b>");
            data.setData("text/plain", " (groß)");
            editor.dispatchEvent(
                new ClipboardEvent("paste", { clipboardData: data, cancelable: true })
            );
        }"""
    )

    kept = desk.locator("textarea[name=description]").input_value()
    assert kept == "<h3>Mitbringen</h3><ul><li>Tuch</li><li>Tasse (groß)</li></ul>"


def test_one_more_time_is_entered_without_a_script(page_without_javascript, signed_in, live_server):
    client = signed_in(Client(), User.objects.create_superuser("verwaltung"))
    page = page_without_javascript
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    place = ScheduleFactory(place__offer__topics=[TopicFactory()]).place
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    page.goto(f"/verwaltung/offers/offer/{place.offer_id}/change/")
    before = set(place.schedules.values_list("pk", flat=True))

    row = page.locator("[data-schedule='places-0-schedules-1']")
    row.locator("summary").click()
    row.get_by_label("Sonntag").check()
    row.locator("[name$=start_time]").fill("15")
    page.get_by_role("button", name="Speichern", exact=True).click()
    page.locator(".messagelist").first.wait_for()

    added = place.schedules.exclude(pk__in=before).get()
    assert (added.rrule, added.start_time.hour) == ("FREQ=WEEKLY;BYDAY=SU", 15)


def test_axe_finds_nothing_serious_on_the_form_empty_filled_or_wrong(desk):
    filled = Schedule.objects.order_by("pk").first().place.offer
    desk.goto(ADD)
    empty = serious_barriers(desk)
    desk.get_by_role("button", name="Speichern", exact=True).click()
    desk.locator(".errornote").wait_for()
    desk.wait_for_load_state()
    desk.set_viewport_size({"width": 360, "height": 740})
    wrong = serious_barriers(desk)
    desk.goto(f"/verwaltung/offers/offer/{filled.pk}/change/")
    desk.locator("#abschnitt-intern > summary").click()
    found = serious_barriers(desk)

    assert (empty, wrong, found) == ([], [], [])
    for width in (360, 1280):
        desk.set_viewport_size({"width": width, "height": 900})
        assert desk.evaluate("document.documentElement.scrollWidth") <= width
