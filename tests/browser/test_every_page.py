"""Every page type: nothing serious for axe, nothing cut off or too small to hit on a phone."""

import gzip
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from offers.models import Institution, Offer
from tests.browser.barriers import serious_barriers, wider_than

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STATES = [
    "/",
    "/angebote/",
    "/angebote/?alter=18&bezirk=bezirk-wanne&thema=betreuung",
    "/angebote/?alter=0&tag=so&zeit=abend",
    "/angebote/?alter=quatsch&seite=999",
    "/angebote/?zahl=6+Wachen&einheit=jahre",
    "/angebote/?q=schwimkurs+7+jahre+wanne",
    "/angebote/?q=mann+schlägt+mich",
    "/angebote/?q=qxzqxz",
    "/angebote/vorschlaege/?q=heb",
    "/lebensphasen/",
    "/lebensphasen/baby/",
    "/lebensphasen/eltern-familie/",
    "/einrichtungen/",
    "/hilfe/",
    "/ohne-netz/",
    "/merkzettel/",
    "/mein-kind/",
    "/newsletter/",
    "/newsletter/fast-fertig/",
    "/newsletter/meine-daten/",
    "/newsletter/abmelden/unvollstaendig",
    "/impressum/",
    "/datenschutz/",
    "/barrierefreiheit/",
    "/barrierefreiheit/melden/",
    "/leichte-sprache/",
    "/gebaerdensprache/",
    "/einbetten/",
    "/gibt-es-nicht/",
]


def all_paths():
    offers = Offer.objects.published()
    protected = offers.get(title__startswith="Frauenhaus").get_absolute_url()
    library, cafe = offers.get(title="Junior-Fahrbibliothek"), offers.get(title="Babycafé")
    timed, nobody_known = library.get_absolute_url(), cafe.get_absolute_url()
    return [
        *STATES,
        f"/merkzettel/?a={library.pk}-{cafe.pk}&sprache=ar",
        protected,
        timed,
        nobody_known,
        f"{timed}melden/",
        Institution.objects.first().get_absolute_url(),
    ]


# What a page keeps on a device, of every kind that there is (TDDDG § 25).
LEFT_BEHIND = """async () => [
  document.cookie, ...Object.keys(localStorage), ...Object.keys(sessionStorage),
  ...(await indexedDB.databases()).map(one => one.name), ...await caches.keys(),
  ...(await navigator.serviceWorker.getRegistrations()).map(one => one.scope),
].filter(Boolean)"""


def test_axe_finds_nothing_serious_where_something_is_open_or_wrong(herne, page):
    page.goto("/angebote/?alter=84")
    page.locator(".filters-link").click()
    for summary in page.locator(".facet__summary").all():
        summary.click()
    opened = serious_barriers(page)
    page.goto("/")
    page.get_by_text("Lieber den Geburtsmonat angeben").click()
    page.locator("#geburt-monat").select_option(index=11)
    page.locator("#geburt-jahr").select_option(index=0)
    with page.expect_navigation():
        page.locator(".age-picker__more button").click()
    wrong = serious_barriers(page)

    assert (opened, wrong) == ([], [])
    expect(page.get_by_text("Das Portal hilft von der Schwangerschaft")).to_be_visible()


# What is drawn lower than 24 px (WCAG 2.2, 2.5.8), or lower than 44 px and no link in a sentence.
TOO_SMALL = """() => {
  const small = [];
  const targets = "a[href], button, summary, input, select, textarea";
  for (const one of document.querySelectorAll(targets)) {
    const box = (one.closest("label") ?? one).getBoundingClientRect();
    const isHidden = Math.min(box.width, box.height) <= 1
      || one.closest(".visually-hidden, .skip-link");
    const covers = getComputedStyle(one, "::after").position === "absolute"; // the whole card
    if (isHidden || covers) continue;
    const sentence = one.closest("p, li, dd, address");
    const isInSentence = getComputedStyle(one).display === "inline"
      && sentence && sentence.textContent.trim() !== one.textContent.trim();
    if (box.height < (isInSentence ? 24 : 44)) small.push([one.outerHTML.slice(0, 90), box.height]);
  }
  return small;
}"""
UNDER_THE_EXIT = """() => {
  const exit = document.querySelector(".leave__link")?.getBoundingClientRect();
  const others = document.querySelectorAll("h1, h2, h3, p, main a[href], main button");
  return exit ? [...others].filter(one => {
    const box = one.getBoundingClientRect();
    return box.width > 1 && !one.closest(".leave")
      && exit.top < box.bottom && exit.bottom > box.top
      && exit.left < box.right && exit.right > box.left;
  }).map(one => one.textContent.trim()) : [];
}"""


def test_on_any_page_axe_finds_nothing_serious_and_nothing_is_cut_off_too_small_or_covered(
    herne, page
):
    """At 320 px as it is, at 360 and 768 px with letters of twice the size (WCAG 1.4.4, 1.4.10).

    Nor does a page leave anything on a device or ask another host.
    """
    serious, wrong, kept, hosts = {}, {}, {}, set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    for path in all_paths():
        page.set_viewport_size({"width": 360, "height": 740})
        page.goto(path)
        if left := page.evaluate(LEFT_BEHIND) + page.context.cookies():
            kept[path] = left
        if barred := serious_barriers(page):
            serious[path] = barred
        small, covered = page.evaluate(TOO_SMALL), page.evaluate(UNDER_THE_EXIT)
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        found = [small, covered, wider_than(page, 320)]
        found += [wider_than(page, width, "200%") for width in (360, 768)]
        if any(found):
            wrong[path] = found

    assert (serious, wrong, kept) == ({}, {}, {})
    assert len(hosts) == 1


def test_whom_to_call_has_room_at_the_foot_of_every_page_on_a_tablet_and_on_paper(herne, page):
    page.set_viewport_size({"width": 794, "height": 1123})
    page.goto("/impressum/")

    widths = []
    for media in ("screen", "print"):
        page.emulate_media(media=media)
        widths.append(page.locator(".site-footer address").bounding_box()["width"])
    assert min(widths) >= 200


def test_the_browse_page_weighs_at_most_60_kilobytes_and_leaves_nothing_behind(herne, page):
    fetched = []
    page.on("response", lambda response: fetched.append(response))  # noqa: PLW0108, needs a function

    page.goto("/angebote/?alter=84")
    page.wait_for_load_state("networkidle")

    counted = {"document", "stylesheet", "script"}
    parts = [one.body() for one in fetched if one.request.resource_type in counted]
    assert sum(len(gzip.compress(part)) for part in parts) <= 60_000
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length") == 0
    assert page.evaluate("Object.keys(sessionStorage)") == []
