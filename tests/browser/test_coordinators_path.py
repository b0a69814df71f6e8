"""A coordinator at the seeded network: lists in three clicks, a partner at a glance."""

import io
from itertools import cycle

import openpyxl
import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.test import override_settings
from playwright.sync_api import expect

from network.models import Contact, Partner
from tests import rows
from tests.browser.barriers import barriers
from tests.conftest import FACTS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIZES = [{"width": 360, "height": 740}, {"width": 1280, "height": 900}]


@pytest.fixture(scope="session")
def network_as_rows(herne_with_pages_as_rows, rows_made_once):
    """Herne's network with more contact persons than a page shows, ready to be poured in."""

    def make():
        rows.pour(herne_with_pages_as_rows)
        call_command("load_network", FACTS, meanings_later=True, verbosity=0)
        with override_settings(DEBUG=True):
            call_command("generate_contacts", "150", verbosity=0)

    return rows_made_once("network", lambda: rows.made_by(make))


@pytest.fixture
def office(transactional_db, network_as_rows, database_with, signed_in_page):
    """The browser of a coordinator with 150 contact persons."""
    database = database_with("network", network_as_rows)
    with database.opened():
        user = User.objects.create_user("koordination", is_staff=True)
        user.groups.add(Group.objects.get(name="Koordination"))
        yield signed_in_page(user)
        database.go_back()


def sheet(download):
    book = openpyxl.load_workbook(io.BytesIO(download.path().read_bytes()))
    header, *lines = book.worksheets[0].iter_rows()
    assert {cell.data_type for line in lines for cell in line if cell.value} <= {"s", "n", "d"}
    names = [cell.value for cell in header]
    return [dict(zip(names, [cell.value for cell in line], strict=True)) for line in lines]


def test_the_lists_asked_for_most_are_one_click_away_and_whole(office):
    office.goto("/verwaltung/")

    found = {}
    for words in ("Alle Partnereinrichtungen", "Alle Ansprechpersonen", "Netzwerk Kinderschutz"):
        row = office.get_by_role("listitem").filter(has_text=words).first
        with office.expect_download() as waiting:
            row.get_by_role("button").click()
        found[words] = sheet(waiting.value)

    partners, people, group = found.values()
    assert len(partners) == Partner.objects.current().count()
    assert len(people) == Contact.objects.current().count()
    assert "Familienbüro Herne (Standort H2Ö)" in {row["Einrichtung"] for row in partners}
    assert {row["Telefon"] for row in people} & set(
        Contact.objects.exclude(phone="").values_list("phone", flat=True)
    )
    assert all(row["Telefon"] is None or row["Telefon"].startswith("0") for row in people)
    assert {row["vertritt in"] for row in group} & {"Netzwerk Kinderschutz"}


def test_from_filter_to_file_in_three_clicks(office):
    office.set_viewport_size({"width": 1280, "height": 900})
    office.goto("/verwaltung/network/contact/")
    office.get_by_text("Filter", exact=True).click()  # to see the filters at all
    office.get_by_label("Netzwerk").select_option(label="Netzwerk Kinderschutz")

    office.get_by_role("button", name="Filtern").click()
    office.get_by_role("link", name="Exportieren").click()
    with office.expect_download() as waiting:
        office.get_by_role("button", name="Herunterladen").click()

    expected = Contact.objects.current().in_group("netzwerk-kinderschutz").count()
    assert len(sheet(waiting.value)) == expected > 0


def test_pages_of_the_network_have_no_known_barrier(office):
    """Each page is looked at once, by turns on a phone and on a desk; it fits on both."""
    partner = Partner.objects.get(institution__name__startswith="Familienbüro Herne (Standort H2Ö")
    paths = (
        "",
        "network/partner/?netzwerk=netzwerk-kinderschutz",
        "network/contact/?wer=alle",
        "network/contact/export/",
        f"network/partner/{partner.pk}/change/",
        f"network/membership/add/?partner={partner.pk}",
        "abdeckung/?bezirk=bezirk-wanne&fuer=fruehe-hilfen",
        "abdeckung/feld/?bezirk=bezirk-wanne&feld=kleinkind&thema=sport-bewegung",
        "abdeckung/kettenlauf/",
        "network/chainassumptions/add/",
    )
    for path, sizes in zip(paths, cycle([SIZES, SIZES[::-1]]), strict=False):
        office.set_viewport_size(sizes[0])
        office.goto(f"/verwaltung/{path}")
        assert barriers(office) == [], path
        for size in sizes:
            office.set_viewport_size(size)
            assert office.evaluate("document.documentElement.scrollWidth") <= size["width"], path


def test_the_biggest_hole_for_under_threes_in_wanne_is_read_and_opened(office):
    office.set_viewport_size({"width": 1280, "height": 900})
    office.goto("/verwaltung/")
    office.get_by_role("link", name="Wie dicht ist die Kette?").click()
    office.get_by_label("Wo", exact=True).select_option(label="Stadtbezirk Wanne")
    office.get_by_label("Für wen").select_option("fruehe-hilfen")
    office.get_by_role("button", name="Anzeigen").click()

    hole = office.get_by_text("Das größte Loch ist")
    topic = hole.inner_text().partition("„")[2].partition("“")[0]
    assert hole.bounding_box()["y"] < 900
    row = office.get_by_role("row").filter(has=office.get_by_role("rowheader", name=topic)).first
    row.get_by_role("link").nth(2).click()

    assert office.get_by_role("heading", level=1).inner_text().startswith(f"{topic}, Kleinkind")
    office.get_by_role("textbox", name="Notiz").fill("Familienbüro fragen")
    office.get_by_role("button", name="Notiz speichern").click()
    expect(office.get_by_role("textbox", name="Notiz")).to_have_value("Familienbüro fragen")
