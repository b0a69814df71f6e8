"""What the browser itself has to say about the frame of every page."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.fixture
def complaints(page):
    """Everything the browser complains about: refused styles and scripts, missing files."""
    heard = []
    page.on("console", lambda said: said.type == "error" and heard.append(said.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard


@pytest.mark.parametrize("path", ["/", "/angebote/", "/verwaltung/login/"])
def test_a_page_obeys_its_own_policy_and_asks_no_other_host(page, complaints, live_server, path):
    hosts = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))

    page.goto(path)

    assert complaints == []
    assert hosts == {urlsplit(live_server.url).netloc}


def test_a_page_works_without_javascript(page_without_javascript):
    page_without_javascript.goto("/angebote/")

    expect(page_without_javascript.get_by_role("heading", level=1)).to_be_visible()
