"""German makes long words; on the smallest phones they break instead of running out of sight."""

import pytest

from tests.factories.offers import DistrictFactory, OfferFactory, TopicFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = "Schwangerschaftskonfliktberatungsbescheinigungsausgabestelle"


def test_long_words_break_at_320_pixels(page):
    topic = TopicFactory(name=LONG, slug="lang")
    DistrictFactory(name=LONG, slug="lang")
    offer = OfferFactory(
        title=LONG, teaser=LONG, description=LONG, provider_name=LONG, topics=[topic],
        cost_note=LONG, schedule_text=LONG, url=f"https://www.example.org/{LONG}/{LONG}",
    )  # fmt: skip
    page.set_viewport_size({"width": 320, "height": 640})

    widths = {}
    for path in [
        offer.get_absolute_url(), "/angebote/", "/angebote/?thema=lang&bezirk=lang",
        f"/angebote/?q={LONG}", "/",
    ]:  # fmt: skip
        page.goto(path)
        widths[path] = page.evaluate("document.documentElement.scrollWidth")

    assert {path: width for path, width in widths.items() if width > 320} == {}
