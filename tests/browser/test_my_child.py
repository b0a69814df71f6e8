"""Mein Faden on a phone: two children, by keyboard, without JavaScript, on paper, kept or not."""

import pytest
from django.utils import timezone
from icalendar import Calendar
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
YEAR = timezone.localdate().year


def ask(page, *children):
    page.goto("/mein-kind/")
    for number, (month, year) in enumerate(children, start=1):
        if number > 1:
            page.get_by_role("button", name="Noch ein Kind").click()
        page.locator(f"#kind-monat-{number}").fill(month)
        page.locator(f"#kind-jahr-{number}").fill(str(year))
    page.get_by_role("button", name="Faden zeigen").click()
    page.locator(".child-plan").last.wait_for()


def kept(page):
    return page.evaluate("[localStorage.length, sessionStorage.length, document.cookie.length]")


def test_two_children_without_javascript(herne, page_without_javascript):
    page = page_without_javascript
    ask(page, ("3", YEAR - 1), ("Mai", YEAR - 6))

    expect(page.locator(".child-plan")).to_have_count(2)
    expect(page.get_by_role("heading", name="Kind 2:")).to_be_visible()
    assert "monat" not in page.url
    assert page.evaluate("document.documentElement.scrollWidth") == 360

    page.locator(".child-plan a[href*='/angebote/']").first.click()
    page.go_back()
    expect(page.locator(".child-plan")).to_have_count(2)


def test_a_shown_plan_in_another_language_asks_nothing_anew_and_fits_a_phone(herne, page):
    ask(page, ("10", YEAR - 6))
    page.locator("a[href='#sprachen']").first.click()
    page.locator("#sprachen a[lang=ar]").click()
    page.wait_for_url("**/ar/mein-kind/")

    expect(page.locator(".child-plan")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_by_keyboard_alone(herne, page):
    page.goto("/mein-kind/")
    page.locator("#kind-monat-1").focus()
    page.keyboard.type("5")
    page.keyboard.press("Tab")
    page.keyboard.type(str(YEAR - 2))
    page.keyboard.press("Enter")

    page.locator(".child-plan").wait_for()


def test_an_impossible_month_is_said_where_it_stands(herne, page):
    page.goto("/mein-kind/")
    page.locator("#kind-monat-1").fill("13")
    page.locator("#kind-jahr-1").fill(str(YEAR))
    page.get_by_role("button", name="Faden zeigen").click()

    page.locator(".error-summary a[href='#kind-monat-1']").click()
    field = page.locator("#kind-monat-1")
    described = page.locator(f"#{field.get_attribute('aria-describedby')}")
    assert (field.input_value(), field.get_attribute("aria-invalid")) == ("13", "true")
    expect(described).to_contain_text("5 oder Mai", use_inner_text=True)
    page.locator("#kind-monat-1:focus").wait_for()


def test_the_calendar_comes_as_a_file_with_reminders(herne, page):
    ask(page, ("3", YEAR - 1))
    page.locator(".child-plan a[href*='/angebote/']").first.click()
    page.go_back()

    with page.expect_download() as download:
        page.get_by_role("button", name="Erinnerungen für meinen Kalender").click()

    with open(download.value.path(), "rb") as file:  # noqa: PTH123
        calendar = Calendar.from_ical(file.read())
    assert download.value.suggested_filename == "mein-faden.ics"
    assert len(calendar.walk("VALARM")) == len(calendar.walk("VEVENT")) > 0


@pytest.mark.parametrize("age_in_years", [0, 4])
def test_one_child_is_one_sheet_of_paper(herne, page, age_in_years):
    ask(page, ("3", YEAR - age_in_years))

    pdf = page.pdf(format="A4")

    assert pdf.count(b"/Type /Page\n") == 1


def test_nothing_is_kept_without_a_tap_and_forgotten_with_one(herne, page):
    ask(page, ("3", YEAR - 1))
    assert kept(page) == [0, 0, 0]

    page.get_by_text("Geburtsmonat ändern").click()
    page.get_by_label("Die Monate auf diesem Gerät merken").check()
    page.goto("/mein-kind/")
    expect(page.locator("#kind-jahr-1")).to_have_value(str(YEAR - 1))

    page.get_by_role("button", name="Vergessen").click()
    assert kept(page) == [0, 0, 0]
    expect(page.locator("#kind-jahr-1")).to_have_value("")
    page.reload()
    expect(page.locator("#kind-jahr-1")).to_have_value("")


def test_a_kept_list_of_two_fills_two_rows(herne, page):
    ask(page, ("3", YEAR - 1), ("7", YEAR - 5))
    page.get_by_text("Geburtsmonat ändern").click()
    page.get_by_label("Die Monate auf diesem Gerät merken").check()

    page.goto("/mein-kind/")

    expect(page.locator("#kind-jahr-2")).to_have_value(str(YEAR - 5))
    page.get_by_role("button", name="Faden zeigen").click()
    page.locator(".child-plan").last.wait_for()
    expect(page.locator(".child-plan")).to_have_count(2)
