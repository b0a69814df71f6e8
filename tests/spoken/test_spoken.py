"""What somebody hears who does not see a page, word for word; "make spoken" writes it anew."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from django.core.cache import cache

from tests.factories.offers import OfferFactory, TopicFactory

HERE = Path(__file__).parent
TRANSCRIPTS = HERE / "transcripts"
NODE = shutil.which("node")
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        not NODE or not (HERE / "node_modules").is_dir(),
        reason='needs Node and the virtual screen reader: run "make spoken" once',
    ),
]


@pytest.fixture
def ways(client):
    """The pages of the main ways: to find an offer, to ask, to be told of news, to complain."""
    cache.clear()
    OfferFactory(
        title="Babycafé",
        slug="babycafe",
        teaser="Eltern treffen sich mit Babys.",
        topics=[TopicFactory(name="Treffen", slug="treffen")],
        cost_kind="free",
    )

    def page(name, front):
        if name == "a-barrier-not-sent":
            return client.post(f"{front}/barrierefreiheit/melden/", {"message": ""})
        paths = {"list": "/angebote/", "offer": "/angebote/babycafe/", "newsletter": "/newsletter/"}
        return client.get(front + paths[name])

    return page


@pytest.mark.parametrize("front", ["", "/ar"])
@pytest.mark.parametrize("name", ["list", "offer", "newsletter", "a-barrier-not-sent"])
def test_a_page_is_heard_as_it_was_agreed(ways, name, front):
    page = ways(name, front).text
    spoken = subprocess.run(
        [NODE, "speak.mjs"], cwd=HERE, input=page, capture_output=True, text=True, check=True
    ).stdout
    kept = TRANSCRIPTS / f"{name}{front.replace('/', '-') or '-de'}.txt"
    if os.environ.get("RENEW"):
        kept.write_text(spoken, encoding="utf-8")

    assert spoken == kept.read_text(encoding="utf-8")
