"""Pictures of every kind of page, for people who work on the look.

Each is taken as a whole: at the width of a phone and of a desk, light and dark, and as printed.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import sync_playwright

from lifephases.models import LifePhase
from offers.browsing.whom_to_ask import whom_to_ask
from offers.models import Institution, Offer

HEIGHT = 740  # px, of a phone
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
CHROMIUM += ["--disable-background-networking", "--disable-component-update"]


@dataclass(frozen=True)
class Kind:
    """A way to look at pages."""

    name: str
    width: int  # px; A4 is 794 px wide
    scheme: str = "light"
    media: str = "screen"


KINDS = [
    *[
        Kind(f"{width}-{scheme}", width, scheme)
        for width in (360, 1280)
        for scheme in ("light", "dark")
    ],
    Kind("print", 794, media="print"),
]


def addresses():
    """Return the address of one page of each kind, by name; each exists in this database."""
    offers = Offer.objects.published().order_by("pk")
    dated = offers.filter(occurrences__isnull=False)[0]
    in_danger = offers.for_page().filter(may_be_read_in_danger=True)[0]
    unreached = next(offer for offer in offers.for_page() if not whom_to_ask(offer).is_own)
    some = "-".join(str(key) for key in offers.values_list("pk", flat=True)[:3])
    return {
        "home": "/",
        "browse": "/angebote/",
        "browse-filtered": "/angebote/?alter=84&bezirk=bezirk-wanne&kostenlos=1",
        "browse-sheet": "/angebote/?alter=84#filter",
        "browse-search": "/angebote/?q=schwimmkurs",
        "browse-nothing": "/angebote/?alter=0&tag=so&zeit=abend",
        "browse-wrong": "/angebote/?zahl=6+Wachen&einheit=jahre",
        "browse-need": "/angebote/?q=mann+schlägt+mich",
        "offer": dated.get_absolute_url(),
        "offer-without-own-contact": unreached.get_absolute_url(),
        "offer-in-danger": in_danger.get_absolute_url(),
        "report": f"{dated.get_absolute_url()}melden/",
        "phases": "/lebensphasen/",
        "phase": LifePhase.objects.along_the_chain()[1].get_absolute_url(),
        "institutions": "/einrichtungen/",
        "institution": Institution.objects.order_by("pk")[0].get_absolute_url(),
        "help": "/hilfe/",
        "my-child": "/mein-kind/",
        "notepad": "/merkzettel/",
        "notepad-list": f"/merkzettel/?a={some}&sprache=ar",
        "pocket": "/ohne-netz/",
        "newsletter": "/newsletter/",
        "barrier": "/barrierefreiheit/melden/",
        "films": "/gebaerdensprache/",
        "embedding": "/einbetten/",
        "embedded-list": "/angebote/einbetten/?phase=baby",
        "legal": "/barrierefreiheit/",
        "not-found": "/gibt-es-nicht/",
    }


def take(port, chromium, folder: Path):
    """Take all pictures of a portal at a port into a folder; yield the name of each."""
    pages = addresses()
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright runs an event loop in this thread
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM)
        for kind in KINDS:
            page = browser.new_page(
                base_url=f"http://localhost:{port}",
                viewport={"width": kind.width, "height": HEIGHT},
                color_scheme=kind.scheme,
                reduced_motion="reduce",
                locale="de-DE",
            )
            page.emulate_media(media=kind.media)
            for name, address in pages.items():
                page.goto(address)
                picture = f"{name}-{kind.name}.png"
                page.screenshot(path=folder / picture, full_page="#" not in address)
                yield picture
            page.close()
        browser.close()
