"""Mein Faden: what is due, until when and where, made of the request and forgotten."""

import datetime as dt
import logging
import re
from datetime import date

import pytest
from dateutil.relativedelta import relativedelta
from django.utils import timezone
from django.utils.formats import date_format
from icalendar import Calendar

from offers.browsing.forms import AgeForm
from offers.catalogue import held
from offers.models import MilestoneContact, Offer
from offers.my_child.calendar import calendar_of
from offers.my_child.children import Child
from offers.my_child.plan import Plan

pytestmark = pytest.mark.django_db
PATH = "/mein-kind/"


def born(months_ago):
    day = timezone.localdate().replace(day=1) - relativedelta(months=months_ago)
    return {"monat": str(day.month), "jahr": str(day.year)}


def sent(*months_ago, **more):
    data = {"kinder": len(months_ago)} | more
    for number, months in enumerate(months_ago, start=1):
        data |= {f"{name}-{number}": said for name, said in born(months).items()}
    return data


def body(response):
    assert response.status_code == 200
    return response.content.decode()


def test_a_mother_of_a_ten_months_old_reads_what_is_due_until_when_and_what_comes(client, herne):
    page = body(client.post(PATH, sent(10)))

    assert "U6: Untersuchung zum ersten Geburtstag" in page
    assert "bis Ende" in page
    assert "Rechtsanspruch auf einen Betreuungsplatz" in page  # next, from the first birthday
    assert "J1: Untersuchung" not in page


def test_two_children_have_a_thread_each(client, herne):
    page = body(client.post(PATH, sent(10, 70)))

    assert page.count('class="child-plan') >= 2
    assert "Kind 1:" in page
    assert "Kind 2:" in page
    assert "Anmeldung zur Grundschule" in page


def test_who_expects_a_child_reads_of_pregnancy_and_birth(client, herne):
    page = body(client.post(PATH, sent(-4)))

    assert "noch 4 Monate" in page
    assert "Eine Hebamme suchen" in page


def test_a_mother_of_a_baby_is_not_told_to_announce_it_and_sees_the_money_first(client, herne):
    page = body(client.post(PATH, sent(2)))

    assert "dass Sie schwanger sind" not in page
    assert page.index("Elterngeld beantragen") < page.index("Mutterschaftsgeld")
    assert page.index("Mutterschaftsgeld") < page.index("Willkommensbesuch der Stadt")
    assert page.index("Willkommensbesuch der Stadt") < page.index("U4: ")


def test_who_gives_birth_next_month_reads_of_mutterschutz_at_once(client, herne):
    page = body(client.post(PATH, sent(-1)))

    assert page.index("dass Sie schwanger sind") < page.index("weitere Punkte")


@pytest.mark.parametrize("months", [-8, -4, 10, 100, 200])
def test_nobody_is_led_to_an_offer_for_a_worry_they_did_not_name(client, herne, months):
    page = body(client.post(PATH, sent(months)))

    fitting = re.findall(r'class="offer-card__link" [^>]*>(.*?)</a>', page)
    assert fitting
    assert [title for title in fitting if re.search("onflikt|abbruch|ucht|rennung", title)] == []


def test_an_offer_for_the_age_stands_beside_the_steps(client, herne):
    page = body(client.post(PATH, sent(10)))

    assert "Das passt jetzt" in page
    assert "/angebote/?alter=10" in page


def test_nothing_of_it_is_kept_on_the_way(client, herne, caplog):
    caplog.set_level(logging.DEBUG)

    response = client.post(PATH, {"kinder": 1, "monat-1": "4", "jahr-1": "2011"})

    assert response["Cache-Control"] == "private, no-cache"
    assert response.cookies == {}
    assert "2011" not in caplog.text
    assert "session" not in response.headers


def test_a_reader_who_only_looks_gets_no_cookie(client, herne):
    assert client.get(PATH).cookies == {}


def test_a_month_in_the_address_is_not_read(client, herne):
    assert "2011" not in body(client.get(f"{PATH}?monat-1=4&jahr-1=2011"))


def test_an_impossible_month_stays_in_its_field_with_a_sentence(client, herne):
    page = body(client.post(PATH, {"kinder": 1, "monat-1": "30.02.", "jahr-1": "2024"}))

    assert 'value="30.02."' in page
    assert 'value="2024"' in page
    assert "5 oder Mai" in page
    assert 'href="#kind-monat-1"' in page


@pytest.mark.parametrize(
    "sent_anyhow",
    [
        {},
        {"kinder": "\x00", "monat-1": "\x00", "jahr-1": "\x00"},
        {"kinder": "1e9", "monat-7": "5"},
        {"aktion": "löschen", "kinder": "2", "monat-2": "5", "jahr-2": "99999"},
    ],
)
def test_nothing_that_is_sent_breaks_it(client, herne, sent_anyhow):
    assert client.post(PATH, sent_anyhow).status_code == 200


@pytest.mark.parametrize("digits", ["٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"])
def test_an_arabic_or_persian_keyboard_types_a_month_and_an_age_too(client, herne, digits):
    data = {
        name: said.translate(str.maketrans("0123456789", digits))
        for name, said in sent(10).items()
        if name != "kinder"
    }

    assert 'class="child-plan' in body(client.post(f"/ar{PATH}", data))
    assert AgeForm({"zahl": data["jahr-1"][-1], "einheit": "jahre"}).is_valid()


def test_one_more_row_is_one_press_away_without_a_script(client, herne):
    page = body(client.post(PATH, sent(10, aktion="kind")))

    assert 'name="monat-2"' in page
    assert f'value="{born(10)["jahr"]}"' in page
    assert "error-summary" not in page


# Into the calendar


@pytest.fixture
def calendar(client, herne):
    def fetch(*months_ago):
        response = client.post(PATH, sent(*months_ago, aktion="kalender"))
        assert response["Content-Type"].startswith("text/calendar")
        assert response["Cache-Control"] == "no-store"
        return Calendar.from_ical(response.content)

    return fetch


def test_the_calendar_opens_and_each_day_in_it_reminds(calendar):
    events = calendar(10).walk("VEVENT")

    assert any(str(one["summary"]).startswith("U6") for one in events)
    assert all(len(one.walk("VALARM")) == 1 for one in events)
    assert all(isinstance(one["dtstart"].dt, date) for one in events)
    assert all(one["dtstart"].dt > timezone.localdate() - dt.timedelta(days=1) for one in events)


def test_the_check_up_of_a_ten_months_old_is_remembered_before_it_is_too_late(calendar):
    event = next(one for one in calendar(10).walk("VEVENT") if str(one["summary"]).startswith("U6"))

    too_late = timezone.localdate().replace(day=1) + relativedelta(months=4)
    assert event["dtstart"].dt < too_late


@pytest.mark.parametrize(
    ("month", "year", "step"),
    [
        (3, 2024, "Kita-Platz ab drei Jahren"),
        (11, 2024, "Einen Kita-Platz vormerken"),
        (10, 2026, "Einen Kita-Platz vormerken"),  # begins in January
    ],
)
def test_places_promised_on_the_first_of_february_are_asked_for_before_that_day(
    herne, month, year, step
):
    child = Child(1, date(year, month, 1), date(2026, 11, 29))
    plan = Plan(child, held.current())

    events = Calendar.from_ical(calendar_of([plan])).walk("VEVENT")
    said = {one.milestone.title: one.until for one in [*plan.due, *plan.coming]}

    assert said[step] == "bis 31. Januar 2027"
    days = [one["dtstart"].dt for one in events if str(one["summary"]) == step]
    assert days == [date(2027, 1, 17)]


# Into school


REGISTER, CHECK_UP = "Anmeldung zur Grundschule", "Schuleingangsuntersuchung"
BEGINS, CHANGE = "Die Schulpflicht beginnt", "Wechsel auf die weiterführende Schule"
SCHOOL = [REGISTER, CHECK_UP, BEGINS, CHANGE]
ALL_DAY = "Einen Platz im Offenen Ganztag anmelden"
LATE = "; wenn noch nicht geschehen, bitte gleich nachholen"


def of_school(month, year, today, titles=SCHOOL):
    """Return what plan and calendar file say of school: in order, with the day that reminds."""
    plan = Plan(Child(1, date(year, month, 1), today), held.current())
    events = Calendar.from_ical(calendar_of([plan])).walk("VEVENT")
    reminded = {str(one["summary"]): one["dtstart"].dt for one in events}
    steps = [one for one in [*plan.due, *plan.coming] if one.milestone.title in titles]
    return [
        (one.milestone.title, one.since, one.until, reminded.get(one.milestone.title))
        for one in steps
    ]


def before_school(year, late=""):
    """Return what is said to parents of a child that goes to school from August of a year."""
    first = f"ab August {year - 1}"
    return [
        (REGISTER, first, f"bis 15. November {year - 1}{late}"),
        (CHECK_UP, first, f"bis 31. Juli {year}"),
        (BEGINS, f"ab August {year}", ""),
    ]


def said_of(steps):
    return [step[:3] for step in steps]


def test_who_is_six_by_the_30th_of_september_is_registered_the_autumn_before(herne):
    today = date(2026, 11, 29)
    said = {
        (month, year): of_school(month, year, today)
        for month, year in [(6, 2020), (8, 2020), (10, 2020), (9, 2021), (10, 2021), (3, 2017)]
    }

    assert said[6, 2020] == said[8, 2020] == []  # at school since August
    late = [date(2026, 11, 30), date(2027, 7, 3), date(2027, 8, 1)]
    assert said_of(said[10, 2020]) == said_of(said[9, 2021]) == before_school(2027, LATE)
    assert [day for *_, day in said[10, 2020]] == [day for *_, day in said[9, 2021]] == late
    in_time = [date(2027, 10, 18), date(2028, 7, 3), date(2028, 8, 1)]
    assert said_of(said[10, 2021]) == before_school(2028)
    assert [day for *_, day in said[10, 2021]] == in_time
    with_it = of_school(10, 2021, today, [ALL_DAY, REGISTER])
    assert said_of(with_it) == [before_school(2028)[0], (ALL_DAY, "ab August 2027", "")]
    change = (CHANGE, "ab August 2026", "bis 28. Februar 2027", date(2027, 1, 31))
    assert said[3, 2017] == [change]


def test_on_any_day_the_children_of_one_school_year_read_the_same(herne):
    """From the month after a cut-off to that of the next, whatever day it is."""
    days = [date(2026, 7, 31), date(2026, 8, 1), date(2026, 11, 15), date(2027, 7, 31)]
    for today in days:
        first, last = of_school(10, 2020, today), of_school(9, 2021, today)
        assert first == last, today
        assert said_of(first) == before_school(2027, LATE if today > days[2] else ""), today
        for month in range(10, 13):
            assert of_school(month, 2020, today) == first, (month, today)
        for month in range(1, 9):
            assert of_school(month, 2021, today) == first, (month, today)
        assert of_school(9, 2020, today) != first
        assert of_school(10, 2021, today) != first
        assert all(day >= today for *_, day in first), today
    assert said_of(of_school(10, 2020, date(2027, 8, 1))) == before_school(2027)[2:]
    assert of_school(10, 2020, date(2027, 8, 2)) == []


def test_a_check_up_is_due_as_long_as_it_is_possible_and_no_end_is_said_where_none_is(
    client, herne
):
    page = body(client.post(PATH, sent(24)))

    said = dict(re.findall(r'milestone__title">(.*?)</h4>.*?<bdi>(.*?)</bdi>', page, re.DOTALL))
    last = timezone.localdate().replace(day=1) + relativedelta(months=2)
    assert said["U7: Untersuchung zum zweiten Geburtstag"].endswith(
        f"bis Ende {date_format(last, 'YEAR_MONTH_FORMAT')}"
    )
    assert "bis" not in said["Zum ersten Mal in die Zahnarztpraxis"]
    assert "bis Ende" in said["U8: Untersuchung zum vierten Geburtstag"]  # in two years


def test_a_calendar_for_two_says_for_which_child(calendar):
    words = {str(one["summary"])[:7] for one in calendar(10, 70).walk("VEVENT")}

    assert words == {"Kind 1:", "Kind 2:"}


def test_a_calendar_that_is_taken_again_doubles_nothing(calendar):
    first, second = ({str(one["uid"]) for one in calendar(10).walk("VEVENT")} for _ in range(2))

    assert first == second


def test_a_calendar_for_an_impossible_month_is_the_page_with_the_sentence(client, herne):
    page = body(client.post(PATH, {"monat-1": "13", "jahr-1": "2024", "aktion": "kalender"}))

    assert "5 oder Mai" in page


def test_each_place_that_the_city_names_for_a_milestone_is_there(herne):
    named = MilestoneContact.objects.filter(offer__isnull=False)

    assert named.count() > 20
    assert not named.exclude(offer__in=Offer.objects.published()).exists()


def test_a_step_says_where_somebody_helps(client, herne):
    page = body(client.post(PATH, sent(5)))

    assert "Kita-Platz vormerken (Kita-Navigator)" in page
