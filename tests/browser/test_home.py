"""The first page of a phone: the question is its seven beads, a tap answers it."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

IN_THE_FIRST_SCREEN = """() => [...document.querySelectorAll(".thread__item")].filter(one => {
  const words = one.querySelector(".thread__words").getBoundingClientRect();
  const bead = one.querySelector(".thread__bead").getBoundingClientRect();
  return Math.max(words.bottom, bead.bottom) <= innerHeight;
}).map(one => one.querySelector(".thread__name").textContent)"""
PHASES = [
    "Schwangerschaft",
    "Baby",
    "Kleinkind",
    "Kita-Alter",
    "Grundschule",
    "Weiterführende Schule",
    "Ausbildung & Beruf",
]


def test_seven_labelled_beads_stand_in_the_first_screen_of_a_phone(herne, page):
    page.goto("/")

    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Wie alt ist Ihr Kind?", use_inner_text=True
    )
    assert page.evaluate(IN_THE_FIRST_SCREEN) == PHASES


@pytest.mark.parametrize(("bead", "phase"), [(PHASES[1], "baby"), (PHASES[4], "grundschule")])
def test_a_tap_on_a_bead_leads_to_the_offers_of_its_phase(
    herne, page_without_javascript, bead, phase
):
    page = page_without_javascript
    page.goto("/")
    page.locator(".thread__link", has_text=bead).click()

    page.wait_for_url(f"**/angebote/?phase={phase}")
    assert page.locator(".offer-card").count() > 0


@pytest.mark.parametrize("path", ["/", "/ar/lebensphasen/"])
def test_with_letters_of_twice_the_size_beads_keep_whole_words_on_the_smallest_screen(
    herne, page, path
):
    page.set_viewport_size({"width": 320, "height": 740})
    page.goto(path)
    page.evaluate("document.documentElement.style.fontSize = '200%'")

    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    for name in page.locator(".thread__name").all():
        box = name.bounding_box()
        assert box["x"] >= 0
        assert box["width"] > 200  # a word of many letters breaks once, not after each of them


# What a family says, the offer it taps then (none: the number stands there), who answers.
TWO_TAPS = {
    "Ein Kind kommt": ("Schwangerenberatung der Diakonie", "02323 53048"),
    "Trennung": ("Beratung für Paare, Ehe und Lebensfragen", "02323 53048"),
    "Neu in Herne": ("Migrationsberatung für Erwachsene (MBE)", "02323 95240"),
    "Kein Kita-Platz": ("Kita-Platz vormerken (Kita-Navigator)", "02323 16-4240"),
    "Mein Kind ist anders": ("Interdisziplinäre Frühförderung", "02323 568360"),
    "Das Geld reicht nicht": ("Allgemeine Sozialberatung", "02323 9296026"),
    "Ich bin selbst jung": ("JuP - Der Jugendtreff Pantringshof", "02323 89680"),
    "Mein Kind geht nicht zur Schule": (
        "Psychosoziale Beratung für Schülerinnen und Schüler",
        "0800 6784000",
    ),
    # Nobody has said the number of a course yet: the city's function is the honest answer.
    "Schwimmen lernen": ("Seepferdchen-Kurs DLRG", "02323 16-1651"),
    "Mein Baby schreit viel": (None, "0800 111 0 550"),
    "Ungewollt schwanger": (None, "0800 40 40 020"),
    "Gewalt zu Hause": (None, "116 016"),
    "Ich kann nicht mehr": (None, "0800 678 4000"),
    "Ich bin ein Kind": (None, "116 111"),
}


def follow(page, name, *, by_keyboard):
    link = page.locator("main").get_by_role("link", name=name, exact=True).first
    before = page.url
    if by_keyboard:
        link.focus()
        page.keyboard.press("Enter")
    else:
        link.click()
    page.wait_for_url(lambda address: address != before)


def can_be_dialled(page, situation, *, by_keyboard):
    """Walk from the first page; return whether the number that fits is there to tap."""
    offer, number = TWO_TAPS[situation]
    page.goto("/")
    follow(page, situation, by_keyboard=by_keyboard)
    if offer:
        follow(page, offer, by_keyboard=by_keyboard)
    answers = page.locator("a[href^='tel:']", has_text=number)
    return answers.count() > 0 and answers.first.is_visible()


def test_the_first_page_knows_every_situation_that_is_walked_and_no_other():
    assert {one["label"] for one in settings.CITY["situations"]} == set(TWO_TAPS)


def test_every_situation_leads_to_a_number_that_fits_in_two_taps(herne, page_without_javascript):
    """By turns with a finger and by keyboard."""
    missed = [
        situation
        for number, situation in enumerate(TWO_TAPS)
        if not can_be_dialled(page_without_javascript, situation, by_keyboard=number % 2)
    ]

    assert missed == []


@pytest.mark.parametrize("phase", ["schwangerschaft-geburt", "baby", "grundschule"])
def test_a_phase_ends_after_three_screens_and_a_little(herne, page, phase):
    page.goto(f"/lebensphasen/{phase}/")

    height = page.evaluate("document.documentElement.scrollHeight")
    begin = page.evaluate("document.querySelector('.milestone').getBoundingClientRect().top")
    assert height <= 3.3 * 740
    assert begin <= 740 / 2


@pytest.mark.parametrize(
    ("path", "lit"),
    [
        ("/lebensphasen/weiterfuehrende-schule/", ["Weiterführende Schule"]),
        ("/angebote/?alter=170", ["Ausbildung & Beruf"]),  # of two the older: both have no room
    ],
)
def test_the_lit_bead_of_the_strip_has_its_word_on_a_phone(herne, page, path, lit):
    page.goto(path)
    page.locator(".phase-strip__name").last.wait_for(state="attached")

    words = [
        name.inner_text()
        for name in page.locator(".phase-strip__name").all()
        if name.bounding_box()["width"] > 20
    ]
    assert words == lit
