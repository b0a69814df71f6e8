"""A caseworker takes a list in, with a real browser and a real worker."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import Group, User

from offers.models import Offer
from tests.factories.offers import OfferFactory, OfferTypeFactory, TopicFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SERIOUS = {"serious", "critical"}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
LIST = """sep=;
Titel;Angebotsart;Themen;Träger;Telefon;Bemerkung
Turnen;Kurs;Sport;Turnverein;02323 1234;x
Singen;Kurs;Musik;Chor;2323161234;
Malen;Kurs;Musik;Chor;1;
ohne Art;;;Chor;;
"""


@pytest.fixture
def editor(transactional_db):
    user = User.objects.create_user("redaktion", is_staff=True)
    user.groups.add(Group.objects.get(name="Redaktion"))
    return user


def serious(page):
    found = Axe().run(page, options=RULES).response["violations"]
    return [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in SERIOUS]


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_list_goes_in_and_out_again_and_no_page_has_a_barrier(
    editor, signed_in_page, celery_worker_process
):
    OfferTypeFactory(name="Kurs")
    TopicFactory(name="Sport")
    TopicFactory(name="Musik")
    OfferFactory(title="Malen", provider_name="Chor", phone="2")
    page = signed_in_page(editor)
    barriers, wide = {}, []

    def look(name):
        if found := serious(page):
            barriers[name] = found
        if not fits(page):
            wide.append(name)

    page.goto("/verwaltung/offers/offer/")
    page.get_by_role("link", name="Importieren").click()
    look("upload")
    file = {"name": "liste.csv", "mimeType": "text/csv", "buffer": LIST.encode("cp1252")}
    page.get_by_label("Datei").set_input_files(file)
    page.get_by_role("button", name="Weiter zu den Spalten").click()
    look("columns")
    page.get_by_role("button", name="Prüfen, ohne etwas zu ändern").click()
    page.get_by_text("Noch ist nichts geändert").wait_for()
    look("report")
    page.get_by_role("link", name="abgelehnt").click()
    assert page.get_by_text("Angebotsart: Für einen neuen Eintrag fehlt diese Angabe.").is_visible()
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
    page.get_by_role("link", name="Exportieren").click()
    look("export")
    page.goto("/verwaltung/offers/importrun/")
    look("list")

    assert (barriers, wide) == ({}, [])
