"""A caseworker takes a list in, with a real browser and a real worker."""

import io
from pathlib import Path

import openpyxl
import pytest
from django.contrib.auth.models import Group, User
from playwright.sync_api import expect

from network.models import Contact
from offers.models import Institution, Offer
from tests.browser.barriers import serious_barriers
from tests.conftest import celery_worker
from tests.factories.network import GroupFactory, PartnerFactory
from tests.factories.offers import (
    InstitutionKindFactory,
    OfferFactory,
    OfferTypeFactory,
    TopicFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BOCHUM = (  # open data of the city of Bochum, CC0
    Path(__file__).parents[1] / "offers/data/neighbour_bochum_daycare_centers.csv"
)
LIST = """sep=;
Titel;Angebotsart;Themen;Träger;Telefon;Bemerkung
Turnen;Kurs;Sport;Turnverein;02323 1234;x
Singen;Kurs;Musik;Chor;2323161234;
Malen;Kurs;Musik;Chor;02323 161651;
ohne Art;;;Chor;;
"""


@pytest.fixture
def editor(transactional_db):
    user = User.objects.create_user("redaktion", is_staff=True)
    user.groups.add(Group.objects.get(name="Redaktion"))
    return user


@pytest.fixture(scope="module")
def worker(django_db_setup):
    """A real worker, started once: the tests of this file only give it work."""
    with celery_worker() as started:
        yield started


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_list_goes_in_and_out_again_and_no_page_has_a_barrier(editor, signed_in_page, worker):
    OfferTypeFactory(name="Kurs")
    TopicFactory(name="Sport")
    TopicFactory(name="Musik")
    OfferFactory(title="Malen", provider_name="Chor", phone="2")
    page = signed_in_page(editor)
    barriers, wide = {}, []

    def look(name):
        if found := serious_barriers(page):
            barriers[name] = found
        if not fits(page):
            wide.append(name)

    page.goto("/verwaltung/offers/offer/")
    with page.expect_navigation():
        page.get_by_role("link", name="Importieren").click()
    look("upload")
    file = {"name": "liste.csv", "mimeType": "text/csv", "buffer": LIST.encode("cp1252")}
    page.get_by_label("Datei").set_input_files(file)
    with page.expect_navigation():
        page.get_by_role("button", name="Weiter zu den Spalten").click()
    look("columns")
    page.get_by_role("button", name="Prüfen, ohne etwas zu ändern").click()
    page.get_by_text("Noch ist nichts geändert").wait_for()
    look("report")
    page.get_by_role("button", name="abgelehnt").click()
    expect(
        page.get_by_text("Angebotsart: Für einen neuen Eintrag fehlt diese Angabe.")
    ).to_be_visible()
    look("refused")
    assert Offer.objects.count() == 1
    page.get_by_role("button", name="So übernehmen").click()
    page.get_by_text("Übernommen am").wait_for()
    look("done")
    assert Offer.objects.count() == 3
    page.get_by_text("Rückgängig machen", exact=True).click()
    page.get_by_role("button", name="Diesen Import rückgängig machen").click()
    page.get_by_text("Der Import ist rückgängig gemacht").wait_for()
    look("undone")
    assert Offer.objects.count() == 1
    page.goto("/verwaltung/offers/offer/")
    with page.expect_navigation():
        page.get_by_role("link", name="Exportieren").click()
    look("export")
    page.goto("/verwaltung/offers/importrun/")
    look("list")

    assert (barriers, wide) == ({}, [])


class Hand:
    """A caseworker's hand: counts what it clicks or chooses."""

    def __init__(self, page):
        self.page, self.clicks = page, 0

    def press(self, name, role="button"):
        self.clicks += 1
        self.page.get_by_role(role, name=name).click()

    def choose(self, label, option):
        self.clicks += 1
        self.page.get_by_label(label).select_option(label=option)

    def take(self, name, data):
        """Choose the file in the dialogue of the system."""
        self.clicks += 1
        file = {"name": name, "mimeType": "application/octet-stream", "buffer": data}
        self.page.get_by_label("Datei").set_input_files(file)


def filtered_workbook():
    book = openpyxl.Workbook()
    for row in [
        ["Kurse der Volkshochschule"],
        ["Stand: 1. März 2026"],
        [],
        ["Titel", "Angebotsart", "Träger", "intern"],
        ["Turnen", "Kurs", "Verein", "x"],
        ["abgesagt", "Kurs", "Verein", "x"],
        ["Malen", "Kurs", "Verein", "x"],
    ]:
        book.active.append(row)
    book.active.row_dimensions[6].hidden = True
    book.active.column_dimensions["D"].hidden = True
    book.save(out := io.BytesIO())
    return out.getvalue()


def test_lists_of_other_offices_go_in_by_few_clicks(editor, signed_in_page, worker):
    OfferTypeFactory(name="Kurs")
    InstitutionKindFactory(name="Kitas", slug="kita")
    page = signed_in_page(editor)

    def begin(kind):
        page.goto(f"/verwaltung/offers/importrun/add/?kind={kind}")
        return Hand(page)

    hand = begin("institutions")
    hand.take("bochum.csv", BOCHUM.read_bytes())
    hand.press("Weiter zu den Spalten")
    page.get_by_label("kategorie", exact=True).wait_for()
    hand.press("Prüfen, ohne etwas zu ändern")
    hand.choose("Alle, die nicht zugeordnet sind", "Kitas")
    page.get_by_label("Herkunft").fill("bochum")
    hand.press("Prüfen, ohne etwas zu ändern")
    page.get_by_text("Noch ist nichts geändert").wait_for()
    hand.press("So übernehmen")
    page.get_by_text("Übernommen am").wait_for()
    neighbour = hand.clicks

    hand = begin("offers")
    hand.take(
        "alt.csv", "Titel;Angebotsart;Träger\nÜben für Große;Kurs;Käthe\n".encode("mac_roman")
    )
    hand.press("Weiter zu den Spalten")
    page.get_by_text("Was liest sich richtig?").wait_for()
    expect(page.get_by_label("Üben für Große")).to_be_checked()
    hand.press("Weiter zu den Spalten")
    hand.press("Prüfen, ohne etwas zu ändern")
    page.get_by_text("Noch ist nichts geändert").wait_for()
    hand.press("So übernehmen")
    page.get_by_text("Übernommen am").wait_for()
    mac = hand.clicks

    hand = begin("offers")
    hand.take("kurse.xlsx", filtered_workbook())
    hand.press("Weiter zu den Spalten")
    page.get_by_text("1 ausgeblendete Zeile bleibt weg").wait_for()
    hand.press("Prüfen, ohne etwas zu ändern")
    page.get_by_text("Ausgeblendete Spalten bleiben weg: D (intern)").wait_for()
    hand.press("So übernehmen")
    page.get_by_text("Übernommen am").wait_for()

    assert (neighbour, mac, hand.clicks) == (6, 5, 4)
    titles = set(Offer.objects.values_list("title", flat=True))
    assert titles == {"Üben für Große", "Turnen", "Malen"}
    assert Institution.objects.count() > 150


PEOPLE = """Name;Einrichtung;Telefon;E-Mail;AK Frühe Hilfen;Newsletter;Einwilligung am;Wortlaut;Weg
"Muster, Anna";Kita Sonnenschein;02323 161651;anna@kita.example;x;ja;01.03.2026;Ja;schriftlich
Bert Beispiel;kita sonnenschein;02323 161652;bert@kita.example;;;;;
Cem Dritter;Unbekanntes Haus;;cem@kita.example;x;;;;
"""


def test_a_coordinator_takes_people_in_and_out_again(transactional_db, signed_in_page, worker):
    user = User.objects.create_user("koordination", is_staff=True)
    user.groups.add(Group.objects.get(name="Koordination"))
    PartnerFactory(institution__name="Kita Sonnenschein")
    GroupFactory(name="AK Frühe Hilfen")
    page = signed_in_page(user)

    page.goto("/verwaltung/network/contact/")
    hand = Hand(page)
    hand.press("Importieren", role="link")
    hand.take("verteiler.csv", PEOPLE.encode("cp1252"))
    hand.press("Weiter zu den Spalten")
    page.get_by_label("AK Frühe Hilfen", exact=True).wait_for()
    assert not serious_barriers(page)
    assert fits(page)
    hand.press("Prüfen, ohne etwas zu ändern")
    page.get_by_text("Unbekanntes Haus").first.wait_for()  # asked what it is called here
    hand.press("Prüfen, ohne etwas zu ändern")
    page.get_by_text("Noch ist nichts geändert").wait_for()
    with page.expect_download() as refused:
        page.get_by_role("link", name="Abgelehnte Zeilen als Datei").first.click()
    file = io.BytesIO(Path(refused.value.path()).read_bytes())
    rows = list(openpyxl.load_workbook(file).active.values)
    assert [row[0] for row in rows[1:]] == ["Cem Dritter"]
    assert not Contact.objects.exists()
    hand.press("So übernehmen")
    page.get_by_text("Übernommen am").wait_for()

    anna = Contact.objects.get(name="Anna Muster")
    assert (Contact.objects.count(), hand.clicks) == (2, 6)
    assert anna.agrees_to_mail
    assert not Contact.objects.get(name="Bert Beispiel").agrees_to_mail
    assert [seat.group.name for seat in anna.memberships.all()] == ["AK Frühe Hilfen"]

    page.get_by_text("Rückgängig machen", exact=True).click()
    page.get_by_role("button", name="Diesen Import rückgängig machen").click()
    page.get_by_text("Der Import ist rückgängig gemacht").wait_for()
    assert not Contact.objects.exists()
    assert not serious_barriers(page)
