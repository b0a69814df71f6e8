"""A dead link is noticed after two nights, politely, and never by asking our own neighbours."""

import datetime as dt
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.utils import timezone

from offers.models import LinkCheck, Offer
from offers.quality import link_check, link_visit
from offers.quality.link_check import check_links
from offers.quality.link_visit import Visit, visit
from tests.factories.offers import OfferFactory

REDIRECTS = {"/umgezogen": "/da", "/im-kreis": "/im-kreis", "/weit": "/umgezogen"}


class Answers(BaseHTTPRequestHandler):
    """A small town's web server with all its weaknesses."""

    def answer(self):
        self.server.seen.append((self.command, self.path, self.headers["User-Agent"]))
        path = self.path.partition("?")[0]
        if path == "/haengt":
            self.server.patience.wait(30)
            return
        if path == "/tropft":
            self.drip()
            return
        if path in REDIRECTS:
            self.send_response(302)
            self.send_header("Location", REDIRECTS[path])
        elif path == "/nur-get" and self.command == "HEAD":
            self.send_response(404)
        else:
            known = {"/weg": 404, "/kaputt": 500, "/gesperrt": 403, "/da": 200, "/nur-get": 200}
            self.send_response(known.get(path, 200))
        self.end_headers()

    def drip(self):
        while not self.server.patience.wait(0.05):
            try:
                self.wfile.write(b"H")
            except OSError:
                return

    do_GET = do_HEAD = answer  # noqa: N815, the names http.server asks for

    def log_message(self, *args):
        pass


@pytest.fixture
def town(settings):
    """A real server on this machine; town("/da") is an address of it."""
    settings.LINK_CHECK_ALLOWS_PRIVATE_HOSTS = True
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    server.seen, server.patience = [], threading.Event()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()

    def address(path):
        return f"http://127.0.0.1:{server.server_port}{path}"

    address.server = server
    yield address
    server.patience.set()
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/da", Visit(ok=True, status=200)),
        ("/da?a=ä b&c=%20", Visit(ok=True, status=200)),
        ("/straße", Visit(ok=True, status=200)),
        ("/umgezogen", Visit(ok=True, status=200)),
        ("/weit", Visit(ok=True, status=200)),
        ("/nur-get", Visit(ok=True, status=200)),
        ("/gesperrt", Visit(ok=True, status=403)),
        ("/weg", Visit(ok=False, status=404)),
        ("/kaputt", Visit(ok=False, status=500)),
        ("/im-kreis", Visit(ok=False, status=302)),
    ],
)
def test_a_visit_tells_whether_there_is_a_page(town, path, found):
    assert visit(town(path)) == found


@pytest.mark.parametrize("path", ["/haengt", "/tropft"])
def test_a_server_that_stalls_or_drips_is_left_alone(town, path, monkeypatch):
    monkeypatch.setattr(link_visit, "SECONDS_A_STEP", 0.3)
    monkeypatch.setattr(link_visit, "SECONDS_IN_ALL", 0.6)

    assert visit(town(path)) == Visit(ok=False)


def test_a_visit_says_who_is_asking(town, settings):
    visit(town("/da"))

    assert town.server.seen == [("HEAD", "/da", settings.LINK_CHECK_USER_AGENT)]
    assert settings.CITY["portal_name"] in settings.LINK_CHECK_USER_AGENT


@pytest.mark.parametrize(
    "url",
    ["http://", "https://[", "http://a b/", "ftp://example.org", "http://x:99999/", "http://\x00/",
     "http://nicht.invalid/", "file:///etc/passwd", "http://" + "a" * 300 + ".de/"],
)  # fmt: skip
def test_an_address_that_is_none_leads_nowhere(url):
    assert visit(url) == Visit(ok=False)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "0", "10.0.0.1", "192.168.1.1", "169.254.169.254", "[::1]",
     "[::ffff:127.0.0.1]", "[fe80::1]", "100.64.0.1", "2130706433", "0x7f000001", "224.0.0.1"],
)  # fmt: skip
def test_our_own_neighbours_are_never_asked(host, town, settings, monkeypatch):
    settings.LINK_CHECK_ALLOWS_PRIVATE_HOSTS = False

    def refuse(*args, **kwargs):
        pytest.fail("a private host was contacted")

    monkeypatch.setattr(socket, "create_connection", refuse)

    assert visit(f"http://{host}:{town.server.server_port}/da") == Visit(ok=False)
    assert town.server.seen == []


def test_a_redirect_to_a_neighbour_is_not_followed(town, settings, monkeypatch):
    """The first host counts as public here, the one it sends us to does not."""
    REDIRECTS["/falle"] = town("/da").replace("127.0.0.1", "localhost")
    public = link_visit._public_address

    def only_the_first(host, port):
        settings.LINK_CHECK_ALLOWS_PRIVATE_HOSTS = host == "127.0.0.1"
        return public(host, port)

    monkeypatch.setattr(link_visit, "_public_address", only_the_first)

    assert visit(town("/falle")) == Visit(ok=False)
    assert [path for _method, path, _agent in town.server.seen] == ["/falle"]


# Night by night ---------------------------------------------------------------------------


@pytest.mark.django_db
def test_each_address_of_a_published_offer_is_visited_once(town):
    text = f'<p><a href="{town("/umgezogen?a=1&amp;b=2")}">mehr</a> {town("/nackt")}</p>'
    OfferFactory(url=town("/da"), registration_url=town("/weg"), description=text)
    OfferFactory(url=town("/da"))
    OfferFactory(url=town("/entwurf"), status=Offer.Status.DRAFT)

    assert check_links(seconds_between=0) == 3

    heads = sorted(path for method, path, _agent in town.server.seen if method == "HEAD")
    assert heads == ["/da", "/da", "/umgezogen?a=1&b=2", "/weg"]
    states = {(one.url, one.ok, one.status) for one in LinkCheck.objects.all()}
    assert states == {
        (town("/da"), True, "200"),
        (town("/weg"), False, "404"),
        (town("/umgezogen?a=1&b=2"), True, "200"),
    }


@pytest.mark.django_db
def test_a_link_counts_as_dead_after_the_second_night_and_lives_again(town):
    offer = OfferFactory(url=town("/weg"))
    tonight = timezone.now()
    broken, fine = Visit(ok=False, status=404), Visit(ok=True, status=200)

    link_check.keep(offer.url, broken, {offer.pk}, at=tonight - dt.timedelta(days=1))
    assert list(Offer.objects.with_dead_link()) == []
    link_check.keep(offer.url, broken, {offer.pk}, at=tonight)
    assert list(Offer.objects.with_dead_link()) == [offer]
    link_check.keep(offer.url, fine, {offer.pk}, at=tonight)

    assert list(Offer.objects.with_dead_link()) == []
    assert LinkCheck.objects.get().failing_since is None


@pytest.mark.django_db
def test_a_link_that_was_corrected_is_forgotten(town):
    offer = OfferFactory(url=town("/weg"))
    check_links(seconds_between=0)
    Offer.objects.update(url=town("/da"))

    check_links(seconds_between=0)

    assert LinkCheck.objects.get(offer=offer).url == town("/da")


@pytest.mark.django_db
def test_an_offer_that_went_away_during_the_night_stops_nothing(town):
    offer = OfferFactory(url=town("/da"))
    key = offer.pk
    offer.delete()

    link_check.keep(town("/da"), Visit(ok=True, status=200), {key})

    assert not LinkCheck.objects.exists()
