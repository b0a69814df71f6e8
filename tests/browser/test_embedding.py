"""A Kita shows on its own strict page what there is for families near it."""

import re
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from playwright.sync_api import expect

from offers.models import Offer
from tests.browser.barriers import barriers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def kita_page(live_server):
    """A page of another origin with a strict policy: kita_page(code) -> its address."""
    policy = "default-src 'none'; style-src 'self'; frame-src {0}; script-src {0}"

    class Kita(BaseHTTPRequestHandler):
        body = ""

        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", policy.format(live_server.url))
            self.end_headers()
            self.wfile.write(self.body.encode())

        def log_message(self, *_words):
            pass

    server = HTTPServer(("127.0.0.1", 0), Kita)
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def serve(code):
        Kita.body = f"<!doctype html><html lang=de><title>Kita</title><main><h1>Kita</h1>{code}"
        return f"http://127.0.0.1:{server.server_port}/"

    yield serve
    server.shutdown()
    server.server_close()


def test_a_kitas_strict_page_shows_what_there_is_for_babies_in_wanne(
    herne, page, live_server, kita_page, settings
):
    settings.PORTAL_URL = live_server.url
    page.goto("/einbetten/")
    page.get_by_label("Baby").check()
    page.get_by_label("Kleinkind").check()
    page.get_by_label(re.compile("Stadtteil|Bezirk|Wo")).first.select_option("bezirk-wanne")
    page.get_by_role("button", name="Code machen").click()
    code = page.get_by_label("Mit Skript").input_value()
    assert barriers(page) == []

    heard = []
    page.on("console", lambda said: said.type == "error" and heard.append(said.text))
    page.goto(kita_page(code))
    frame = page.frame_locator("iframe")
    first = frame.locator(".offer-card__link").first
    title = first.inner_text()
    assert "Wanne" in page.locator("iframe").get_attribute("title")
    assert barriers(page) == []
    page.wait_for_function("document.querySelector('iframe').height !== '600'")
    inside = frame.locator("body").evaluate("body => body.offsetHeight")
    assert abs(page.locator("iframe").bounding_box()["height"] - inside) <= 1
    assert page.context.cookies() == []
    assert [one for one in heard if "favicon" not in one] == []

    Offer.objects.filter(title=title).update(title="Ganz neuer Name")
    page.reload()
    expect(frame.get_by_role("link", name="Ganz neuer Name")).to_be_visible()
    frame.get_by_role("link", name="Ganz neuer Name").click()
    page.get_by_role("heading", name="Ganz neuer Name").wait_for()
    assert page.url.startswith(live_server.url)
