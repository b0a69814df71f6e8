"""The city's networks come from its folder, once, and editors' changes stay."""

import datetime as dt
import re
import uuid
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from kekiz_portal.lib.history.recording import edit
from network.models import Contact, Group, Membership, Partner
from network.people import facts
from offers.exchange.city.loading import load_file
from tests import rows
from tests.factories.network import PartnerFactory
from tests.factories.offers import InstitutionFactory

pytestmark = pytest.mark.django_db
MINUTE = re.compile(rb"[0-9.]{10} [0-9:]{5}")  # when a list was exported
HERE, NOWHERE = uuid.uuid4(), uuid.uuid4()
FILES = {
    "partners.csv": (
        "Kennung im Portal,Herkunft,Kennung dort,Partner seit,Schlagworte,interne Notiz\n"
        f"{HERE},liste,I1,2020-01-31,Lotsin | Kita,\n"
        f"{NOWHERE},liste,I9,,,\n"
    ),
    "networks.csv": (
        "slug,name,kind,description,source_url,certainty\n"
        "fruehe-hilfen,Netzwerk Frühe Hilfen,network,,,\n"
        "kaputt,Kaputt,unbekannt,,,\n"
    ),
    "network_members.csv": (
        "key,group,Kennung im Portal,Herkunft,Kennung dort,role,since\n"
        f"a,fruehe-hilfen,{HERE},liste,I1,Koordination,2023-12-06\n"
        f"b,fruehe-hilfen,{NOWHERE},liste,I9,,\n"
    ),
}


@pytest.fixture
def folder(tmp_path):
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)
    InstitutionFactory(name="Haus", source="liste", external_id="I1")
    return tmp_path


def test_good_rows_are_loaded_and_broken_ones_named(folder):
    reports = list(facts.load(folder))

    assert [len(report.problems) for report in reports] == [1, 1, 1]
    assert Partner.objects.get().labels == ["Lotsin", "Kita"]
    assert Membership.objects.get().role == "Koordination"


def test_a_second_run_keeps_what_people_have_changed(folder):
    list(facts.load(folder))
    Group.objects.update(name="Umbenannt")

    list(facts.load(folder))

    assert Group.objects.get().name == "Umbenannt"


def test_sample_people_are_plainly_invented(settings):
    settings.DEBUG = True
    PartnerFactory()

    call_command("generate_contacts", "20", verbosity=0)

    assert Contact.objects.count() == 20
    assert not Contact.objects.exclude(email__endswith="@example.org").exists()


def test_no_invented_people_enter_a_real_portal(settings):
    settings.DEBUG = False

    with pytest.raises(CommandError):
        call_command("generate_contacts", "1")


def exported(folder):
    call_command("export_network", folder)
    return (folder / "partners.csv").read_bytes()


def test_every_row_of_the_citys_own_files_names_an_institution_and_comes_back_to_the_last_byte(
    settings, tmp_path, herne_as_rows
):
    city = Path(settings.CITY_DIR)
    rows.pour(herne_as_rows)

    reports = list(facts.load(city))

    assert [problem for report in reports for problem in report.problems] == []
    assert Membership.objects.filter(group__slug="netzwerk-kinderschutz").count() == 6
    assert exported(tmp_path) == (city / "partners.csv").read_bytes()


def test_partners_come_back_from_an_empty_network(tmp_path):
    labels = ["Lotsin; Herne", "a | b", "=1+1"]
    PartnerFactory(labels=labels, since=dt.date(2020, 1, 31), notes='- "eins"\n- zwei; drei')
    PartnerFactory(institution__source="liste", institution__external_id="7")
    before = exported(tmp_path)
    Partner.objects.all().delete()

    report = load_file(facts.Partners(), tmp_path)

    assert report.problems == []
    assert exported(tmp_path) == before
    assert Partner.objects.exclude(labels=[]).get().labels == labels


def test_what_the_office_exports_of_partners_is_loaded_too(client, coordinator, tmp_path):
    PartnerFactory(labels=["Lotsin"], since=dt.date(2020, 1, 31), notes="intern")
    address = reverse("admin:network_partner_export")

    def of_the_office():
        response = client.post(address, {"file_format": "csv"})
        return b"".join(response.streaming_content)

    before = of_the_office()
    (tmp_path / "partners.csv").write_bytes(before)
    Partner.objects.all().delete()
    report = load_file(facts.Partners(), tmp_path)

    assert report.problems == []
    assert MINUTE.sub(b"", of_the_office()) == MINUTE.sub(b"", before)


def test_a_partner_somebody_worked_on_stays_as_it_is(folder, django_user_model):
    list(facts.load(folder))
    partner = Partner.objects.get()
    partner.labels = ["von Hand"]
    with edit(by=django_user_model.objects.create(username="koordination")):
        partner.save()
    file = folder / "partners.csv"
    file.write_text(file.read_text().replace("Lotsin | Kita", "Kita"))

    list(facts.load(folder))

    assert Partner.objects.get().labels == ["von Hand"]
