"""Before a newsletter leaves, somebody has looked where its links lead."""

import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse
from django.utils import timezone

from network.models import CheckedLink, Newsletter, NewsletterBlock
from network.newsletters.composing import checks, composing, link_checking
from network.tasks import check_newsletter_links
from offers.models import LinkCheck
from tests.factories.offers import InstitutionFactory, OfferFactory

pytestmark = pytest.mark.django_db
Kind = NewsletterBlock.Kind
SECONDS = 5


class Answers(BaseHTTPRequestHandler):
    def answer(self):
        if self.path == "/haengt":
            self.server.patience.wait(20)
            return
        self.send_response(404 if self.path == "/weg" else 200)
        self.end_headers()

    do_GET = do_HEAD = answer  # noqa: N815, the names http.server asks for

    def log_message(self, *args):
        pass


@pytest.fixture
def town(settings):
    """A real server on this machine; town("/da") is an address of it."""
    settings.LINK_CHECK_ALLOWS_PRIVATE_HOSTS = True
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    server.patience = threading.Event()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield lambda path: f"http://127.0.0.1:{server.server_port}{path}"
    server.patience.set()
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def newsletter():
    return Newsletter.objects.create(title="Neues", slug="neues")


def write(newsletter, *addresses):
    links = " ".join(f'<a href="{address}">hier</a>' for address in addresses)
    newsletter.blocks.create(text=f"<p>{links}</p>")


def found(newsletter):
    return [(problem.words, problem.stops) for problem in checks.problems(newsletter, 1)]


def test_dead_link_in_a_text_is_named_with_its_block(newsletter, town):
    write(newsletter, town("/weg"), town("/da"))
    assert found(newsletter) == [("2 Links sind noch nicht geprüft.", False)]

    check_newsletter_links(newsletter.pk)

    words = f"Baustein 1: Dieser Link führt ins Leere: {town('/weg')}"
    assert found(newsletter) == [(words, False)]


def test_links_are_looked_at_again_after_a_day(newsletter, town):
    write(newsletter, town("/da"))
    link_checking.look(newsletter, SECONDS)
    assert found(newsletter) == []

    CheckedLink.objects.update(checked_at=timezone.now() - timedelta(days=2))

    assert found(newsletter) == [("1 Link ist noch nicht geprüft.", False)]


def test_server_that_hangs_keeps_nobody_waiting(newsletter, town):
    write(newsletter, town("/haengt"), town("/da"))

    link_checking.look(newsletter, 0.5)

    assert link_checking.unknown(newsletter) == [town("/haengt")]


def test_neighbours_of_the_server_are_never_asked(newsletter, town, settings):
    settings.LINK_CHECK_ALLOWS_PRIVATE_HOSTS = False
    write(newsletter, town("/da"))

    link_checking.look(newsletter, SECONDS)

    assert not CheckedLink.objects.get().ok


def test_pages_of_the_portal_that_are_not_there_must_be_mended(newsletter, settings):
    there = OfferFactory(title="Da", status="published")
    draft = OfferFactory(title="Entwurf", status="draft")
    house = InstitutionFactory(archived_on=timezone.localdate())
    gone = [draft.get_absolute_url(), house.get_absolute_url(), "/gibt-es-nicht/"]
    write(newsletter, there.get_absolute_url(), *gone)

    assert found(newsletter) == [
        (f"Baustein 1: Diese Seite gibt es hier nicht: {settings.PORTAL_URL}{path}", True)
        for path in gone
    ]


def test_address_inside_the_portal_is_written_in_full_in_the_mail(newsletter, settings):
    write(newsletter, "/angebote/")

    edition = composing.edition(newsletter)

    assert f'href="{settings.PORTAL_URL}/angebote/"' in edition.html
    assert f"{settings.PORTAL_URL}/angebote/" in edition.text


@pytest.mark.parametrize("address", ["www.herne.de", "//herne.de/a", "herne"])
def test_half_an_address_must_be_mended(newsletter, address):
    write(newsletter, address)

    assert found(newsletter) == [
        (f"Baustein 1: „{address}“ ist keine ganze Adresse, etwa https://…", True)
    ]


def test_mail_and_telephone_are_fine(newsletter):
    write(newsletter, "mailto:info@herne.example", "tel:+492323160")

    assert found(newsletter) == []


def test_dead_link_of_an_offer_among_the_news_is_told(newsletter):
    offer = OfferFactory(title="Babytreff", status="published", url="https://weg.example/")
    now = timezone.now()
    LinkCheck.objects.create(
        offer=offer,
        url=offer.url,
        ok=False,
        checked_at=now,
        failing_since=now - timedelta(days=3),
    )
    newsletter.blocks.create(kind=Kind.NEWS)

    assert "Bei „Babytreff“ führt ein Link ins Leere" in found(newsletter)[0][0]


def test_block_that_lost_its_offer_or_institution_is_named(newsletter):
    newsletter.blocks.create(position=1, kind=Kind.OFFER, heading="Tipp", text="<p>Schön</p>")
    newsletter.blocks.create(position=2, kind=Kind.INSTITUTION, heading="Neu", text="<p>x</p>")
    newsletter.blocks.create(position=3, kind=Kind.PICTURE, heading="Foto", text="<p>x</p>")

    assert [words for words, _stops in found(newsletter)] == [
        "Baustein 1 („Tipp“) nennt kein Angebot.",
        "Baustein 2 („Neu“) nennt keine Einrichtung.",
        "Baustein 3 („Foto“) hat kein Bild.",
    ]


def test_a_coordinator_lets_the_links_be_looked_at(client, signed_in, newsletter, town):
    user = User.objects.create_user("koordination", is_staff=True)
    user.groups.set([Group.objects.get(name="Koordination")])
    office = signed_in(client, user)
    write(newsletter, town("/da"))
    page = reverse("admin:network_newsletter_dispatch", args=[newsletter.pk])
    assert "Links jetzt prüfen" in office.get(page).content.decode()

    answer = office.post(page, {"step": "links"}, follow=True).content.decode()

    assert "Alle Links sind geprüft." in answer
    assert "Links jetzt prüfen" not in answer
