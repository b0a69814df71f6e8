"""The page of a provider knows before the office: what it says otherwise becomes a proposal."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from offers.curation import page_proposals, proposals
from offers.models import ChangeProposal, Institution, Offer
from offers.quality import link_visit
from offers.reading.document import parse
from offers.tasks import check_links
from tests.factories.offers import InstitutionFactory, OfferFactory, ProtectedLocationFactory

pytestmark = pytest.mark.django_db
URL = "https://kita.example/cafe"
HI = "<h1>Elterncafé</h1><p>Wir sind für die Eltern da, kommen Sie mit Ihren Kindern.</p>"
LATE = HI + "<p>Wir treffen uns donnerstags 9 bis 11 Uhr. Telefon 02323 4711</p>"


@pytest.fixture
def offer():
    known = {"phone": "02323 4711", "schedule_text": "dienstags 9 bis 11 Uhr", "url": URL}
    return OfferFactory(title="Elterncafé", cost_kind="free", **known)


@pytest.fixture
def office(signed_in):
    user = User.objects.create_user("karla", is_staff=True)
    user.groups.add(Group.objects.get(name="Redaktion"))
    return signed_in(Client(), user)


def read(html, url=URL):
    return page_proposals.take_in(url, parse(html.encode()))


def test_a_changed_time_is_proposed_with_its_sentence_and_address_and_changes_nothing(
    offer, office
):
    assert read(LATE) == 1

    [proposal] = ChangeProposal.objects.open()
    assert Offer.objects.get(pk=offer.pk).schedule_text == "dienstags 9 bis 11 Uhr"
    shown = office.get(reverse("admin:offers_changeproposal_change", args=[proposal.pk]))
    for words in (URL, "Wir treffen uns donnerstags 9 bis 11 Uhr.", "dienstags 9 bis 11 Uhr"):
        assert words in shown.content.decode()

    decide = reverse("admin:offers_changeproposal_decide", args=[proposal.pk])
    office.post(decide, {"_accept": "1"})

    kept = Offer.objects.get(pk=offer.pk)
    assert "donnerstags" in kept.schedule_text
    assert kept.confirmed_at is None  # a page is nobody who confirms
    assert URL in kept.history.latest("history_id").history_change_reason
    assert read(LATE) == 0


def test_what_was_turned_down_is_not_proposed_again_however_it_is_written(offer, office):
    read(LATE)
    proposals.decline(ChangeProposal.objects.get(), None, "Stimmt nicht.")

    assert read(LATE) == 0
    assert read(LATE.replace("donnerstags 9 bis 11 Uhr", "immer am Donnerstag, 9–11 Uhr")) == 0
    assert read(LATE.replace("donnerstags", "freitags")) == 1


def test_an_empty_field_is_proposed_and_each_fact_is_decided_on_its_own(offer):
    Offer.objects.update(phone="", cost_kind="unknown")
    assert read(LATE + "<p>Kosten: 3 Euro pro Termin</p>") == 3

    proposals.accept(ChangeProposal.objects.get(fact="price"), by=None)

    kept = Offer.objects.get()
    assert (kept.cost_kind, kept.cost_note) == ("paid", "Kosten: 3 Euro pro Termin")
    assert (kept.phone, kept.schedule_text) == ("", "dienstags 9 bis 11 Uhr")


def test_a_proposal_goes_when_the_page_takes_it_back_but_not_when_the_page_fails(offer):
    read(LATE)
    for broken in ("", "<h1>404</h1>", "<p>We are moving. Please visit our new page for you.</p>"):
        read(broken)
        assert ChangeProposal.objects.open().count() == 1

    read(LATE.replace("donnerstags", "dienstags"))

    assert not ChangeProposal.objects.exists()


@pytest.mark.parametrize(
    "words",
    [
        "Das Elterncafé bleibt bis auf Weiteres geschlossen.",
        "Wir ziehen im März in die Marktgasse um.",
        "Der Kurs ist ausgebucht.",
    ],
)
def test_closed_moving_and_full_become_a_notice_that_somebody_looks_at(offer, words):
    read(LATE.replace("donnerstags", "dienstags") + f"<p>{words}</p>")

    proposals.accept(ChangeProposal.objects.get(fact="notice"), by=None)

    assert Offer.objects.get().alert_text == f"Laut Anbieter: „{words}“"


def test_prices_and_numbers_turned_down_are_not_proposed_again_however_they_are_written(offer):
    Offer.objects.update(phone="", cost_kind="unknown")
    page = LATE + "<p>Kosten: 3 Euro pro Termin</p>"
    assert read(page) == 3
    for one in ChangeProposal.objects.open():
        proposals.decline(one, None, "Stimmt nicht.")

    assert read(page.replace("3 Euro pro", "3,00 € je").replace("02323 4711", "02323/4711")) == 0
    assert read(page.replace("3 Euro", "4 Euro")) == 1


def test_what_costs_nothing_any_more_takes_its_old_price_along(offer):
    Offer.objects.update(cost_kind="paid", cost_note="5 Euro im Monat")
    read(HI + "<p>Dienstags 9 bis 11 Uhr. Die Teilnahme ist kostenlos. Telefon 02323 4711</p>")

    proposals.accept(ChangeProposal.objects.get(fact="price"), by=None)

    kept = Offer.objects.get()
    assert (kept.cost_kind, kept.cost_note) == ("free", "")


def test_no_page_makes_an_entry_name_a_protected_address(offer):
    ProtectedLocationFactory(street="Kanarienpfad 88")
    page = LATE.replace("donnerstags", "dienstags")

    moving = "Wir ziehen um: ab August sind wir "
    assert read(f"{page}<p>{moving}im Kanarienpfad 88.</p>") == 0
    assert not ChangeProposal.objects.exists()
    assert read(f"{page}<p>{moving}im Stadtteilzentrum.</p>") == 1


def test_what_a_house_says_on_its_page_becomes_a_question_for_the_office():
    house = InstitutionFactory(name="Elterncafé", phone="02323 4711", url=URL)
    read(LATE.replace("donnerstags", "dienstags") + "<p>Wir ziehen um.</p>")

    proposals.accept(ChangeProposal.objects.get(fact="notice"), by=None)

    house.refresh_from_db()
    assert house.open_question == "Auf der Internetseite steht: „Wir ziehen um.“"


def test_a_page_of_several_entries_says_nothing_of_the_one_it_does_not_name(offer):
    OfferFactory(title="Babymassage", url=URL, phone="")

    html = "<p>Willkommen bei uns. Wir sind für Sie da.</p><p>Telefon 02323 99, montags 8 Uhr"

    assert read(html) == 0


def test_of_an_institution_number_and_hours_are_proposed_and_lead_to_its_form(office):
    house = InstitutionFactory(name="Kita Sonnenschein", url=URL, opening_hours_text="")
    html = "<h1>Kita Sonnenschein</h1><p>Wir sind für die Kinder da. Telefon 02323 4711</p>"
    read(html + "<h2>Öffnungszeiten</h2><p>montags bis freitags 7–17 Uhr</p>")
    assert "deren Seite etwas anderes sagt" in office.get(reverse("admin:index")).content.decode()
    listed = office.get(reverse("admin:offers_changeproposal_changelist")).content.decode()
    assert "Kita Sonnenschein" in listed

    for proposal in ChangeProposal.objects.filter(house=house):
        shown = office.get(reverse("admin:offers_changeproposal_change", args=[proposal.pk]))
        assert f"/institution/{house.pk}/change/" in shown.content.decode()
        decide = reverse("admin:offers_changeproposal_decide", args=[proposal.pk])
        office.post(decide, {"_accept": "1"})

    kept = Institution.objects.get(pk=house.pk)
    assert kept.phone == "02323 4711"
    assert kept.opening_hours_text == "montags bis freitags 7–17 Uhr"


# By night ---------------------------------------------------------------------------------


class Site(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.seen.append(self.path)
        body = self.server.pages.get(self.path, b"")
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        try:
            self.wfile.write(body)
            while self.path == "/endlos" and not self.server.over.wait(0.01):
                self.wfile.write(b"x" * 100_000)
        except OSError:
            return

    do_HEAD = do_GET  # noqa: N815, as above

    def log_message(self, *args):
        pass


@pytest.fixture
def site(settings):
    settings.LINK_CHECK_ALLOWS_PRIVATE_HOSTS = True
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.seen, server.over, server.pages = [], threading.Event(), {"/cafe": LATE.encode()}
    threading.Thread(target=server.serve_forever, daemon=True).start()
    server.address = f"http://127.0.0.1:{server.server_port}"
    yield server
    server.over.set()
    server.shutdown()
    server.server_close()


def test_by_night_pages_of_offers_and_institutions_are_read_once(site, offer):
    Offer.objects.update(url=f"{site.address}/cafe", registration_url=f"{site.address}/anmelden")
    InstitutionFactory(url=f"{site.address}/haus")
    site.pages["/haus"] = HI.encode()

    check_links()

    assert ChangeProposal.objects.open().get().fact == "times"
    assert sorted(site.seen) == ["/anmelden", "/anmelden", "/cafe", "/haus", "/robots.txt"]


def test_a_host_that_asks_machines_to_stay_away_is_not_read(site, offer):
    site.pages["/robots.txt"] = b"User-agent: *\nDisallow: /cafe\n"
    Offer.objects.update(url=f"{site.address}/cafe")

    check_links()

    assert not ChangeProposal.objects.exists()


def test_a_page_without_end_is_left_after_its_beginning(site):
    site.pages["/endlos"] = HI.encode()

    found = link_visit.fetch(f"{site.address}/endlos", 300_000)

    assert (found.ok, len(found.body)) == (True, 300_000)


def test_a_page_that_drips_is_left_and_half_of_it_is_not_read(site, monkeypatch):
    monkeypatch.setattr(link_visit, "SECONDS_TO_READ", 0.3)
    site.pages["/endlos"] = HI.encode()

    found = link_visit.fetch(f"{site.address}/endlos", 10**9)

    assert found.body == b""
