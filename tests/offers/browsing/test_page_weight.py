"""The words and the look of a page come with the first flight of a connection."""

import re

import brotli
import pytest

from offers.models import Offer

pytestmark = pytest.mark.django_db
FIRST_FLIGHT = 14_600  # ten segments (RFC 6928), a little less than 14.6 kB with their heads
WHOLE_PAGE = 35_000
HASH = re.compile(r"\.[0-9a-f]{12}\.")


@pytest.fixture
def weight_of(client, herne, collected):
    """Return what of a page comes over the line: weight_of(path) -> words and look, and all."""

    def weigh(path):
        answer = client.get(path, headers={"Accept-Encoding": "br"})
        page = brotli.decompress(answer.content).decode()
        styles = files_of(r'rel="stylesheet" href="/static/([^"]+)"', page)
        scripts = files_of(r'<script[^>]* src="/static/([^"]+)"', page)
        assert (len(styles), len(scripts)) == (1, 1)
        first = len(answer.content) + sum(styles)
        on_paper = files_of(r'rel="stylesheet" media="print" href="/static/([^"]+)"', page)
        icons = files_of(r'href="/static/(img/[^"#]+)', page)
        return first, first + sum(scripts) + sum(on_paper) + sum(icons)

    def files_of(pattern, page):
        # Parts that an earlier test rendered name the same files without their hash.
        names = {HASH.sub(".", name) for name in re.findall(pattern, page)}
        return [(collected / f"{name}.br").stat().st_size for name in names]

    return weigh


@pytest.mark.parametrize("path", ["/", "/angebote/", "/hilfe/", "an offer"])
def test_words_and_look_come_with_the_first_flight(weight_of, path):
    longest = max(Offer.objects.published(), key=lambda offer: len(offer.description))
    first, whole = weight_of(longest.get_absolute_url() if path == "an offer" else path)

    assert first <= FIRST_FLIGHT
    assert whole <= WHOLE_PAGE
