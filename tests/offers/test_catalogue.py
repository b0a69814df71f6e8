"""The catalogue in memory finds, counts and orders what the database would, and is never stale."""

import datetime as dt
import random
import threading
import time
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
from offers.catalogue.catalogue import Catalogue
from offers.models import Location, Occurrence, Offer, OfferPlace, Schedule, Topic
from tests import rows
from tests.factories.offers import (
    LocationFactory,
    OfferFactory,
    OfferPlaceFactory,
    ScheduleFactory,
    TopicFactory,
)
from tests.offers import by_sql

pytestmark = pytest.mark.django_db
SELECTIONS = 250
COUNTED = 25  # selections of which every choice is counted


@pytest.fixture(scope="module")
def city(herne_as_rows, django_db_blocker):
    """Herne, and beside it entries that chance has made odd in every respect."""
    with django_db_blocker.unblock(), transaction.atomic():
        rows.pour(herne_as_rows)
        make_odd(random.Random(13))
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # thousands of queries are planned by what is there now
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
    schedule.start_time = start
    schedule.end_time = start and chance.choice([None, dt.time(23, 30), dt.time(0)])
    schedule.weekdays = chance.sample(range(7), chance.randrange(3))
    schedule.save()
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


def test_hundreds_of_selections_find_what_the_database_finds_in_the_same_order(city):
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
        if next(counted, COUNTED) < COUNTED:
            compare_counts(query, selection, city)

    compare()


def compare_counts(query, selection, words):
    """Each number is right, and a choice that is not offered would have led nowhere."""
    offered = {
        (choice.name, choice.value): choice.count
        for facet in BrowsePage(query).facets
        for choice in chain(facet.choices, *(select.choices for select in facet.selects))
    }
    for one in FILTERS:
        for value, _label in one.choices(words):
            choice = SimpleNamespace(name=one.name, value=value)
            left = by_sql.beside(choice, selection, words).count()
            assert (one.name, value, offered.get((one.name, value), 0)) == (one.name, value, left)


def test_a_page_of_filters_asks_the_database_for_nothing_but_the_version(client, city):
    path = reverse("offers:browse") + "?alter=84&thema=betreuung&bezirk=bezirk-wanne&tag=mo"
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


# A change made by one transaction, committed: only the changed offers are read anew.


@pytest.fixture
def few(transactional_db):
    """Some offers in a real database, known to the catalogue."""
    topics = [TopicFactory(), TopicFactory()]
    offers = [OfferFactory(title=title, topics=topics[:1]) for title in ("Bär", "Esel", "Zebra")]
    place = OfferPlaceFactory(offer=offers[1], location=LocationFactory(postal_code="44649"))
    LocationFactory(street="Nebenan 1", district=place.location.district)
    ScheduleFactory(place=place)
    held.current()
    return offers


def state(catalogue):
    """Return all that can be asked of a catalogue, by keys."""
    sets = {
        name: sorted(int(key) for key in catalogue.by_title(those))
        for name, those in catalogue._sets.items()
    }
    by_phase = {
        slug: catalogue.by_title(those).tolist() for slug, those in catalogue.by_phase.items()
    }
    return {
        "sets": {name: keys for name, keys in sets.items() if keys},
        "phases": by_phase,
        "everywhere": sorted(catalogue.by_title(catalogue.near_everywhere).tolist()),
        "ages": [catalogue.by_title(catalogue.for_age(month)).tolist() for month in (0, 40, 200)],
        "fit": catalogue.best_fit_first(catalogue.all).tolist(),
        "title": catalogue.by_title(catalogue.all).tolist(),
        "date": catalogue.next_date_first(catalogue.all, time.time()).tolist(),
    }


CHANGES = {
    "another title": lambda one: Offer.objects.filter(pk=one.pk).update(title="Ameise"),
    "archived": lambda one: Offer.objects.filter(pk=one.pk).update(status="archived"),
    "gone": lambda one: one.delete(),
    "another age": lambda one: Offer.objects.filter(pk=one.pk).update(ages=(36, 72)),
    "another topic": lambda one: one.topics.set(Topic.objects.order_by("-pk")[:1]),
    "a place more": lambda one: OfferPlaceFactory(offer=one, location=Location.objects.last()),
    "without its places": lambda one: one.places.all().delete(),
    "its address": lambda _one: Location.objects.update(postal_code="44651"),
    "its hours": lambda _one: Schedule.objects.update(weekdays=[0, 2], start_time=dt.time(9)),
    "confirmed": lambda one: Offer.objects.filter(pk=one.pk).update(
        confirmed_at=timezone.now(), confirm_method="phone"
    ),
    "a new one": lambda _one: OfferFactory(title=f"Dachs {Offer.objects.count()}"),
    "no longer valid": lambda one: Offer.objects.filter(pk=one.pk).update(
        valid_to=timezone.localdate() - dt.timedelta(days=1)
    ),
}


def test_what_changed_alone_is_read_anew_and_makes_what_reading_all_would(few, monkeypatch):
    for what in ["a new one", *CHANGES]:
        one = few[1]
        if what in {"archived", "no longer valid", "gone"}:
            one = OfferFactory(title=f"Fuchs {what}", topics=Topic.objects.all()[:1])
            OfferPlaceFactory(offer=one, location=Location.objects.first())
        held.current()
        CHANGES[what](one)
        with monkeypatch.context() as patch:
            patch.setattr(Catalogue, "read", None)  # nobody reads all of it
            changed = held.current()
        assert state(changed) == state(Catalogue.read(changed.number, changed.day)), what


def test_an_archived_offer_comes_back_under_its_old_number(few):
    one = few[0]
    for status, there in [("archived", False), ("published", True)] * 2:
        Offer.objects.filter(pk=one.pk).update(status=status)
        catalogue = held.current()
        assert (one.pk in catalogue.by_title(catalogue.all)) is there


def test_another_word_of_the_filters_is_read_with_all_the_rest(few):
    Topic.objects.update(position=7)

    assert held.current().topics[0].position == 7


def test_a_card_is_rendered_again_only_when_its_offer_changed(few, client):
    client.get(reverse("offers:browse"))
    before = dict(held.current().made_of_offers)
    Offer.objects.filter(pk=few[0].pk).update(cost_kind="free")

    page = client.get(reverse("offers:browse")).content.decode()

    after = held.current().made_of_offers
    assert page.count("Kostenlos") == 1
    assert {one.pk for one in few if after[one.pk] is before[one.pk]} == {few[1].pk, few[2].pk}


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "htmx"])
@pytest.mark.parametrize("language", ["", "/en"])
def test_an_archived_protected_or_restored_entry_is_gone_or_back_with_the_next_request(
    few, client, headers, language, settings
):
    settings.LANGUAGES = [("de", "Deutsch"), ("en", "English")]
    path = language + reverse("offers:browse")
    one, place = few[1], few[1].places.get()

    def shows(text):
        return text in client.get(path, headers=headers).content.decode()

    assert shows("Esel")
    Offer.objects.filter(pk=one.pk).update(status="archived")
    assert not shows("Esel")
    Offer.objects.filter(pk=one.pk).update(status="published")
    assert shows("Esel")
    assert shows(place.location.district.name)
    Location.objects.update(visibility="protected", district=None, latitude=None, longitude=None)
    assert not shows(place.location.district.name + "</bdi>")
    assert shows("Ort ist geschützt")


def test_where_reading_all_takes_long_readers_go_on_with_the_old_one_meanwhile(few, monkeypatch):
    old, reads, may_go_on = held.current(), Catalogue.read.__func__, threading.Event()

    def slowly(cls, number, day):
        may_go_on.wait(20)
        return reads(cls, number, day)

    monkeypatch.setattr(held._Held, "seconds", held.A_READER_WAITS)
    monkeypatch.setattr(Catalogue, "read", classmethod(slowly))
    Topic.objects.update(position=9)
    assert held.current() is old
    may_go_on.set()
    held._Held.beside.join(20)

    assert held.current().topics[0].position == 9


def test_a_failure_while_reading_is_noted_and_shown_to_nobody(few, client, monkeypatch, caplog):
    def fails(*_):
        raise RuntimeError("no memory left")

    monkeypatch.setattr(Catalogue, "changed", fails)
    monkeypatch.setattr(held._Held, "failed_at", None)
    Offer.objects.filter(pk=few[0].pk).update(title="Löwe")

    response = client.get(reverse("offers:browse"))

    assert response.status_code == 200
    assert "Esel" in response.content.decode()
    assert "no memory left" in caplog.text


def test_what_is_not_committed_is_in_nobody_elses_catalogue(few):
    seen = []

    def others_look():
        seen.append(held.current().by_title(held.current().all).tolist())
        connection.close()

    with transaction.atomic():
        Offer.objects.filter(pk=few[0].pk).update(status="archived")
        own = held.current()
        other = threading.Thread(target=others_look)
        other.start()
        other.join(20)
        transaction.set_rollback(True)

    assert few[0].pk not in own.by_title(own.all)
    assert few[0].pk in seen[0]
    assert few[0].pk in held.current().by_title(held.current().all)
