"""The city's networks come from its folder, once, and editors' changes stay."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from network.models import Contact, Group, Membership, Partner
from network.people import facts
from offers.exchange.city.institutions import SOURCE
from tests.factories.network import PartnerFactory
from tests.factories.offers import InstitutionFactory

pytestmark = pytest.mark.django_db
FILES = {
    "partners.csv": "id,name,labels\nI1,Haus,Lotsin|Kita\nI9,Fehlt,\n",
    "networks.csv": (
        "slug,name,kind,description,source_url,certainty\n"
        "fruehe-hilfen,Netzwerk Frühe Hilfen,network,,,\n"
        "kaputt,Kaputt,unbekannt,,,\n"
    ),
    "network_members.csv": (
        "key,group,institution,name,role,since,certainty\n"
        "a,fruehe-hilfen,I1,Haus,Koordination,2023-12-06,\n"
        "b,fruehe-hilfen,I9,Fehlt,,,\n"
    ),
}


@pytest.fixture
def folder(tmp_path):
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)
    InstitutionFactory(name="Haus", source=SOURCE, external_id="I1")
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


def test_every_row_of_the_citys_own_files_names_an_institution_of_its_facts(settings):
    city = Path(settings.CITY_DIR)
    known = {
        line.partition(",")[0] for line in (city / "institutions.csv").read_text().splitlines()
    }
    for name in known - {"id"}:
        InstitutionFactory(source=SOURCE, external_id=name)

    reports = list(facts.load(city))

    assert [problem for report in reports for problem in report.problems] == []
    assert Membership.objects.filter(group__slug="netzwerk-kinderschutz").count() == 6


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
