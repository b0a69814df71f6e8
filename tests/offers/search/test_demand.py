"""What was searched in vain: counted by the week, shown from five on, forgotten in time."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.models import Group, User
from django.core.cache import cache
from django.db import connection

from offers.models import SearchDemand
from offers.search import demand
from offers.search.query.understanding import Concept, Match, Understanding
from offers.search.query.understood import Help
from offers.tasks import forget_search_demand

pytestmark = pytest.mark.django_db

MONDAY = dt.date(2026, 11, 23)


def asked(text, *, weight=1.0, **more):
    """An understood query whose words all carry the same weight."""
    concepts = [Concept((word,), (Match(word, 1.0),), weight) for word in text.split()]
    return Understanding(text, tuple(concepts), **more)


def counted():
    return list(SearchDemand.objects.values_list("words", "filters", "count"))


def note_often(understanding, filters, times=5):
    for _time in range(times):
        demand.note(understanding, filters)


@pytest.fixture(autouse=True)
def nothing_counted_before():
    cache.clear()


def search_often(words, times, day=MONDAY, filters=""):
    for _time in range(times):
        SearchDemand.objects.count_one(words, filters, day)


@pytest.fixture
def coordinator(client, signed_in):
    user = User.objects.create_user("kim", is_staff=True)
    user.groups.set([Group.objects.get(name="Koordination")])
    return signed_in(client, user)


def test_the_same_words_in_any_order_and_spelling_count_as_one():
    note_often(asked("Töpfern Geschwister"), {}, 3)
    note_often(asked("geschwister TOEPFERN"), {}, 3)

    assert counted() == [("geschwister topfern", "", 6)]


def test_what_fewer_than_five_looked_for_is_in_no_table():
    note_often(asked("adhs trennung"), {}, 4)
    assert counted() == []

    demand.note(asked("adhs trennung"), {})
    assert counted() == [("adhs trennung", "", 5)]


def test_without_a_cache_nothing_is_counted_and_the_page_comes(client, settings):
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": "redis://127.0.0.1:1"}}

    assert client.get("/angebote/?q=zauberkurs").status_code == 200
    assert counted() == []


def test_the_filters_are_counted_with_the_words_and_the_words_are_not_among_them():
    note_often(asked("töpfern"), {"q": ["töpfern"], "tag": ["sa", "so"], "alter": ["84"]})

    assert counted() == [("topfern", "alter=84&tag=sa&tag=so", 5)]


def test_words_without_meaning_are_left_out():
    note_often(asked("und oder", weight=0.1), {"tag": ["so"]})

    assert counted() == [("", "tag=so", 5)]


def test_no_time_finer_than_the_week_is_kept():
    SearchDemand.objects.count_one("topfern", "", MONDAY + dt.timedelta(days=2))
    SearchDemand.objects.count_one("topfern", "", MONDAY + dt.timedelta(days=6))

    assert list(SearchDemand.objects.values_list("week", "count")) == [(MONDAY, 2)]


@pytest.mark.parametrize(
    "understanding",
    [
        asked("will nicht mehr leben", help=Help(("telefonseelsorge",), is_crisis=True)),
        asked("will nicht mehr leben", help=Help(is_private=True)),
        asked("kind hört nicht", help=Help(("elterntelefon",))),
        asked("Bahnhofstraße 12"),
        asked("02323 161651"),
        asked("erika@example.org"),
        asked("ich verschwinde bald"),
        asked("beni kimse aramaz"),
        asked("меня нет"),
        asked("meine tochter lea aus der vierten klasse"),
        asked("abcdefghij" * 20),
        asked(""),
    ],
)
def test_need_and_what_could_tell_of_a_person_is_never_counted(understanding):
    note_often(understanding, {})

    assert counted() == []


@pytest.mark.django_db(transaction=True)
def test_many_who_search_at_once_are_all_counted():
    def search(_number):
        SearchDemand.objects.count_one("topfern", "", MONDAY)
        connection.close()

    with ThreadPoolExecutor(4) as people:
        list(people.map(search, range(20)))

    assert counted() == [("topfern", "", 20)]


def test_coordinators_see_what_was_sought_five_times_and_nothing_rarer(coordinator):
    search_often("topfern", 3, MONDAY, "tag=so")
    search_often("topfern", 2, MONDAY - dt.timedelta(weeks=1), "tag=so")
    search_often("fechten", 4)

    page = coordinator.get("/verwaltung/offers/searchdemand/").content.decode()

    assert "topfern" in page
    assert "Sonntag" in page
    assert "fechten" not in page
    assert page.count('class="field-words_shown"') == 1


def test_what_is_sought_most_stands_first(coordinator):
    search_often("backen", 5)
    search_often("topfern", 6)

    page = coordinator.get("/verwaltung/offers/searchdemand/").content.decode()

    assert page.index("topfern") < page.index("backen")


def test_from_a_vain_search_it_is_one_step_to_a_synonym(coordinator):
    search_often("topfern", 5)
    page = coordinator.get("/verwaltung/offers/searchdemand/").content.decode()

    assert "/verwaltung/offers/searchsynonym/add/?phrase=topfern" in page
    form = coordinator.get("/verwaltung/offers/searchsynonym/add/?phrase=topfern").content.decode()
    assert 'value="topfern"' in form


@pytest.mark.parametrize("path", ["add/", "1/change/", "1/delete/"])
def test_nobody_writes_counts_by_hand(coordinator, path):
    search_often("topfern", 5)

    response = coordinator.get(f"/verwaltung/offers/searchdemand/{path}")

    assert response.status_code in {302, 403}


def test_rare_counts_are_forgotten_after_eight_weeks_and_all_after_a_year():
    today = dt.date.today()  # noqa: DTZ011 - the day of this machine is meant
    monday = today - dt.timedelta(days=today.weekday())
    search_often("selten neu", 1, monday)
    search_often("selten alt", 4, monday - dt.timedelta(weeks=9))
    search_often("haufig alt", 5, monday - dt.timedelta(weeks=9))
    search_often("haufig uralt", 9, monday - dt.timedelta(weeks=54))

    forget_search_demand()

    assert set(SearchDemand.objects.values_list("words", flat=True)) == {"selten neu", "haufig alt"}


def test_a_machine_that_types_at_random_does_not_fill_the_table(monkeypatch):
    monkeypatch.setattr("offers.models.search.search_demand.MOST_A_WEEK", 3)

    for number in range(6):
        SearchDemand.objects.count_one(f"wort{number}", "", MONDAY)

    assert SearchDemand.objects.count() == 3
