"""Within reach over the months: counted each night by the clock, shown where the office begins."""

import datetime as dt
import io

import openpyxl
import pytest
from django.contrib.auth.models import Group, User
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from lifephases.models import LifePhase
from offers.models import District, Institution, Offer, ReachCount, Topic
from offers.quality import reach, reach_by_month
from offers.tasks import count_within_reach
from tests import rows
from tests.factories.offers import InstitutionFactory, OfferFactory, OfferPlaceFactory, TopicFactory

pytestmark = pytest.mark.django_db
PAGE = reverse("admin:offers_reachcount_changelist")


@pytest.fixture
def office(client, signed_in):
    user = User.objects.create_user("karla", is_staff=True)
    user.groups.add(Group.objects.get(name="Redaktion"))
    return signed_in(client, user)


def within_reach(**values):
    offer = OfferFactory(**{"phone": "02323 777", "schedule_text": "montags"} | values)
    OfferPlaceFactory(offer=offer, mode="online", location=None)
    return offer


def figures(group="all"):
    found = ReachCount.objects.by(group)
    return {(one.key, one.month): (one.within_reach, one.entries) for one in found}


def test_the_running_month_is_counted_anew_and_a_month_that_is_over_stays():
    within_reach()
    OfferFactory()
    october, november = dt.date(2026, 10, 1), dt.date(2026, 11, 1)

    reach_by_month.count(dt.date(2026, 10, 30))
    within_reach()
    for day in (1, 2, 30):
        reach_by_month.count(dt.date(2026, 11, day))

    assert figures() == {("", october): (1, 2), ("", november): (2, 3)}


def test_beside_the_share_stands_how_many_of_them_somebody_confirmed_in_their_time():
    within_reach(confirmed_at=timezone.now(), confirm_method="phone")
    long_ago = timezone.now() - dt.timedelta(days=400)
    within_reach(confirmed_at=long_ago, confirm_method="phone")
    OfferFactory(confirmed_at=timezone.now(), confirm_method="phone")

    reach_by_month.count()

    assert ReachCount.objects.of_all().get().confirmed == 1
    assert reach.report()["confirmed"] == 1


def test_a_part_that_has_no_entry_any_more_is_not_counted_on_and_keeps_its_past():
    topic = TopicFactory(name="Sport", slug="sport")
    offer = within_reach(topics=[topic])
    reach_by_month.count(dt.date(2026, 10, 30))
    offer.delete()
    reach_by_month.count(dt.date(2026, 11, 1))

    [line] = reach_by_month.table("topic")[1]
    assert (line.name, [one.percent for one in line.counts]) == ("Sport", [100])


def test_herne_s_parts_are_those_of_the_questions_the_office_asks(herne_as_rows):
    rows.pour(herne_as_rows)
    count_within_reach()
    month = timezone.localdate().replace(day=1)

    def counted(offers):
        said = reach.report(offers)
        return said["within_reach"], said["entries"]

    published = Offer.objects.published()
    assert figures()["", month] == counted(published)
    for group, model, narrowed in (
        ("topic", Topic, lambda one: published.about([one.slug])),
        ("phase", LifePhase, published.for_phase),
        ("district", District, lambda one: published.in_district(one.slug)),
    ):
        found = figures(group)
        for one in model.objects.exclude(slug="herne")[::3]:
            expected = counted(narrowed(one))
            assert found.get((one.slug, month), (0, 0)) == expected, one
    providers = figures("provider")
    asked = published.exclude(provider=None).order_by().values_list("provider")
    within = asked.annotate(within=Count("pk", filter=reach.is_within_reach()), all=Count("pk"))
    assert providers == {(str(key), month): tuple(found) for key, *found in within}
    one = Institution.objects.exclude(offers=None).first()
    assert providers[str(one.pk), month] == counted(published.of(one))


def test_the_start_page_of_the_office_says_the_share_and_its_course(office):
    within_reach()
    OfferFactory()
    reach_by_month.count(dt.date(2026, 9, 30))
    within_reach()
    reach_by_month.count(dt.date(2026, 10, 30))

    shown = " ".join(office.get(reverse("admin:index")).content.decode().split())

    assert "67 %" in shown
    assert "2 von 3 Angeboten" in shown
    assert "September 2026 50 %, Oktober 2026 67 %" in shown
    assert PAGE in shown


def test_the_page_tells_parts_months_and_what_is_missing_and_gives_it_as_a_workbook(office):
    house = InstitutionFactory(name="Kita Sonnenschein")
    within_reach(provider=house, provider_name="")
    OfferFactory(provider=house, provider_name="", phone="02323 778")
    reach_by_month.count(dt.date(2026, 10, 30))

    shown = office.get(PAGE, {"nach": "einrichtung"}).content.decode()
    assert "Kita Sonnenschein" in shown
    assert "50 %" in shown
    assert "kein Ort: 1" in shown

    file = office.get(PAGE, {"nach": "einrichtung", "datei": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(file.streaming_content))).active
    assert [list(one) for one in sheet.values] == [
        [*("Teil", "Okt 2026: Einträge", "Okt 2026: erreichbar", "Okt 2026: davon bestätigt")],
        ["Alle Angebote", 2, 1, 0],
        ["Kita Sonnenschein", 2, 1, 0],
    ]


@pytest.mark.parametrize("query", [{}, {"nach": "x"}, {"datei": "pdf"}])
def test_before_the_first_night_and_with_any_address_the_page_says_so(office, query):
    answer = office.get(PAGE, query)

    assert answer.status_code == 200
    assert "Gezählt wird jede Nacht" in answer.content.decode()


def test_who_edits_for_one_provider_sees_no_figures_of_others(client, signed_in):
    user = User.objects.create_user("traeger", is_staff=True)
    user.groups.add(Group.objects.get(name="Träger-Redaktion"))
    provider = signed_in(client, user)

    assert provider.get(PAGE).status_code == 403
    assert "reach-title" not in provider.get(reverse("admin:index")).content.decode()
