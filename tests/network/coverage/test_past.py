"""What changed since: an earlier day is counted as it was, by all that has been changed since."""

import datetime as dt
import io

import openpyxl
import pytest
from django.db import connection
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from kekiz_portal.lib.history.as_of import as_it_was
from kekiz_portal.lib.history.recording import unrecorded
from lifephases import ages
from network.coverage import supply
from network.coverage.overview import Overview
from network.coverage.past import MADE_OF
from offers.models import Offer
from tests.factories.lifephases import LifePhaseFactory
from tests.factories.offers import (
    AccessibilityFactFactory,
    ContactPointFactory,
    CostOptionFactory,
    DistrictFactory,
    InstitutionFactory,
    LocationFactory,
    OfferFactory,
    OfferPlaceFactory,
    ScheduleFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def a_city():
    """Offers of every kind, come in without a history, as lists bring them."""
    topics = TopicFactory.create_batch(3)
    houses = InstitutionFactory.create_batch(2, phone="02323 160")
    with unrecorded():
        for number in range(9):
            offer = OfferFactory(
                topics=topics[number % 3 : number % 3 + 2],
                ages=ages.span(12 * number, 12 * number + 30),
                provider=houses[number % 2],
                provider_name="",
                schedule_text="dienstags",
            )
            place = OfferPlaceFactory(offer=offer, location=LocationFactory())
            ScheduleFactory(place=place)
            ContactPointFactory(offer=offer)
            CostOptionFactory(offer=offer)


def work_in_the_office(number):
    """Change entries in every way that the table counts by."""
    one, two, three, four, five, *_rest = Offer.objects.order_by("pk")
    one.status, one.ages = Offer.Status.ARCHIVED, ages.span(36, 71)
    one.save()
    two.topics.set(one.topics.all())
    two.cost_kind, two.phone = "free", "02323 5"
    two.save()
    three.delete()
    four.places.get().delete()
    four.contact_points.all()[0].delete()
    five.provider.phone = "" if number % 2 else "02323 9"
    five.provider.save()
    location = five.places.get().location
    location.district = DistrictFactory()
    location.save()
    AccessibilityFactFactory(location=location)
    five.places.get().schedules.get().delete()
    five.cost_options.get().delete()
    new = OfferFactory(topics=two.topics.all(), ages=ages.span(0, 12))
    OfferPlaceFactory(offer=new, location=LocationFactory())


def test_every_earlier_moment_is_read_as_it_was_then():
    a_city()
    kept = []
    for number in range(2):
        kept.append((timezone.now(), supply.read(TODAY())))
        work_in_the_office(number)
        for offer in Offer.objects.filter(status=Offer.Status.ARCHIVED):
            offer.delete()
    now = supply.read(TODAY())

    for moment, then in kept:
        with as_it_was(moment, MADE_OF):
            found = supply.read(TODAY())
        assert found == then
        assert found != now
    assert supply.read(TODAY()) == now


def test_the_comparison_equals_a_restored_copy_of_that_day():
    a_city()
    LifePhaseFactory(ages=ages.span(0, 35))
    LifePhaseFactory(ages=ages.span(36, 120))
    Offer.objects.update(created_at=timezone.now() - dt.timedelta(days=30))
    yesterday = TODAY() - dt.timedelta(days=1)
    keep_a_copy()
    work_in_the_office(0)

    overview = Overview(TODAY(), since=yesterday)
    then, seen = read_the_copy(yesterday), 0
    for part in [overview.city, *overview.parts]:
        for topic in overview.topics:
            for phase in overview.phases:
                change = overview.field(topic, phase, part).change
                about = topic.slug, phase, part.slug if part.parent_id else None
                before, after = (
                    {one.title for one in those if is_in(one, *about)}
                    for those in (then, supply.read(TODAY()))
                )
                assert {one.title for one in change.came} == after - before
                assert {one.title for one in change.gone} == before - after
                seen += bool(change.came) + bool(change.gone)
    assert seen > 5


def keep_a_copy():
    """Copy the tables of offers, as a backup does."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA restored")
        for table in connection.introspection.table_names(cursor):
            if table.startswith("offers_") and "historical" not in table:
                cursor.execute(f'CREATE TABLE restored."{table}" AS TABLE "{table}"')


def read_the_copy(day):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL search_path TO restored, public")
        try:
            return supply.read(day)
        finally:
            cursor.execute("SET LOCAL search_path TO public")


def is_in(entry, topic, phase, part):
    is_of_age = entry.first < phase.end and phase.first < entry.end
    return topic in entry.topics and is_of_age and (not part or part in entry.parts or entry.comes)


@pytest.fixture
def chain():
    """Two old offers, of which one ended a week ago, and one that came today."""
    wanne, school = DistrictFactory(slug="wanne", name="Wanne"), TopicFactory(slug="schule")
    LifePhaseFactory(slug="grundschule", ages=ages.span(72, 131))
    with unrecorded():
        place = LocationFactory(district=wanne)

    def offer(title):
        made = OfferFactory(title=title, topics=[school], ages=ages.span(72, 131))
        OfferPlaceFactory(offer=made, location=place)
        return made

    with unrecorded():
        _stays, goes = offer("Bleibt"), offer("Geht")
    Offer.objects.update(created_at=timezone.now() - dt.timedelta(days=30))
    goes.status = Offer.Status.ARCHIVED
    goes.save()
    goes.history.update(history_date=F("history_date") - dt.timedelta(days=7))
    offer("Kommt")


def test_the_table_says_what_came_and_went_since_a_day_and_names_it(coordinator, chain):
    before, after = (str(TODAY() - dt.timedelta(days=days)) for days in (10, 3))
    asked = {"bezirk": "wanne", "seit": before}

    table = coordinator.get(reverse("coverage:table"), asked).text
    since = table[table.index("chain-since-title") :]
    assert "+1 −1" in table
    assert since.index("Kommt") < since.index("Nicht mehr: 1") < since.index("Geht")
    assert "Bleibt" not in since

    cell = {"feld": "grundschule", "thema": "schule", "bezirk": "wanne"}
    page = coordinator.get(reverse("coverage:cell"), cell | {"seit": after}).text
    assert "Neu: 1" in page
    assert "Geht" not in page  # it was gone by then


def test_the_workbook_has_the_same_figures(coordinator, chain):
    day = TODAY() - dt.timedelta(days=10)
    answer = coordinator.post(f"{reverse('coverage:sheet')}?bezirk=wanne&seit={day}")

    sheet = openpyxl.load_workbook(io.BytesIO(answer.getvalue()))
    head, *lines = sheet.worksheets[0].iter_rows(values_only=True)
    assert head[-2:] == ("neu seit dem Vergleichstag", "weg seit dem Vergleichstag")
    assert [line[-2:] for line in lines] == [(1, 1)]
    words = [str(cell.value) for row in sheet.worksheets[1].iter_rows() for cell in row]
    assert any(f"verglichen mit dem {day:%d.%m.%Y}" in one for one in words)


def test_a_day_that_is_none_or_not_over_is_left_out(coordinator, chain):
    for day in ["gestern", "2999-01-01", "0001-01-01", "2026-02-31", "\x00"]:
        page = coordinator.get(reverse("coverage:table"), {"seit": day})

        assert page.status_code == 200
        assert "chain-since-title" not in page.text


def test_before_the_first_entry_all_is_new(coordinator, chain):
    page = coordinator.get(reverse("coverage:table"), {"seit": "2020-01-01"})

    assert "Damals stand im Portal noch kein Angebot. Alles ist neu." in page.text
