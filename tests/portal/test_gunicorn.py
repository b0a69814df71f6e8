"""What the web server does with hostile, slow and forgotten things; asked of a real gunicorn."""

import socket
import threading
import time
from urllib.parse import urlencode

import pytest

from offers.models import Offer
from tests.factories.offers import OfferFactory
from tests.html_forms import FormReader
from tests.portal.gunicorn_server import free_port, running

pytestmark = pytest.mark.django_db
CONF = ["-c", "deploy/gunicorn.conf.py"]
MEGABYTE = 1024 * 1024
REDIS_TIMEOUT_SECONDS = 0.2  # in production


@pytest.fixture(scope="module")
def folder(django_db_setup, tmp_path_factory, collected_files):
    """A folder for what the server writes; its static files are those of `collectstatic`."""
    folder = tmp_path_factory.mktemp("gunicorn")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STATIC_ROOT", str(collected_files))
        patch.setenv("MEDIA_ROOT", str(folder / "media"))
        yield folder


@pytest.fixture(scope="module")
def server(folder):
    """As deploy/gunicorn.conf.py says, with two threads and little patience."""
    few = {"WEB_THREADS": "2", "WEB_SECONDS_OF_SILENCE": "1", "ACCESS_LOG": "-"}
    with running(folder, *CONF, **few) as server:
        yield server


def test_a_header_script_name_does_not_change_which_page_an_address_shows(server):
    plain = server.ask("/hilfe/angebote/")
    divided = server.ask("/hilfe/angebote/", {"SCRIPT_NAME": "/hilfe"})

    assert plain[0] == divided[0] == 404


def test_not_even_a_server_that_obeys_the_header_shows_another_page(folder):
    with running(folder) as obeying:
        assert obeying.ask("/hilfe/angebote/", {"SCRIPT_NAME": "/hilfe"})[0] == 400
        assert obeying.ask("/hilfe/")[0] == 200


@pytest.mark.parametrize("path", ["/", "/newsletter/", "/verwaltung/konto/anmelden/"])
def test_150_megabytes_to_any_page_are_refused_before_they_are_read(server, path):
    waiting = server.open(
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {150 * MEGABYTE}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
    )
    answer = waiting.recv(200).decode()
    waiting.close()

    assert answer.startswith("HTTP/1.1 413")


@pytest.mark.parametrize(
    "start",
    [
        "POST /newsletter/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\naddress=",
        "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ",
    ],
)
def test_unfinished_requests_on_every_thread_do_not_hold_up_the_next_visitor(server, start):
    waiting = [server.open(start) for _thread in range(2)]
    time.sleep(0.3)
    began = time.monotonic()

    status = server.ask("/healthz")[0]

    assert status == 200
    assert time.monotonic() - began < 15  # 1 s of silence, 5 s in which gunicorn waits for the rest
    for one in waiting:
        one.close()


def test_the_access_log_holds_no_token_no_query_and_no_address_of_a_visitor(server):
    server.ask("/angebote/?q=scheidung")
    server.ask("/verwaltung/konto/passwort/neu/1-c0ffee-geheim/", {"Referer": "http://x/?q=adhs"})
    server.ask("/newsletter/abmelden/geheimnis")

    time.sleep(0.5)
    said = server.said()
    assert "/angebote/" in said
    for secret in ["scheidung", "c0ffee", "geheim", "adhs"]:
        assert secret not in said
    lines = [line for line in said.splitlines() if '"GET /' in line]
    assert lines
    assert not any("127.0.0.1" in line for line in lines)


def test_a_forgotten_proxy_setting_is_said_at_the_start(server):
    assert "SECURE_PROXY is off" in server.said()


def test_readyz_says_inside_what_address_it_sees_and_nothing_outside(server):
    _status, _headers, inside = server.ask("/readyz")
    _status, _headers, outside = server.ask("/readyz", {"X-Forwarded-For": "203.0.113.9"})

    assert '"visitor_address_seen": "127.0.0.1"' in inside
    assert outside == '{"ready": true}'


@pytest.fixture(scope="module")
def silent_redis():
    """The port of a Redis that takes connections and says nothing, and who has called it so far."""
    silent = socket.create_server(("127.0.0.1", free_port()))
    callers = []
    stop = threading.Event()

    def accept():
        silent.settimeout(0.2)
        while not stop.is_set():
            try:
                callers.append(silent.accept())
            except TimeoutError:
                continue

    thread = threading.Thread(target=accept)
    thread.start()
    yield silent.getsockname()[1], callers
    stop.set()
    thread.join()
    silent.close()
    for connection, _address in callers:
        connection.close()


@pytest.fixture(scope="module")
def without_redis(folder, silent_redis):
    port, _callers = silent_redis
    with running(folder, *CONF, REDIS_URL=f"redis://127.0.0.1:{port}/0") as server:
        yield server


def test_families_read_while_redis_is_silent_and_the_operator_is_told(without_redis):
    assert without_redis.ask("/angebote/")[0] == 200
    assert without_redis.ask("/readyz")[0] == 200
    status, _headers, told = without_redis.ask("/readyz/all")
    assert status == 503
    assert '"redis_says": "away"' in told


@pytest.mark.django_db(transaction=True)  # what the server took goes again
def test_the_newsletter_form_waits_less_than_a_second_for_a_silent_redis(
    without_redis, silent_redis
):
    """Counted by calls, each given up after 0.2 seconds: a clock would measure the machine too."""
    _port, callers = silent_redis
    _status, _headers, page = without_redis.ask("/newsletter/")
    reader = FormReader(None)
    reader.feed(page)
    sent = reader.fields | {"address": ["anna@beispiel.de"], "language": ["de"]}
    time.sleep(3.2)  # a person takes some time
    before = len(callers)

    header = {"Content-Type": "application/x-www-form-urlencoded"}
    status, _headers, _page = without_redis.ask(
        "/newsletter/", header, "POST", urlencode(sent, doseq=True)
    )

    assert status in {200, 302, 303, 503}
    assert 0 < len(callers) - before < 1 / REDIS_TIMEOUT_SECONDS


@pytest.mark.django_db(transaction=True)
def test_every_process_shows_a_change_with_the_next_request(folder):
    offer = OfferFactory(title="Krabbelgruppe")
    with running(folder, *CONF, WEB_WORKERS="2") as server:

        def shown(title):
            return [title in server.ask("/angebote/")[2] for _process in range(6)]

        assert all(shown("Krabbelgruppe"))
        for before, now in [("Krabbelgruppe", "Spielkreis"), ("Spielkreis", "Chor")]:
            Offer.objects.filter(pk=offer.pk).update(title=now)
            assert not any(shown(before))
            assert all(shown(now))
        offer.delete()
        assert not any(shown("Chor"))
