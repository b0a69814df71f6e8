"""The table of the chain: every cell as an independent count has it, and thin ice in words."""

import datetime as dt
import io
import random
from typing import NamedTuple

import openpyxl
import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from lifephases import ages
from lifephases.models import LifePhase, Transition
from network.coverage import columns, findings
from network.coverage.cells import Thin
from network.coverage.overview import Overview
from network.coverage.papers import report, sheet
from network.coverage.supply import Entry
from network.models import AuditEntry, ChainNeed, ChildrenCount
from offers.models import District, FreePlaces, Offer, OfferPlace, Topic
from offers.quality.reach import is_within_reach
from tests import rows
from tests.factories.lifephases import LifePhaseFactory
from tests.factories.offers import (
    CityFactory,
    DistrictFactory,
    LocationFactory,
    OfferFactory,
    OfferPlaceFactory,
    ProtectedLocationFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db
TABLE, CELL = reverse("coverage:table"), reverse("coverage:cell")
COMES = ["home_visit", "online", "phone", "city_wide"]


class Counted(NamedTuple):
    offers: int
    within_reach: int
    free: int
    full: int
    levels: tuple
    places: int
    providers: int
    languages: set
    elsewhere: int


class Naive:
    """The same figures, asked of the database set by set and counted one by one."""

    def __init__(self):
        found = Offer.objects.published().prefetch_related("places__location__district")
        self.offers = {one.pk: one for one in found}
        self.reached = self.keys(Offer.objects.filter(is_within_reach()))
        full = Offer.objects.filter(free_places__state__in=["full", "waiting_list"])
        lately = timezone.now() - dt.timedelta(days=settings.FREE_PLACES_DAYS)
        self.full = self.keys(full.filter(free_places__said_at__gt=lately)) & self.reached
        self.coming = self.keys(Offer.objects.filter(places__mode__in=COMES))
        self.about = {t.slug: self.keys(Offer.objects.about([t.slug])) for t in Topic.objects.all()}
        self.near = {
            d.slug: self.keys(Offer.objects.in_district(d.slug)) | self.coming
            for d in District.objects.exclude(parent=None)
        }
        self.near[None] = set(self.offers)
        self.of = {p.slug: self.keys(Offer.objects.for_phase(p)) for p in LifePhase.objects.all()}
        for step in Transition.objects.all():
            overlapping = Offer.objects.filter(ages__overlap=step.ages)
            self.of[step.slug] = self.keys(overlapping | Offer.objects.filter(ages=None))

    def keys(self, found):
        return set(found.values_list("pk", flat=True)) & set(self.offers)

    def count(self, topic, column, part):
        everywhere = self.about[topic] & self.of[column]
        here = [self.offers[pk] for pk in everywhere & self.near[part]]
        return Counted(
            len(here),
            sum(one.pk in self.reached for one in here),
            sum(one.cost_kind == "free" for one in here),
            sum(one.pk in self.full for one in here),
            tuple(
                sum(one.prevention_level == level for one in here)
                for level in ("universal", "selective", "indicated")
            ),
            len({p.location_id for o in here for p in o.places.all() if public(p.location)}),
            len({one.provider_id or one.provider_name for one in here}),
            {code for one in here for code in one.languages},
            len(everywhere) - len(here),
        )


def public(location):
    return location is not None and not location.is_protected


def assert_every_cell_is_as_counted(parts):
    naive, seen = Naive(), 0
    for part in parts:
        overview = Overview(timezone.localdate(), part)
        for column in [*overview.phases, *overview.steps]:
            for topic in overview.topics:
                cell = overview.field(topic, column).cell
                figures = Counted(*(getattr(cell, name) for name in Counted._fields))
                expected = naive.count(topic.slug, column.slug, part)
                assert figures._replace(languages=set(cell.languages)) == expected
                seen += cell.offers
    return seen


def test_every_cell_of_herne_equals_an_independent_count(herne_as_rows):
    rows.pour(herne_as_rows)
    levels = ["borough", "locality"]
    parts = District.objects.filter(level__in=levels).values_list("slug", flat=True)

    assert assert_every_cell_is_as_counted([None, *parts]) > 1000


def test_every_cell_of_odd_data_equals_an_independent_count():
    chance = random.Random(16)
    city = CityFactory()
    boroughs = [DistrictFactory(parent=city) for _ in range(2)]
    parts = [DistrictFactory(parent=one, level="locality") for one in boroughs for _ in range(2)]
    topics = TopicFactory.create_batch(3)
    spans = [(-10, 2), (0, 12), (36, 78), (168, 324)]
    phases = [LifePhaseFactory(ages=ages.span(*one)) for one in spans]
    cross = LifePhaseFactory(kind=LifePhase.Kind.CROSS, ages=ages.span(-10, 324))
    at = [LocationFactory(district=chance.choice([*parts, *boroughs, None, city])) for _ in "1234"]
    at = [one for one in at if one.district or one.street]
    ends = [None, None, -10, -1, 0, 2, 12, 35, 36, 78, 168, 300]
    for _ in range(40):
        first, last = chance.choice(ends), chance.choice(ends)
        if first is not None and last is not None and last < first:
            first, last = last, first
        offer = OfferFactory(
            ages=ages.span(first, last),
            topics=chance.sample(topics, chance.randint(0, 3)),
            extra_phases=chance.choice([[], [cross], [phases[0]]]),
            cost_kind=chance.choice(Offer.Cost.values),
            languages=chance.choice([[], ["de"], ["tr", "ar"]]),
            provider_name=chance.choice(["A", "B", "C"]),
            prevention_level=chance.choice(["", *Offer.Prevention.values]),
            phone=chance.choice(["", "02323 160"]),
            schedule_text=chance.choice(["", "dienstags"]),
            status=chance.choice(["published"] * 4 + ["draft", "archived"]),
            valid_to=chance.choice([None, None, dt.date(2020, 1, 1), dt.date(2099, 1, 1)]),
        )
        if chance.random() < 0.4:
            said_at = timezone.now() - dt.timedelta(days=chance.choice([1, 400]))
            state = chance.choice(FreePlaces.State.values)
            FreePlaces.objects.create(offer=offer, state=state, said_at=said_at)
        if chance.random() < 0.1:
            OfferPlaceFactory(offer=offer, location=ProtectedLocationFactory())
            continue
        for location in chance.sample(at, chance.randint(0, 2)):
            OfferPlaceFactory(offer=offer, location=location)
        if chance.random() < 0.2:
            mode = chance.choice([*COMES, "unknown"])
            OfferPlaceFactory(offer=offer, location=None, mode=mode)

    places = [None, *(one.slug for one in [*boroughs, *parts])]
    assert assert_every_cell_is_as_counted(places) > 50


# Thin ice


@pytest.fixture
def topic():
    return TopicFactory()


@pytest.fixture
def baby():
    return LifePhaseFactory(slug="baby", ages=ages.span(0, 12))


@pytest.fixture
def wanne():
    return DistrictFactory(slug="wanne", name="Wanne")


def there(district, topic, **facts):
    facts = {"phone": "02323 160", "schedule_text": "dienstags"} | facts
    place = OfferPlaceFactory(
        offer=OfferFactory(topics=[topic], **facts), location__district=district
    )
    return place.offer


def confirmed():
    return {"confirmed_at": timezone.now(), "confirm_method": "editor"}


def marks(part="wanne"):
    overview = Overview(timezone.localdate(), part)
    return list(overview.fields[0].cell.thin)


def test_a_cell_says_that_nobody_has_anything(topic, baby, wanne):
    assert marks() == [Thin.NOBODY]


def test_a_cell_says_that_something_is_only_in_another_district(topic, baby, wanne):
    there(DistrictFactory(), topic)

    assert marks() == [Thin.ELSEWHERE]
    assert Thin.ELSEWHERE not in marks(None)


def test_a_cell_says_that_nobody_knows_where_its_only_offer_is(topic, baby, wanne):
    OfferFactory(topics=[topic])

    assert marks() == [Thin.PLACELESS]


def test_a_cell_says_that_it_hangs_on_one_provider(topic, baby, wanne):
    there(wanne, topic, **confirmed(), provider_name="AWO")
    there(wanne, topic, **confirmed(), provider_name="awo ")
    assert marks() == [Thin.ONE_PROVIDER]

    there(wanne, topic, **confirmed(), provider_name="Caritas")
    assert marks() == []


def test_a_cell_says_that_all_in_it_ends_within_three_months(topic, baby, wanne):
    soon = timezone.localdate() + dt.timedelta(days=80)
    one = there(wanne, topic, **confirmed(), valid_to=soon)
    assert Thin.ENDING in marks()

    Offer.objects.filter(pk=one.pk).update(valid_to=soon + dt.timedelta(days=30))
    assert Thin.ENDING not in marks()


def test_a_cell_says_that_all_who_can_be_reached_are_full_until_nobody_knows_any_more(
    coordinator, topic, baby, wanne
):
    there(wanne, topic, phone="", provider_name="AWO")
    offer = there(wanne, topic, **confirmed(), prevention_level="selective")
    places = FreePlaces.objects.create(offer=offer, state="waiting_list", said_at=timezone.now())

    assert marks() == [Thin.FULL]
    assert "In 1 Feld ist alles Erreichbare voll." in " ".join(coordinator.get(TABLE).text.split())
    levels = coordinator.get(TABLE, {"zahl": "stufe"}).text
    assert "1 selektiv, 1 nicht gesagt" in levels
    assert "zurzeit voll" in coordinator.get(CELL, {"feld": "baby", "thema": topic.slug}).text
    places.said_at -= dt.timedelta(days=settings.FREE_PLACES_DAYS)
    places.save()
    assert marks() == []


def test_a_cell_says_that_nothing_in_it_can_be_reached_or_is_confirmed(topic, baby, wanne):
    there(wanne, topic, phone="")

    assert marks() == [Thin.UNREACHABLE, Thin.ONE_PROVIDER, Thin.UNCONFIRMED]


# Sentences and pages


def test_the_longest_gap_lies_between_what_covers_the_months():
    entries = [Entry(1, "", "", -10, 3), Entry(2, "", "", 30, 400), Entry(3, "", "", 1, 12)]

    assert findings.longest_gap(entries, -10, 216) == (12, 30)
    assert findings.longest_gap([], -10, 36) == (-10, 36)
    assert findings.longest_gap([Entry(1, "", "")], -10, 36) == (-10, -10)


def test_the_biggest_hole_for_under_threes_in_wanne_stands_first(coordinator, baby, wanne):
    empty = TopicFactory(name="Sport")
    full = TopicFactory(name="Gesundheit")
    there(wanne, full)
    there(DistrictFactory(), empty)

    answer = coordinator.get(TABLE, {"bezirk": "wanne", "fuer": "fruehe-hilfen"})

    words = " ".join(answer.text.split())
    assert "Das größte Loch ist „Sport“." in words
    assert "46 Monate lang" in words
    assert "Anderswo in der Stadt ist 1 erreichbar." in words


def test_what_is_not_needed_at_an_age_is_no_hole_anywhere(coordinator, baby, wanne):
    LifePhaseFactory(slug="jugend", ages=ages.span(168, 324))
    for name, first, last in [("Beruf", 168, 216), ("Geburt", -10, 12), ("Nie", 0, 1)]:
        about = {"topic": TopicFactory(name=name, slug=name.lower()), "weight": int(last != 1)}
        ChainNeed.objects.create(ages=ages.span(first, last), **about)
    there(wanne, TopicFactory(name="Sport", slug="sport"), ages=ages.span(-10, 119))

    overview = Overview(timezone.localdate(), "wanne")
    found = [(one.topic.name, one.first, one.end) for one in findings.holes(overview)]
    page = " ".join(coordinator.get(TABLE, {"bezirk": "wanne"}).text.split())

    assert found == [("Sport", 120, 216), ("Beruf", 168, 216), ("Geburt", -10, 13)]
    kinds = {(one.topic.slug, one.column.slug): one.cell.worst for one in overview.fields}
    assert {where for where, kind in kinds.items() if kind == Thin.NOT_NEEDED} == {
        *[("beruf", "baby"), ("geburt", "jugend"), ("nie", "baby"), ("nie", "jugend")]
    }
    assert "In 3 von 4 Feldern erreichen Familien nichts." in page
    assert [(row["open"], row["fields"]) for row in overview.by_part()] == [(3, 4)]
    assert "Das größte Loch ist „Sport“." in page
    assert page.count("chain-cell--not-needed") == 4
    assert "Danach kommen: „Beruf“, „Geburt“." in page
    assert [one.split(":")[0] for one in report.sentences(overview)[:3]] == [
        "Das größte Loch",
        "Danach",
        "Danach",
    ]


def test_no_part_gets_a_share_of_the_citys_children(coordinator, topic, baby, wanne):
    count = {"from_years": 0, "to_years": 0, "as_of": "2025", "children": 1400}
    ChildrenCount.objects.create(district=wanne.parent, **count)
    there(wanne, topic)

    city, part = (Overview(timezone.localdate(), one) for one in (None, "wanne"))
    page = coordinator.get(TABLE, {"bezirk": "wanne"}).text

    assert city.fields[0].per_100 == pytest.approx(100 / 1400)
    assert part.fields[0].per_100 is None
    assert "Bekannt ist nur die Zahl der ganzen Stadt" in page


def test_births_are_no_children_of_a_phase(topic, baby, wanne):
    ChildrenCount.objects.create(
        district=wanne,
        measure="births",
        from_years=0,
        to_years=0,
        as_of="2025",
        children=1400,
    )

    assert Overview(timezone.localdate(), "wanne").fields[0].count is None


def test_the_two_programmes_divide_the_table(herne_as_rows):
    rows.pour(herne_as_rows)
    cuts = {cut.slug: cut for cut in columns.CUTS}

    def shown(slug):
        phases, _steps = columns.read(cuts[slug])
        return [one.slug for one in phases if not one.is_cross]

    assert shown("fruehe-hilfen") == ["schwangerschaft-geburt", "baby", "kleinkind"]
    assert shown("ab-4")[0] == "kita-alter"
    years = {one.slug: one.years for one in columns.read(cuts[""])[0]}
    assert years["kleinkind"] == (1, 2)
    assert years["kita-alter"] == (3, 5)
    assert years["schwangerschaft-geburt"] is None


def test_a_cell_opens_its_offers(coordinator, topic, baby, wanne):
    here, elsewhere = there(wanne, topic), there(DistrictFactory(), topic, title="Woanders")

    query = {"bezirk": "wanne", "feld": "baby", "thema": topic.slug}
    page = coordinator.get(CELL, query).text

    assert reverse("admin:offers_offer_change", args=[here.pk]) in page
    assert page.index("Nur anderswo in der Stadt") < page.index(elsewhere.title)


@pytest.mark.parametrize("address", [TABLE, CELL])
@pytest.mark.parametrize("query", [{}, {"bezirk": "x\x00", "fuer": "9", "feld": "ü", "zahl": "?"}])
def test_an_empty_portal_and_unknown_words_are_answered(coordinator, address, query):
    assert coordinator.get(address, query).status_code == 200


@pytest.mark.parametrize("role", ["Redaktion", "Träger-Redaktion"])
def test_only_coordinators_and_administrators_see_the_chain(of_role, role):
    assert of_role(role).get(TABLE).status_code == 403


def test_the_whole_table_of_herne_asks_at_most_ten_times(herne_as_rows):
    rows.pour(herne_as_rows)

    with CaptureQueriesContext(connection) as asked:
        overview = Overview(timezone.localdate(), "bezirk-wanne")
        assert len(overview.fields) == 128
        assert list(overview.by_part())
        assert overview.step_rows
        assert len(sheet.fields(overview)) == 208

    assert len(asked) <= 10


def test_the_table_has_heads_a_caption_and_words_for_every_colour(coordinator, herne_as_rows):
    rows.pour(herne_as_rows)
    wanne = District.objects.get(slug="bezirk-wanne")
    ChildrenCount.objects.create(
        district=wanne, from_years=3, to_years=5, as_of="2023-08", children=1116
    )

    page = coordinator.get(TABLE, {"bezirk": "bezirk-wanne"}).text

    assert page.count("<caption>") == page.count("<table") == 4
    coloured = page.count("chain-cell--")
    assert coloured
    assert page.count('class="chain-mark"') >= coloured


def test_a_protected_place_is_in_no_part_and_no_place(topic, baby, wanne):
    offer = OfferFactory(topics=[topic])
    OfferPlaceFactory(offer=offer, location=ProtectedLocationFactory())

    cell = Overview(timezone.localdate()).fields[0].cell

    assert (cell.offers, cell.places) == (1, 0)
    assert OfferPlace.objects.count() == 1


def test_the_workbook_says_the_same_as_the_page_and_how_it_is_counted(coordinator, herne_as_rows):
    rows.pour(herne_as_rows)
    address = reverse("coverage:sheet")

    answer = coordinator.post(f"{address}?bezirk=bezirk-wanne")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    head, *lines = book.worksheets[0].iter_rows(values_only=True)
    told = [dict(zip(head, line, strict=True)) for line in lines]

    overview = Overview(timezone.localdate(), "bezirk-wanne")
    expected = [(f.column.name, f.topic.name, f.cell.offers) for f in overview.fields]
    found = {(one["Lebensphase oder Schritt"], one["Thema"], one["Angebote"]) for one in told}
    assert set(expected) <= found
    assert len(told) == 16 * (len(overview.phases) + len(overview.steps))
    assert {one["Wo"] for one in told} == {"Stadtbezirk Wanne"}
    assert "Kontakt, Ort und Zeit" in str(list(book.worksheets[1].values))
    assert AuditEntry.objects.get(action=AuditEntry.Action.EXPORT).details["what"] == "Abdeckung"
    assert coordinator.get(address).status_code == 405


def test_nobody_else_takes_the_workbook(of_role):
    assert of_role("Redaktion").post(reverse("coverage:sheet")).status_code == 403
