"""Twenty entries drawn anew each time: what a page shows is what the files say."""

import html
import random
import re

import pytest

from kekiz_portal.lib.rich_text import as_text
from offers.models import Offer

pytestmark = pytest.mark.django_db

DRAWN = 20
NOT_READ = re.compile(r"<script.*?</script>|<[^>]+>", re.DOTALL)
# "2020: Di–Fr" is how the collectors noted old hours; the portal says "zuletzt 2020: Di–Fr".
OLD_HOURS = r"(?<!zuletzt )\b20[0-9]{2}: (?:Mo|Di|Mi|Do|Fr|Sa|So)\b"
RAW = re.compile(rf"n/a|20[0-9]{{2}}[?+]|{OLD_HOURS}|teils Anmeldung")


@pytest.fixture
def seed():
    number = random.SystemRandom().randrange(10**6)
    print(f"seed of the draw: {number}")  # noqa: T201, shown when a test fails
    return number


def digits(text):
    return re.sub(r"^\+49", "0", re.sub(r"[^0-9+]", "", text))


def test_twenty_pages_show_it_and_nothing_as_the_collectors_wrote_it(client, herne, entries, seed):
    for row in random.Random(seed).sample(entries, DRAWN):
        offer = Offer.objects.get(external_id=row["Kennung dort"])
        page = html.unescape(client.get(offer.get_absolute_url()).content.decode())
        text = as_text(row["Beschreibung"])

        assert row["Titel"] in page, row["Titel"]
        assert not RAW.search(NOT_READ.sub(" ", page)), row["Titel"]
        assert text[:60] in page, row["Titel"]
        if row["Telefon"]:
            assert digits(row["Telefon"]) in digits(page), row["Titel"]
        for page_, year, facts in sources(row):
            assert offer.sources.filter(page=page_, year=year, facts=facts).exists(), row["Titel"]


def sources(row):
    """Yield page, year and facts of each source that a row names."""
    for one in filter(None, row["Quellen"].split(" | ")):
        page, year, facts = one.split("; ")
        yield page.strip(), int(year) if year else None, facts.split(", ")
