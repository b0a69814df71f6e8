"""An offer on a phone: who answers stands on the first screen; on paper it is one sheet."""

import re

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import expect

from offers.models import InstitutionKind, Offer
from tests.factories.offers import OfferFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 360, "height": 740}
LONGEST = 20
TEXTS = ["title", "teaser", "description", "schedule_text", "how_to_apply", "cost_note"]
# Every way to somebody, by where it ends on the screen.
WAYS = """() => [...document.querySelectorAll(".contact a[href]")]
  .filter(one => one.closest(".ways, .city-contact, .emergency"))
  .filter(one => !one.closest(".channel, .emergency__more"))
  .map(one => ({
    ends: one.getBoundingClientRect().bottom,
    height: one.getBoundingClientRect().height,
    href: one.getAttribute("href"),
    isMain: one.classList.contains("button--main"),
    isInDanger: Boolean(one.closest(".emergency")),
  }))"""
LEFT_OF_A_SHEET = "td, .offer-card, .site-footer, .age-bar__picture, .leave, .contact__now"


def ways(page):
    """Return the ways that must be on the first screen: those for danger before all others."""
    found = page.evaluate(WAYS)
    return [one for one in found if one["isInDanger"]] or found


@pytest.fixture
def offers(herne):
    """Those that say most, and so fill screen and sheet most, and every fifth of the rest; all of
    them would take two minutes."""
    by_length = sorted(Offer.objects.published().for_page().by_title(), key=signs, reverse=True)
    return by_length[:LONGEST] + by_length[LONGEST::5]


def signs(offer):
    """Return how much an offer says, roughly: its texts, places, ways to it and prices."""
    texts = [getattr(offer, name) for name in TEXTS]
    rows = [*offer.places.all(), *offer.contact_points.all(), *offer.cost_options.all()]
    return sum(map(len, texts)) + 100 * len(rows)


def test_an_offer_of_herne_says_whom_to_ask_on_the_first_screen(offers, page):
    """Call, write, web and way within 360 × 740 px; a red button only to a number of its own."""
    wrong = {}
    page.set_viewport_size(PHONE)
    for offer in offers:
        page.goto(offer.get_absolute_url())
        found = ways(page)
        dialled = [one["href"] for one in found if one["href"].startswith("tel:")]
        own = bool(offer.phone) or offer.contact_points.public().exclude(phone="").exists()
        red = any(one["isMain"] for one in page.evaluate(WAYS))
        is_right = found and all(one["ends"] <= PHONE["height"] for one in found)
        is_right &= all(re.fullmatch(r"tel:[+]?[0-9]{3,15}", one) for one in dialled)
        if not is_right or red != own:
            wrong[offer.slug] = (max(one["ends"] for one in found), dialled, red, own)

    assert wrong == {}


def test_an_offer_of_herne_is_one_sheet_of_paper(offers, page):
    pages = {}
    for offer in offers:
        page.goto(offer.get_absolute_url())
        sheet = page.pdf(prefer_css_page_size=True)
        if (number := len(re.findall(rb"/Type\s*/Page\b", sheet))) != 1:
            pages[offer.slug] = number

    assert pages == {}


def test_the_sheet_has_the_address_as_a_code_and_leaves_out_what_only_a_screen_can_do(herne, page):
    page.goto("/angebote/junior-fahrbibliothek/")
    before = page.locator(".paper").is_visible()
    page.emulate_media(media="print")

    assert (before, page.locator(".paper svg").is_visible()) == (False, True)
    expect(page.locator(".paper")).to_contain_text(
        "/angebote/junior-fahrbibliothek/", use_inner_text=True
    )
    expect(page.locator(".paper")).to_contain_text("Gedruckt am", use_inner_text=True)
    assert [one for one in page.locator(LEFT_OF_A_SHEET).all() if one.is_visible()] == []
    expect(page.locator(".ways__call")).to_be_visible()


def test_a_call_is_the_first_stop_of_the_keyboard_after_the_name(page_without_javascript):
    page = page_without_javascript
    page.goto(OfferFactory(phone="02323 1234", email="treff@haus.example").get_absolute_url())
    page.locator("h1").click()

    stops = []
    for _step in range(2):
        page.keyboard.press("Tab")
        stops.append(page.evaluate("document.activeElement.getAttribute('href')"))

    assert "tel:+4923231234" in stops


def test_what_a_kind_of_institution_says_of_calls_reaches_its_offers(herne, page):
    kind = InstitutionKind.objects.get(slug="schwangerenberatung")
    offer = Offer.objects.published().filter(provider__kind=kind).first()
    page.goto(offer.get_absolute_url())
    page.set_viewport_size(PHONE)

    expect(page.get_by_text("Sie müssen Ihren Namen nicht sagen.")).to_be_visible()
    expect(page.get_by_text("gesetzlich verpflichtet")).to_be_visible()


def test_the_office_says_what_happens_to_those_who_call(herne, signed_in_page, client):
    """Of an entry, and of a kind of institution for all entries that say nothing themselves."""
    page = signed_in_page(User.objects.create_superuser("leitung"))
    kind = InstitutionKind.objects.get(slug="suchtberatung")
    offer = Offer.objects.published().filter(provider__kind=kind).first()

    page.goto(f"/verwaltung/offers/institutionkind/{kind.pk}/change/")
    page.locator("[name=is_youth_office]").select_option("false")
    page.locator("[name=_save]").first.click()
    page.goto(f"/verwaltung/offers/offer/{offer.pk}/change/")
    page.get_by_label("Was beim ersten Anruf passiert").fill("Das dauert zehn Minuten.")
    page.locator("[name=_save]").first.click()
    page.wait_for_url("**/offers/offer/**")

    shown = client.get(offer.get_absolute_url()).content.decode()
    assert "Sie sprechen dort nicht mit dem Jugendamt." in shown
    assert "Das dauert zehn Minuten." in shown
    assert offer.history.first().first_call == "Das dauert zehn Minuten."
