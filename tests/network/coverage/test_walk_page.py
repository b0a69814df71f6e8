"""The page of the walk: its number never without what it assumes, which the office changes."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from lifephases import ages
from network.coverage import facts, kettenlauf
from network.models import ChainAssumptions, ChainNeed, ChildrenCount, NeedIndicator
from tests import rows
from tests.factories.offers import CityFactory, DistrictFactory, OfferPlaceFactory, TopicFactory

pytestmark = pytest.mark.django_db
WALK = reverse("coverage:walk")


@pytest.fixture
def boroughs():
    city = CityFactory()
    found = [DistrictFactory(parent=city, slug=slug) for slug in ("wanne", "eickel", "sodingen")]
    for one in found:
        DistrictFactory(parent=one, level="locality", slug=f"{one.slug}-mitte")
    return found


def counted(district, number, **facts):
    facts = {"from_years": 3, "to_years": 5, "as_of": "2023"} | facts
    return ChildrenCount.objects.create(district=district, children=number, **facts)


def weights(way="locality"):
    return {home.slug: home.weight for home in kettenlauf.Homes(way).all}


def test_children_live_where_they_are_counted_and_the_rest_in_equal_parts(boroughs):
    counted(boroughs[0].parent, 4500)
    counted(boroughs[0], 1100)
    counted(boroughs[1], 9999, measure="births")

    assert weights() == {"wanne-mitte": 1100, "eickel-mitte": 1700, "sodingen-mitte": 1700}


def test_without_any_figure_they_live_in_equal_parts(boroughs):
    assert len(set(weights().values())) == 1


def test_how_far_families_go_is_an_assumption(boroughs):
    assert {home.reach for home in kettenlauf.Homes("borough").all} == {
        one.slug for one in boroughs
    }
    assert {home.reach for home in kettenlauf.Homes("city").all} == {"stadt"}


def test_the_number_stands_beside_its_assumptions_and_they_are_changed_in_the_office(
    coordinator, boroughs
):
    NeedIndicator.objects.create(
        district=boroughs[0].parent,
        name=kettenlauf.LOW_INCOME,
        unit="percent",
        value="30.2",
        as_of="2022-06",
    )
    topic = TopicFactory(name="Sport")
    place = OfferPlaceFactory(location__district=boroughs[0].children.get())
    place.offer.topics.set([topic])

    page = coordinator.get(WALK).text
    assert "Diese Zahl gilt nur mit diesen Annahmen" in page
    assert "SGB-II-Quote, 2022-06" in page
    assert "Das längste Loch: „Sport“" in page
    cells = re.findall(r'<td class="chain-count">([0-9.]+)</td>', page)
    assert any("." in cell for cell in cells)
    assert not [cell for cell in cells if cell.isdecimal() and len(cell) > len("999")]
    assert reverse("admin:network_chainassumptions_add") in page

    form = {"way": "city", "low_income_percent": "12.5", "highest_price": "7", "seed": "3"}
    form |= {"language": "", "language_percent": "0", "step_free_percent": "0", "note": "Beirat"}
    answer = coordinator.post(reverse("admin:network_chainassumptions_add"), form)

    assert answer.status_code == 302, answer.context["adminform"].form.errors
    assert ChainAssumptions.current().history.count() == 1
    page = coordinator.get(WALK).text
    assert "in der ganzen Stadt" in page
    assert "Beirat" in page
    assert "12,5 % der Familien können nichts bezahlen" in page
    assert "SGB-II-Quote, 2022-06" not in page
    kept = ChainAssumptions.objects.get()
    assert reverse("admin:network_chainassumptions_change", args=[kept.pk]) in page


def test_a_topic_is_a_need_only_at_the_ages_the_office_says(boroughs):
    ChainNeed.objects.create(topic=TopicFactory(slug="beruf"), ages=ages.span(168, 216))
    ChainNeed.objects.create(topic=TopicFactory(slug="nie"), weight=0, ages=ages.span(0, 1))
    TopicFactory(slug="immer")

    found = {need.slug: (need.first, need.end) for need in kettenlauf.Kettenlauf(today()).needs}

    assert found == {"beruf": (168, 217), "immer": (-10, 217)}


def test_a_portal_without_data_says_so(coordinator):
    assert "Laden Sie zuerst die Daten der Stadt" in coordinator.get(WALK).text


def test_herne_walks_twice_to_the_same_number(herne_as_rows, settings):
    rows.pour(herne_as_rows)
    for report in facts.load(settings.CITY_DIR):
        assert report.problems == []

    one, again = kettenlauf.Kettenlauf(today()), kettenlauf.Kettenlauf(today())

    assert 0 < one.share == again.share < 1
    assert one.hole == again.hole
    assert [mend.entry.pk for mend in one.mends] == [mend.entry.pk for mend in again.mends]
    assert [step.column.slug for step in one.steps if step.there >= step.left > 0]


def today():
    return timezone.localdate()
