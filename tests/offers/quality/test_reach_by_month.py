"""Within reach over the months: counted each night by the clock, shown where the office begins."""

import datetime as dt
import io

import openpyxl
import pytest
from django.contrib.auth.models import Group, User
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from kekiz_portal.lib.history.as_of import at_the_end_of
from kekiz_portal.lib.history.recording import unrecorded
from lifephases import ages
from lifephases.models import LifePhase
from offers.curation.confirming import confirm
from offers.models import District, Institution, Offer, Pursuit, ReachCount, Topic
from offers.quality import reach, reach_by_month
from offers.tasks import count_within_reach
from tests import rows
from tests.factories.lifephases import LifePhaseFactory
from tests.factories.offers import (
    DistrictFactory,
    InstitutionFactory,
    LocationFactory,
    OfferFactory,
    OfferPlaceFactory,
    OfferTypeFactory,
    ScheduleFactory,
    TopicFactory,
)

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


def as_words(counts):
    """What a page shows of some counts, apart from their order."""
    shown = ("group", "key", "name", "entries", "within_reach", "confirmed")
    return sorted(tuple(getattr(one, name) for name in shown) for one in counts)


def a_small_city():
    """Offers that came in by a list, each within reach in another way."""
    courses = OfferTypeFactory(is_checked_at_end=False)
    topics = TopicFactory.create_batch(2)
    house = InstitutionFactory(phone="02323 160")
    LifePhaseFactory(ages=ages.span(0, 35))
    with unrecorded():
        for number in range(8):
            offer = OfferFactory(
                topics=topics[number % 2 :],
                offer_type=courses,
                ages=ages.span(12 * number, 12 * number + 30),
                provider=house if number % 2 else None,
                phone="" if number % 2 else "02323 777",
            )
            at = LocationFactory(name="Familienzentrum", district=DistrictFactory())
            ScheduleFactory(place=OfferPlaceFactory(offer=offer, location=at))


def what_happens_to_entries():
    """Yield after each thing that the office or the rule of asking may do to entries."""
    everything = Offer.objects.all()
    yield confirm(everything, method="phone")
    first, second, third, fourth, fifth, sixth, *_rest = Offer.objects.order_by("pk")
    first.status = Offer.Status.ARCHIVED
    yield first.save()
    third.phone = ""
    yield third.save()
    yield fourth.places.get().schedules.get().delete()
    first.status = Offer.Status.PUBLISHED
    yield first.save()
    pursuit = Pursuit.objects.create(offer=fifth, step="note", since=dt.date(2026, 1, 1))
    pursuit.step = Pursuit.Step.HIDDEN
    yield pursuit.save()
    topic = Topic.objects.order_by("pk").first()
    topic.check_every_months = 1
    yield topic.save()
    yield second.delete()
    yield confirm(everything.filter(pk=fifth.pk), method="phone")  # and so it is shown again
    second_type = OfferTypeFactory(check_every_months=1)
    sixth.offer_type = second_type
    yield sixth.save()
    second_type.check_every_months = 12
    yield second_type.save()
    sixth.valid_to = timezone.localdate() + dt.timedelta(days=8)
    yield sixth.save()
    location = third.places.get().location
    location.district = DistrictFactory()
    yield location.save()
    house = Institution.objects.get()
    house.phone, house.name = "", "Haus mit neuem Namen"
    yield house.save()
    third.topics.set([TopicFactory(name="Sport")])
    third.phone = "02323 99"
    yield third.save()
    yield OfferPlaceFactory(offer=within_reach(topics=[topic]))
    yield fifth.places.get().delete()


def test_a_past_day_is_counted_as_it_was_on_that_day(clock):
    a_small_city()
    then = {clock.today: as_words(reach_by_month.on(clock.today))}
    for _done in what_happens_to_entries():
        then[clock.today] = as_words(reach_by_month.on(clock.today))
        clock.days_later(10)
    clock.days_later()

    for day, counted in then.items():
        assert as_words(reach_by_month.on(day)) == counted, day
    assert len({str(one) for one in then.values()}) > 12
    assert reach_by_month.on(min(then) - dt.timedelta(days=1)) == []  # nothing was there


def test_each_month_is_counted_as_it_ended_whenever_the_clock_comes_to_it(clock):
    gone = within_reach()
    OfferFactory()
    began = clock.today.replace(day=1)
    clock.days_later(62)
    gone.delete()
    within_reach()
    within_reach()

    reach_by_month.count()
    reach_by_month.count()

    first, *between, last = sorted(figures().items())
    assert first == (("", began), (1, 2))
    assert {numbers for _month, numbers in between} == {(1, 2)}
    assert last == (("", clock.today.replace(day=1)), (2, 3))


def test_beside_the_share_stands_how_many_of_them_somebody_confirmed_in_their_time():
    within_reach(confirmed_at=timezone.now(), confirm_method="phone")
    long_ago = timezone.now() - dt.timedelta(days=400)
    within_reach(confirmed_at=long_ago, confirm_method="phone")
    OfferFactory(confirmed_at=timezone.now(), confirm_method="phone")

    reach_by_month.count()

    assert ReachCount.objects.of_all().get().confirmed == 1
    assert reach.report()["confirmed"] == 1


def test_a_part_that_has_no_entry_any_more_is_not_counted_on_and_keeps_its_past(clock):
    offer = within_reach(topics=[TopicFactory(name="Sport", slug="sport")])
    OfferFactory()
    clock.days_later(31)
    offer.delete()
    reach_by_month.count()

    [line] = reach_by_month.table("topic").lines
    assert (line.name, [one and one.percent for one in line.counts]) == ("Sport", [100, None])


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
    today = timezone.localdate()
    with at_the_end_of(today, reach_by_month.MADE_OF):  # and history says the same of all of them
        from_history = as_words(reach_by_month._counts(today))
    assert from_history == as_words(reach_by_month.on(today))


def test_the_start_page_of_the_office_says_the_share_and_its_course(clock, office):
    clock.days_later(-31)
    within_reach()
    OfferFactory()
    then = clock.today
    clock.days_later(31)
    within_reach()
    reach_by_month.count()

    shown = " ".join(office.get(reverse("admin:index")).content.decode().split())

    assert "67 %" in shown
    assert "2 von 3 Angeboten" in shown
    assert f"{month_of(then)} 50 %, {month_of(clock.today)} 67 %" in shown
    assert PAGE in shown


def month_of(day):
    return date_format(day, "F Y")


def test_the_page_tells_months_or_days_and_what_is_missing_and_gives_it_as_a_workbook(
    clock, office
):
    clock.days_later(-3)
    house = InstitutionFactory(name="Kita Sonnenschein")
    within_reach(provider=house, provider_name="")
    OfferFactory(provider=house, provider_name="", phone="02323 778")
    then = clock.today
    clock.days_later(3)
    within_reach(provider=house, provider_name="")
    reach_by_month.count()
    by_provider = {"nach": "einrichtung"}

    shown = office.get(PAGE, by_provider).content.decode()
    assert "Kita Sonnenschein" in shown
    assert "67 %" in shown
    assert "kein Ort: 1" in shown
    head, *lines = table_in(office.get(PAGE, by_provider | {"datei": "xlsx"}))
    assert head[-1] == f"{date_format(clock.today, 'M Y')}: davon bestätigt"
    assert [(one[0], *one[-3:]) for one in lines] == [
        ("Alle Angebote", 3, 2, 0),
        ("Kita Sonnenschein", 3, 2, 0),
    ]

    days = by_provider | {"tag": str(then)}
    shown = " ".join(office.get(PAGE, days).content.decode().split())
    heads = [f"{one:%d.%m.%Y}" for one in (then, clock.today)]
    assert f'<th scope="col">{heads[0]}</th><th scope="col">{heads[1]}</th>' in shown
    assert "50 % <small>(1/2, 0 bestätigt)</small> </td> <td>67 % <small>(2/3" in shown
    assert "<td>+1 <small>(" in shown
    columns = ("Einträge", "erreichbar", "davon bestätigt")
    assert table_in(office.get(PAGE, days | {"datei": "xlsx"})) == [
        ["Teil", *(f"{head}: {one}" for head in heads for one in columns)],
        ["Alle Angebote", 2, 1, 0, 3, 2, 0],
        ["Kita Sonnenschein", 2, 1, 0, 3, 2, 0],
    ]


def table_in(answer):
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    return [list(one) for one in sheet.values]


def test_everybody_reads_the_same_figures_if_the_city_wants(client, settings):
    district = DistrictFactory(name="Wanne", slug="wanne")
    offer = within_reach(topics=[TopicFactory(name="Sport")])
    OfferPlaceFactory(offer=offer, location=LocationFactory(district=district))
    house = InstitutionFactory(name="Kita Sonnenschein")
    OfferFactory(provider=house, confirmed_at=timezone.now(), confirm_method="phone")
    reach_by_month.count()
    public = reverse("offers:freshness")

    settings.PUBLISHES_REACH = False
    assert client.get(public).status_code == 404
    assert public not in client.get("/sitemap-de.xml").content.decode()
    settings.PUBLISHES_REACH = True
    assert public in client.get("/sitemap-de.xml").content.decode()
    shown = " ".join(client.get(public).content.decode().split())
    main = shown[shown.index("<main") : shown.index("</main>")]
    assert f'{month_of(timezone.localdate())}</th> <td>50 % <span class="quiet small">' in main
    assert "<bdi>1 / 2</bdi>" in main
    assert "<bdi>0 / 2</bdi>" in main
    assert "Sport" in main
    assert "Stadtbezirk Wanne" in main
    assert "Kita Sonnenschein" not in main  # whoever answers late is not put to shame
    within_reach()
    reach_by_month.count()
    assert "2 / 3" in client.get(public).content.decode()  # no kept page says what was


@pytest.mark.parametrize(
    "query", [{}, {"nach": "x"}, {"datei": "pdf"}, {"tag": "morgen"}, {"tag": "2999-01-01"}]
)
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
