"""Without a network: help lines, list and directory open where somebody tapped for them."""

import csv
from pathlib import Path

import pytest
from django.core.cache import cache
from django.http import QueryDict
from django.utils import timezone, translation
from django.utils.formats import date_format
from playwright.sync_api import expect

from offers.browsing.query import BrowseQuery
from offers.models import Offer
from offers.pocket import reading_ahead

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
QUERIES = Path(__file__).resolve().parents[1] / "offers" / "search"
PLAIN = {"plain-de", "exact", "synonym"}
FIRST, REACHED = 5, 0.95
NOTHING = [0, 0, 0, 0, 0]
LEFT_BEHIND = """async () => [
  document.cookie.length, localStorage.length, sessionStorage.length,
  (await caches.keys()).length, (await navigator.serviceWorker.getRegistrations()).length,
]"""


@pytest.fixture(scope="module")
def read_ahead():
    return {}


@pytest.fixture(autouse=True)
def words_are_read(herne, read_ahead):
    """Reading what Herne's phrases look for takes ten seconds, so that is done once."""
    if not read_ahead:
        reading_ahead.renew()
        read_ahead[reading_ahead.KEPT] = cache.get(reading_ahead.KEPT)
    cache.set_many(read_ahead)


def keep(page, button):
    page.goto("/ohne-netz/")
    page.get_by_role("button", name=button).click()
    page.get_by_text("Gespeichert.").wait_for(timeout=120_000)


def test_no_page_keeps_anything_without_a_tap(herne, page):
    offer = Offer.objects.published().get(slug="junior-fahrbibliothek")
    paths = ["/", "/angebote/?alter=18", "/angebote/?q=hebamme", offer.get_absolute_url()]
    paths += ["/lebensphasen/baby/", "/einrichtungen/", "/hilfe/", "/newsletter/", "/impressum/"]
    paths += ["/mein-kind/", f"/merkzettel/?a={offer.pk}", "/merkzettel/", "/ohne-netz/"]

    left = {}
    for path in paths:
        page.goto(path)
        page.wait_for_load_state("networkidle")
        if (found := page.evaluate(LEFT_BEHIND)) != NOTHING:
            left[path] = found

    assert left == {}
    assert page.context.cookies() == []


def test_help_list_and_directory_open_without_a_network_and_go_again(herne, page):
    page.goto("/angebote/junior-fahrbibliothek/")
    page.get_by_role("button", name="Auf den Merkzettel").click()
    keep(page, "Dazu alle Angebote")

    page.context.set_offline(True)
    page.goto("/hilfe/")
    expect(page.locator("a[href='tel:112']").first).to_be_visible()
    expect(page.get_by_text("Sie lesen ohne Netz")).to_be_visible()
    page.goto("/merkzettel/")
    page.locator(".sheet__title", has_text="Junior-Fahrbibliothek").wait_for()
    page.goto("/angebote/gibt-es-jetzt-nicht/")
    page.get_by_label("Im gespeicherten Verzeichnis suchen").fill("Hebamme")
    page.get_by_role("link", name="Hebammenvermittlung").wait_for()
    page.context.set_offline(False)

    page.goto("/ohne-netz/")
    page.get_by_role("button", name="Alles von diesem Gerät entfernen").click()
    page.get_by_text("ist nichts mehr gespeichert").wait_for()
    assert page.evaluate(LEFT_BEHIND) == NOTHING


def test_who_reads_turkish_keeps_turkish_pages(herne, page):
    offer = Offer.objects.published().get(slug="junior-fahrbibliothek")
    page.goto(f"/tr/merkzettel/?a={offer.pk}")
    page.evaluate("key => localStorage.setItem('merkzettel', key)", str(offer.pk))
    page.goto("/tr/ohne-netz/")
    page.locator("[data-keep]").click()
    page.get_by_text("Kaydedildi.").wait_for(timeout=120_000)

    page.context.set_offline(True)
    for address in ["/tr/hilfe/", f"/tr/merkzettel/?a={offer.pk}", "/tr/merkzettel/", "/angebote/"]:
        page.goto(address)
        expect(page.locator("html")).to_have_attribute("lang", "tr")
        notice = page.locator("main > [role=status]").first.inner_text()
        with translation.override("tr"):
            assert date_format(timezone.localdate(), "F Y") in notice, address
    page.goto("/tr/hilfe/")
    expect(page.locator("a[href='tel:112']").first).to_be_visible()
    page.context.set_offline(False)


def test_a_change_reaches_the_device_with_the_next_page(herne, page):
    keep(page, "Dazu alle Angebote")
    Offer.objects.filter(slug="babymassage").update(title="Babymassage am Kanal")

    page.goto("/hilfe/")

    page.wait_for_function(
        """async () => {
          const store = await caches.open("ohne-netz");
          const kept = await store.match("/ohne-netz/verzeichnis.json", { ignoreVary: true });
          return (await kept.text()).includes("Babymassage am Kanal");
        }""",
        timeout=120_000,
    )


def plain_queries():
    for name in ("queries.csv", "blind_queries.csv"):
        with (QUERIES / name).open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row["query_kind"] in PLAIN]
        yield from (row["query"] for row in rows if row["language"] == "de")


def first_of_the_server(text):
    given = QueryDict(mutable=True)
    given["q"] = text
    keys = [int(key) for key in BrowseQuery(given).offers[:FIRST]]
    found = Offer.objects.in_bulk(keys)
    return {found[key].get_absolute_url() for key in keys}


def test_a_plain_search_without_the_server_shows_the_same_first_offers(herne, page):
    queries = list(plain_queries())[::2]  # all take ten seconds
    keep(page, "Dazu alle Angebote")

    found = page.evaluate(
        """async ([address, queries]) => {
          const { Directory } = await import("/static/js/pocket-search.js");
          const store = await caches.open("ohne-netz");
          const kept = await store.match(address, { ignoreVary: true });
          const directory = new Directory(await kept.json());
          const first = (query) => directory.search(query).slice(0, 5);
          return queries.map((one) => first(one).map((at) => directory.offers[at][1]));
        }""",
        ["/ohne-netz/verzeichnis.json", queries],
    )

    other = [q for q, one in zip(queries, found, strict=True) if set(one) != first_of_the_server(q)]
    assert len(other) / len(queries) <= 1 - REACHED, other
