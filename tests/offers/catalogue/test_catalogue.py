"""The catalogue in memory finds, counts and orders what the database would, and is never stale."""

import datetime as dt
import random
from contextlib import suppress
from itertools import chain
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as trying
from hypothesis import strategies as st

from offers.browsing.filters import FILTERS
from offers.browsing.listing.page import BrowsePage
from offers.browsing.query import SORTS, BrowseQuery
from offers.catalogue import held
from offers.models import Location, Occurrence, Offer, OfferPlace, Schedule
from tests import rows
from tests.offers.browsing import by_sql

pytestmark = pytest.mark.django_db
SELECTIONS = 50
COUNTED = 4  # selections of which choices are counted


@pytest.fixture(scope="module")
def city(herne):
    """Herne, and beside it entries that chance has made odd in every respect."""
    with transaction.atomic():
        make_odd(random.Random(13))
        rows.count()
        yield held.current()
        transaction.set_rollback(True)


def make_odd(chance):
    """Change entries at random: hidden places, no district, odd hours, dates that are over."""
    today, now = timezone.localdate(), timezone.now()
    for location in Location.objects.order_by("pk"):
        odd = [{"postal_code": ""}, {}, {}]
        odd += [{"visibility": "district", "street": ""}] if location.district_id else []
        odd += [{"district": None}] if location.name else []
        odd += [{"latitude": "51.5300", "longitude": "7.1900"}]
        change(location, chance.choice(odd))
    for offer in Offer.objects.order_by("pk"):
        odd = [{}, {"is_generic": True}, {"languages": ["de", "tr"], "reductions": ["but"]}]
        odd += [{"schedule_text": "2020: Mo 9 Uhr"}, {"anonymous_possible": True}]
        odd += [{"registration_deadline": today - dt.timedelta(days=1)}]
        odd += [{"valid_to": today - dt.timedelta(days=days)} for days in (-1, 0, 1)]
        odd += [{"confirmed_at": now, "confirm_method": "phone"}] * 3
        change(offer, chance.choice(odd))
        if not offer.places.exists():
            OfferPlace.objects.create(offer=offer, mode=chance.choice(["online", "home_visit"]))
    for schedule in Schedule.objects.select_related("place").order_by("pk"):
        make_times_odd(schedule, chance)


def change(row, values):
    """Change a row, unless there would be another like it."""
    if values:
        with suppress(IntegrityError), transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(**values)


def make_times_odd(schedule, chance):
    start = chance.choice([None, *[dt.time(hour) for hour in (7, 11, 12, 16, 17, 23)]])
    Schedule.objects.filter(pk=schedule.pk).update(
        start_time=start,
        end_time=start and chance.choice([None, dt.time(23, 30), dt.time(0)]),
        weekdays=chance.sample(range(7), chance.randrange(3)),
    )
    schedule.occurrences.all().delete()
    day = timezone.localdate() + dt.timedelta(days=chance.randrange(-2, 9))
    starts = timezone.make_aware(dt.datetime.combine(day, start or dt.time(0)))
    Occurrence.objects.create(
        schedule=schedule,
        offer_id=schedule.place.offer_id,
        day=day,
        starts_at=starts,
        ends_at=chance.choice([None, starts + dt.timedelta(hours=2)]),
        has_time=start is not None,
    )


def any_selection(catalogue):
    """Return a strategy for what readers may choose, some filters at a time."""
    one_of = {
        one.name: [value for value, _label in one.choices(catalogue)]
        for one in FILTERS
        if one.choices(catalogue)
    }
    chosen = {
        name: st.lists(
            st.sampled_from(values), min_size=1, max_size=3 if many(name) else 1, unique=True
        )
        for name, values in one_of.items()
    }
    chosen["alter"] = st.integers(-10, 324).map(lambda month: [str(month)])
    names = st.lists(st.sampled_from(sorted(chosen)), max_size=4, unique=True)
    some = names.flatmap(lambda few: st.fixed_dictionaries({name: chosen[name] for name in few}))
    return some.map(without_a_radius_around_nothing)


def without_a_radius_around_nothing(selection):
    left_out = set() if "bezirk" in selection else {"umkreis"}
    return {name: those for name, those in selection.items() if name not in left_out}


def many(name):
    return next(one for one in FILTERS if one.name == name).many


def asked(selection, sort="passend"):
    parameters = QueryDict(mutable=True)
    for name, values in (selection | {"sortierung": [sort]}).items():
        parameters.setlist(name, values)
    return BrowseQuery(parameters)


def test_any_selection_finds_what_the_database_finds_in_the_same_order(city):
    counted = iter(range(SELECTIONS))

    @trying(
        max_examples=SELECTIONS,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(any_selection(city), st.sampled_from(SORTS))
    def compare(selection, sort):
        query = asked(selection, sort)
        offers = by_sql.found(selection, city)
        ordered = by_sql.in_order(offers, sort, selection, timezone.now())
        assert query.notices == []
        assert [int(key) for key in query.offers] == list(ordered.values_list("pk", flat=True))
        if (number := next(counted, COUNTED)) < COUNTED:
            compare_counts(query, selection, city, number)

    compare()


def compare_counts(query, selection, words, first):
    """Each number is right, and a choice that is not offered would have led nowhere.

    Every fourth choice is asked about, beginning with another one for each selection.
    """
    offered = {
        (choice.name, choice.value): choice.count
        for facet in BrowsePage(query).facets
        for choice in chain(facet.choices, *(select.choices for select in facet.selects))
    }
    every = [(one.name, value) for one in FILTERS for value, _label in one.choices(words)]
    for name, value in every[first::COUNTED]:
        choice = SimpleNamespace(name=name, value=value)
        left = by_sql.beside(choice, selection, words).count()
        assert (name, value, offered.get((name, value), 0)) == (name, value, left)


def test_a_page_of_filters_asks_the_database_for_nothing_but_the_version(client, city):
    path = reverse("offers:browse") + "?alter=84&bezirk=bezirk-wanne"
    client.get(path)

    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
        sql = [one["sql"] for one in queries.captured_queries]

    assert len(sql) == 1
    assert "content_version" in sql[0]


def test_the_order_by_date_follows_the_clock_without_another_question(city):
    moments = [timezone.now() + dt.timedelta(minutes=minutes) for minutes in (0, 90, 200, 0)]
    midnight = timezone.localtime().replace(hour=23, minute=59)
    for moment in (min(one, midnight) for one in moments):
        found = city.next_date_first(city.all, moment.timestamp())
        wanted = by_sql.in_order(Offer.objects.published(), "termin", {}, moment)
        assert [int(key) for key in found] == list(wanted.values_list("pk", flat=True))
