"""Doubles: what three providers do at the same time, as a count month by month has it."""

import datetime as dt
import io
import random

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from lifephases import ages
from lifephases.models import LifePhase
from network.coverage.overview import Overview
from network.coverage.papers import report
from offers.models import Offer, Schedule
from tests.factories.lifephases import LifePhaseFactory
from tests.factories.offers import (
    CityFactory,
    DistrictFactory,
    LocationFactory,
    OfferFactory,
    OfferPlaceFactory,
    OfferTypeFactory,
    ProtectedLocationFactory,
    ScheduleFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db
TIMES = {"vormittag": range(12 * 60), "nachmittag": range(720, 1020), "abend": range(1020, 1440)}
MINUTES_THAT_COUNT = 90  # of a part of the day that hours run on into


def takes_place(offer, location, weekdays, start, end=None):
    place = OfferPlaceFactory(offer=offer, location=location)
    schedule = ScheduleFactory(place=place, start_time=start, end_time=end)
    Schedule.objects.filter(pk=schedule.pk).update(weekdays=weekdays)


@pytest.fixture
def city():
    """Sixty odd offers of five providers in three Ortsteile and one Stadtbezirk."""
    chance = random.Random(4)
    boroughs = [DistrictFactory(parent=CityFactory()) for _ in range(2)]
    parts = [DistrictFactory(parent=one, level="locality") for one in [*boroughs, boroughs[0]]]
    topics, kinds = TopicFactory.create_batch(2), OfferTypeFactory.create_batch(2)
    LifePhaseFactory(ages=ages.span(0, 12))
    LifePhaseFactory(ages=ages.span(13, 36))
    cross = LifePhaseFactory(kind=LifePhase.Kind.CROSS, ages=ages.span(-10, 324))
    at = [LocationFactory(district=one) for one in [parts[0], parts[0], parts[1], boroughs[0]]]
    at.append(ProtectedLocationFactory())
    for _ in range(60):
        first, last = chance.choice([None, 0, 6, 12]), chance.choice([None, 12, 20, 36])
        offer = OfferFactory(
            ages=ages.span(first, last),
            topics=chance.sample(topics, chance.randint(1, 2)),
            offer_type=chance.choice([*kinds, kinds[0]]),
            extra_phases=chance.choice([[], [cross]]),
            provider_name=chance.choice(["AWO", "awo", "Caritas", "Diakonie", "Stadt"]),
            status=chance.choice(["published"] * 5 + ["draft"]),
        )
        hour = chance.choice([None, 11, 14, 14, 16])
        hours = [None, None] if hour is None else [dt.time(hour), dt.time(hour + 3)]
        takes_place(offer, chance.choice(at), chance.choice([[], [0], [0, 1]]), *hours)
    return [None, *boroughs, *parts]


def counted(topic, column, area):
    """Go through months, kinds, places and times of day, and count providers at each."""
    rows = Schedule.objects.filter(place__offer__in=Offer.objects.published().about([topic.slug]))
    alike = {}
    for row in rows.select_related("place__offer__offer_type", "place__location__district"):
        offer, where = row.place.offer, row.place.location
        district = where.district
        if where.is_protected or row.start_time is None:
            continue
        if area and area.slug not in district.path:
            continue
        if column.is_cross and not offer.extra_phases.filter(slug=column.slug).exists():
            continue
        minutes = range(row.start_time.hour * 60, row.end_time.hour * 60)
        times = [
            name
            for name, of in TIMES.items()
            if minutes[0] in of or len(set(minutes) & set(of)) > MINUTES_THAT_COUNT
        ]
        first, end = offer.ages.lower if offer.ages else None, offer.ages and offer.ages.upper
        for month in range(-12, 60) if column.is_cross else range(column.first, column.end):
            if (first is None or first <= month) and (end is None or month < end):
                for at in [(day, time) for day in row.weekdays for time in times]:
                    key = offer.offer_type.name, district.slug, at, month
                    alike.setdefault(key, set()).add(offer.provider_name.casefold())
    return {key[:3] for key, providers in alike.items() if len(providers) >= 3}


def test_doubles_are_where_a_count_month_by_month_finds_three_providers(city):
    seen = 0
    for area in city:
        overview = Overview(timezone.localdate(), area and area.slug)
        for field in overview.fields:
            found = {(d.kind, d.part.slug, when) for d in field.doubles for when in d.when}
            assert found == counted(field.topic, field.column, area)
            seen += len(found)
    assert seen > 20


def test_table_cell_and_workbook_name_three_groups_on_the_same_afternoon(coordinator):
    wanne = DistrictFactory(slug="wanne", name="Wanne", level="locality")
    LifePhaseFactory(slug="baby", short_name="Baby", ages=ages.span(0, 11))
    about = {"topics": [TopicFactory(slug="treff")], "offer_type": OfferTypeFactory(name="Gruppe")}
    for name in ["AWO", "Caritas", "Diakonie"]:
        offer = OfferFactory(title=f"Krabbeln {name}", provider_name=name, **about)
        takes_place(offer, LocationFactory(district=wanne), [1], dt.time(15))

    page = coordinator.get(reverse("coverage:table"), {"bezirk": "wanne"}).text
    asked = {"bezirk": "wanne", "thema": "treff", "feld": "baby"}
    cell = coordinator.get(reverse("coverage:cell"), asked).text
    book = coordinator.post(f"{reverse('coverage:sheet')}?bezirk=wanne").getvalue()

    assert "An 1 Stelle tun drei Anbieter oder mehr dasselbe" in " ".join(page.split())
    assert '<span class="chain-mark">doppelt</span>' in page
    doubles = cell[cell.index("chain-doubles-title") :]
    assert "Di nachmittags" in doubles
    assert all(f"Krabbeln {name}" in doubles for name in ["AWO", "Caritas", "Diakonie"])
    overview = Overview(timezone.localdate(), "wanne")
    assert any("zur selben Zeit tun: 1." in one for one in report.sentences(overview))
    head, line = openpyxl.load_workbook(io.BytesIO(book)).worksheets[0].values
    assert line[head.index("doppelt")] == "Gruppe, Wanne, Di nachmittags: 3 Anbieter"
