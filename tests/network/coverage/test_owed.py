"""Papers that are owed: the same numbers on the page, in the workbook and on paper."""

import datetime as dt
import io
import re
import shutil
import subprocess

import openpyxl
import pytest
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from lifephases import ages
from network.coverage.overview import Overview
from network.coverage.papers import inventory, owed
from network.models import Agreement, AuditEntry, Call, Conversation, Group, Membership
from offers.models import Experience, Offer
from tests.factories.lifephases import LifePhaseFactory
from tests.factories.network import PartnerFactory
from tests.factories.offers import DistrictFactory, OfferFactory, TopicFactory

pytestmark = pytest.mark.django_db
PAGE = reverse("coverage:owed")


@pytest.fixture
def network():
    """Three partners, of which two work in a group and one has an agreement, and their offers."""
    DistrictFactory(slug="wanne", name="Wanne")
    LifePhaseFactory(short_name="Baby", ages=ages.span(0, 11))
    today, year = timezone.localdate(), timezone.localdate().year
    one, two, alone = PartnerFactory.create_batch(3)
    group = Group.objects.create(name="Netzwerk <Frühe> Hilfen", slug="fruehe-hilfen")
    Membership.objects.create(group=group, partner=one, since=dt.date(year, 1, 1))
    Membership.objects.create(group=group, partner=two)
    Membership.objects.create(group=group, partner=alone, until=dt.date(year - 1, 12, 31))
    Agreement.objects.create(partner=one, title="Lotsen", signed_on=dt.date(year, 1, 1))
    for partner in [one, two]:
        Conversation.objects.create(partner=partner, on=today, channel="meeting", summary="Treffen")
    Conversation.objects.create(partner=one, on=dt.date(year - 1, 5, 5), summary="Alt")
    about = {"ages": ages.span(0, 35), "topics": [TopicFactory(name="Treff")]}
    offer = OfferFactory(provider=one.institution, provider_name="", **about)
    OfferFactory(provider_name="AWO", cost_kind="free", **about)
    monday = today - dt.timedelta(days=today.weekday())
    Call.objects.create(institution=two.institution, confirmed=1)
    Call.objects.create(institution=alone.institution, again_at=timezone.now())
    for kind, number in [("helped", 7), ("full", 4)]:
        Experience.objects.create(offer=offer, kind=kind, week=monday, number=number)
    return alone


def tables(of, year=None):
    overview = Overview(timezone.localdate())
    paper = of.paper(overview, year or overview.day.year, "Karla")
    return {one.title: {row[0]: row[1:] for row in one.rows} for one in paper.chapters}


def test_each_figure_is_what_stands_in_the_portal(network):
    found = tables(owed)

    assert found["Angebote nach Lebensphase"]["Baby"] == [2, 0, 1, 0, 0, 2]
    assert found["Partner nach Art der Einrichtung"]["alle zusammen"] == [3, 2, 1, 2]
    assert [*found["Netzwerke, Verbünde, Konferenzen"].values()] == [["Netzwerk", 2, 1, 0]]
    assert found["Sitzungen und Gespräche"]["Sitzung"] == [2, 1, 2]
    assert found["Sitzungen und Gespräche"]["Telefon"] == [1, 1, 1], "the call that was taken"
    assert found["Sitzungen und Gespräche"]["alle zusammen"] == [3, 1, 2]
    assert found["Vereinbarungen"]["in diesem Jahr unterschrieben"] == [1]
    assert [*tables(inventory)["Partner in keinem Netzwerk"]] == [str(network)]


def test_of_what_families_did_no_count_below_five_is_told(network, coordinator):
    told = tables(owed)["Beteiligung der Familien"]

    assert told["Es hat geholfen"] == [7]
    assert told["Es war voll"] == told["Niemand erreicht"] == ["weniger als 5"]


def test_a_year_that_is_over_is_counted_as_it_was_at_its_end(network):
    last_year = timezone.localdate().year - 1
    Offer.objects.filter(provider_name="AWO").update(
        created_at=F("created_at") - dt.timedelta(days=400)
    )
    Offer.history.filter(provider_name="AWO").update(
        history_date=F("history_date") - dt.timedelta(days=400)
    )

    found = tables(owed, last_year)

    assert found["Angebote nach Lebensphase"]["Baby"][0] == 1
    assert found["Sitzungen und Gespräche"]["alle zusammen"] == [1, 1, 1]
    assert found["Netzwerke, Verbünde, Konferenzen"]["Netzwerk <Frühe> Hilfen"] == [
        "Netzwerk",
        2,
        0,
        1,
    ]


def is_number(cell):
    """Whether a cell holds a number as text, which nobody can add up."""
    return isinstance(cell, str) and cell.isdecimal()


@pytest.mark.parametrize("which", ["zahlen", "netze"])
def test_page_workbook_and_pdf_show_the_same(network, coordinator, tmp_path, which):
    address = f"{PAGE}?blatt={which}"

    page = coordinator.get(address).text
    book = coordinator.post(address, {"als": "xlsx"}).getvalue()
    pdf = coordinator.post(address, {"als": "pdf"}).getvalue()

    on_page = [
        re.sub(r"<[^>]+>", "", one) for one in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", page)
    ]
    sheets = openpyxl.load_workbook(io.BytesIO(book)).worksheets[1:]
    cells = [str(one) for sheet in sheets for row in sheet.values for one in row]
    assert not [one for sheet in sheets for row in sheet.values for one in row if is_number(one)]
    assert on_page == [one.replace("<", "&lt;").replace(">", "&gt;") for one in cells]
    assert AuditEntry.objects.filter(action=AuditEntry.Action.EXPORT).count() == 2
    if shutil.which("pdftotext"):
        path = tmp_path / "paper.pdf"
        path.write_bytes(pdf)
        text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)
        numbers = re.findall(r"(?m)^(?:alle zusammen|Baby)((?: +\d+)+)$", text.stdout.decode())
        told = tables({"zahlen": owed, "netze": inventory}[which])
        expected = [
            row
            for of in told.values()
            for name, row in of.items()
            if name in ["alle zusammen", "Baby"]
        ]
        assert [[int(one) for one in line.split()] for line in numbers] == expected


def test_others_see_no_figures_of_the_network(of_role):
    assert of_role("Redaktion").get(PAGE).status_code == 403
