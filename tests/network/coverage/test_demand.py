"""What families looked for in vain stands beside the table, from five on and never from need."""

import datetime as dt
import io

import openpyxl
import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from lifephases import ages
from offers.models import District, SearchDemand, UnmetNeed
from offers.models.office.experience import monday_of
from offers.tasks import forget_search_demand
from tests.factories.lifephases import LifePhaseFactory
from tests.factories.offers import (
    DistrictFactory,
    LocationFactory,
    OfferFactory,
    OfferPlaceFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db
CELL = {"bezirk": "bezirk", "feld": "grundschule", "thema": "sport"}


@pytest.fixture(autouse=True)
def chain():
    cache.clear()
    bezirk = DistrictFactory(slug="bezirk", name="Wanne")
    crange = DistrictFactory(slug="crange", name="Crange", parent=bezirk, level="locality")
    DistrictFactory(slug="unser-fritz", name="Unser Fritz", parent=crange, level="quarter")
    DistrictFactory(slug="eickel", name="Eickel")
    TopicFactory(slug="sport", name="Sport")
    TopicFactory(slug="krise", name="Krise, Gewalt & Kinderschutz")
    LifePhaseFactory(slug="grundschule", name="Grundschule", ages=ages.span(72, 131))


def ask(client, times, query):
    for _time in range(times):
        client.get(f"/angebote/?{query}")


def kept():
    found = UnmetNeed.objects.order_by("kind").values_list(
        "kind", "topic__slug", "phase__slug", "district__slug", "count"
    )
    return list(found)


def test_filtered_in_vain_is_kept_from_five_on_by_topic_phase_and_ortsteil(client):
    ask(client, 4, "thema=sport&alter=90&bezirk=unser-fritz")
    assert kept() == []

    ask(client, 3, "thema=sport&phase=grundschule&bezirk=crange&sprache=tr")

    assert kept() == [("in-vain", "sport", "grundschule", "crange", 7)]


def test_searched_in_vain_counts_for_its_cell_and_its_words_are_one_tap_from_a_synonym(
    client, coordinator
):
    ask(client, 6, "q=qidditch&thema=sport&phase=grundschule&bezirk=crange")

    assert kept() == [("in-vain", "sport", "grundschule", "crange", 6)]
    page = coordinator.get(reverse("coverage:cell"), CELL).text
    assert "6-mal vergeblich gesucht oder gefiltert." in page
    assert "searchsynonym/add/?phrase=qidditch" in page
    elsewhere = coordinator.get(reverse("coverage:cell"), CELL | {"bezirk": "eickel"}).text
    assert "6-mal vergeblich" not in elsewhere


def test_told_to_be_full_or_unfit_counts_for_the_cells_of_the_offer(client, coordinator):
    sport = TopicFactory(name="Schwimmen", slug="schwimmen")
    offer = OfferFactory(topics=[sport], ages=ages.span(72, 100))
    place = LocationFactory(district=District.objects.get(slug="crange"))
    OfferPlaceFactory(offer=offer, location=place)
    for said in ["full"] * 5 + ["far"] * 3 + ["language"]:
        client.post(reverse("offers:experience", args=[offer.slug]), {"war": said})

    assert kept() == [("full", "schwimmen", "grundschule", "crange", 5)]
    client.post(reverse("offers:experience", args=[offer.slug]), {"war": "language"})
    assert kept()[1:] == [("unfit", "schwimmen", "grundschule", "crange", 5)]
    about = CELL | {"thema": "schwimmen", "bezirk": "crange"}
    assert "5-mal als unpassend gemeldet" in coordinator.get(reverse("coverage:cell"), about).text
    page = coordinator.get(reverse("coverage:demand")).text
    assert "als voll gemeldet" in page
    assert "bezirk=crange" in page


@pytest.mark.parametrize(
    "query",
    [
        "thema=krise&phase=grundschule",
        "q=ich+kann+nicht+mehr&thema=sport",
        "q=mein+mann+schlägt+mich&thema=sport&alter=90",
        "q=",
    ],
)
def test_of_distress_and_of_delicate_topics_nothing_is_counted(client, query):
    ask(client, 6, query)

    assert kept() == []


def test_the_database_takes_no_count_below_five():
    with pytest.raises(IntegrityError), transaction.atomic():
        UnmetNeed.objects.create(month=dt.date(2026, 11, 1), kind="full", phase_id=1, count=4)


def test_who_finds_nothing_gets_a_page_though_the_rows_of_the_month_are_gone(client):
    query = "thema=sport&phase=grundschule&bezirk=crange"
    ask(client, 6, query)
    UnmetNeed.objects.all().delete()  # as after a database was restored

    assert client.get(f"/angebote/?{query}").status_code == 200
    assert [count for *_about, count in kept()] == [5]


def test_the_workbook_and_the_page_say_the_same(client, coordinator):
    ask(client, 5, "thema=sport&phase=grundschule&bezirk=crange")

    answer = coordinator.post(f"{reverse('coverage:sheet')}?bezirk=bezirk")

    head, *lines = openpyxl.load_workbook(io.BytesIO(answer.getvalue())).worksheets[0].values
    at = head.index("vergeblich gesucht oder voll")
    assert [line[at] for line in lines if line[3] == "Sport"] == [5]
    assert "5-mal" in coordinator.get(reverse("coverage:cell"), CELL).text


def test_by_night_weeks_that_are_over_keep_no_count_below_five_and_old_months_go():
    today = timezone.localdate()
    last, before = (monday_of(today) - dt.timedelta(weeks=weeks) for weeks in (1, 2))
    SearchDemand.objects.count_one("topfern", "", before, 5)
    SearchDemand.objects.count_one("topfern", "", last, 2)
    SearchDemand.objects.count_one("selten", "", last, 2)
    SearchDemand.objects.count_one("topfern", "", today, 1)
    old = (today - dt.timedelta(days=420)).replace(day=1)
    phase = LifePhaseFactory(slug="baby", ages=ages.span(0, 11))
    UnmetNeed.objects.create(month=old, kind="full", phase=phase, count=9)

    forget_search_demand()

    found = SearchDemand.objects.order_by("week").values_list("words", "week", "count")
    assert list(found) == [("topfern", before, 7), ("topfern", monday_of(today), 1)]
    assert not UnmetNeed.objects.exists()
