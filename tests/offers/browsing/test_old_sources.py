"""A promise nobody made: no dates from old pages, the words say that one has to ask."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from offers.curation import confirming
from offers.models import Offer, Schedule, Source
from offers.schedules import occurrences
from tests.factories.offers import InstitutionFactory, OfferFactory, OfferPlaceFactory
from tests.factories.offers import ScheduleFactory as Weekly

pytestmark = pytest.mark.django_db

THIS_YEAR = timezone.localdate().year
OLD_OR_UNKNOWN = [2020, THIS_YEAR - 2, None]


def reading_hour(year, **fields):
    """Return an offer on Thursdays at 17, as a page of a year says."""
    offer = OfferFactory(title="Vorlesen", **fields)
    Source.objects.create(
        offer=offer, page="https://zeitung.example", year=year, facts=["schedule"]
    )
    Weekly(
        place=OfferPlaceFactory(offer=offer),
        rrule="FREQ=WEEKLY;BYDAY=TH",
        start_time=dt.time(17),
        end_time=None,
        school_holidays="keep",
    )
    return Offer.objects.get(pk=offer.pk)


def dates(offer):
    return list(offer.occurrences.values_list("day", flat=True))


@pytest.mark.parametrize("year", OLD_OR_UNKNOWN)
def test_no_date_is_computed_from_a_page_of_2020_or_of_nobody_knows_when(year):
    assert dates(reading_hour(year)) == []


@pytest.mark.parametrize("year", [THIS_YEAR, THIS_YEAR - 1])
def test_a_page_of_this_year_or_the_last_has_dates(year):
    assert dates(reading_hour(year)) != []


def test_an_entry_that_comes_from_no_page_has_dates():
    offer = OfferFactory()
    Weekly(place=OfferPlaceFactory(offer=offer), rrule="FREQ=WEEKLY;BYDAY=TH")

    assert dates(offer) != []


@pytest.mark.parametrize("path", ["/ar/angebote/", "the entry"])
def test_german_words_in_an_arabic_sentence_say_so_and_stay_together(client, path):
    offer = reading_hour(2020, schedule_text="2-mal pro Woche <je 3 Stunden>", cost_kind="paid")
    Offer.objects.filter(pk=offer.pk).update(cost_note="Elternbeitrag an die Stadt")
    german = '<bdi lang="de" dir="ltr">{}</bdi>'.format

    address = f"/ar{offer.get_absolute_url()}" if path == "the entry" else path
    page = client.get(address).content.decode()

    assert german("2-mal pro Woche &lt;je 3 Stunden&gt;") in page
    assert german("Elternbeitrag an die Stadt") in page
    sheet = client.get(f"/merkzettel/?a={offer.pk}&sprache=ar").content.decode()
    assert german("2-mal pro Woche &lt;je 3 Stunden&gt;") in sheet
    assert sheet.count("Elternbeitrag an die Stadt") == 1  # the same in both languages
    in_german = client.get(address.removeprefix("/ar")).content.decode()
    assert "2-mal pro Woche &lt;je 3 Stunden&gt;, bitte nachfragen" in in_german
    assert german("Elternbeitrag an die Stadt") not in in_german


def test_confirming_an_entry_turns_its_dates_on():
    offer = reading_hour(2020)

    confirming.confirm(Offer.objects.filter(pk=offer.pk))

    assert dates(offer) != []


def test_as_a_source_grows_old_the_nightly_job_takes_the_dates_away():
    offer = reading_hour(THIS_YEAR - 1)
    schedules = Schedule.objects.filter(place__offer=offer)

    occurrences.renew(schedules, dt.date(THIS_YEAR, 12, 31))
    on_new_years_eve = dates(offer)
    occurrences.renew(schedules, dt.date(THIS_YEAR + 1, 1, 1))

    assert on_new_years_eve != []
    assert dates(offer) == []


@pytest.mark.parametrize(
    ("year", "words"),
    [
        (2020, "zuletzt 2020: Do ab 17 Uhr, bitte nachfragen"),
        (None, "früher: Do ab 17 Uhr, bitte nachfragen"),
    ],
)
def test_page_and_card_say_the_old_times_as_what_they_are(client, year, words):
    offer = reading_hour(year)

    page = client.get(offer.get_absolute_url()).content.decode()
    card = client.get("/angebote/").content.decode()

    assert words in page
    assert words in card
    assert "Die nächsten Termine" not in page


def test_what_stays_text_is_no_promise_either(client):
    offer = OfferFactory(title="Zeltlager", schedule_text="in den Sommerferien")
    Source.objects.create(offer=offer, page="", year=2018, facts=["schedule"])

    page = client.get(offer.get_absolute_url()).content.decode()

    assert "zuletzt 2018: in den Sommerferien, bitte nachfragen" in page


def test_an_entry_without_promised_dates_is_not_in_today_nor_under_its_weekday(client):
    offer = reading_hour(2020)
    Schedule.objects.filter(place__offer=offer).update(rrule="FREQ=DAILY")
    occurrences.renew(Schedule.objects.all())

    assert "Vorlesen" not in client.get("/").content.decode()
    thursdays = client.get("/angebote/?tag=do").content.decode()
    assert "Vorlesen" not in thursdays.partition('class="empty-state"')[0]
    assert "Vorlesen" in client.get("/angebote/").content.decode()


def test_the_office_is_not_told_to_enter_new_dates_for_old_ones():
    reading_hour(2020)

    assert not Offer.objects.without_a_date_left().exists()


def test_old_opening_hours_of_a_house_promise_nothing_either(client):
    house = InstitutionFactory(opening_hours_text="Di-Fr 15-18")
    Source.objects.create(institution=house, page="", year=2019, facts=["opening_hours"])

    page = client.get(house.get_absolute_url()).content.decode()

    assert "zuletzt 2019: Di-Fr 15-18, bitte nachfragen" in page


@pytest.mark.parametrize(
    ("years", "line"),
    [
        ([2020], "Aus dem Internet, Stand 2020, noch nicht bestätigt."),
        ([2014, None, 2025], "Aus dem Internet, Stand 2014 bis 2025, noch nicht bestätigt."),
        ([None], "Aus dem Internet, Jahr unbekannt, noch nicht bestätigt."),
        ([], "Noch nicht bestätigt."),
    ],
)
def test_one_quiet_line_says_how_old_the_sources_are(client, years, line):
    offer = OfferFactory(source_year="n/a")
    for year in years:
        Source.objects.create(
            offer=offer, page=f"https://{year}.example", year=year, facts=["phone"]
        )

    page = client.get(offer.get_absolute_url()).content.decode()

    assert line in page
    assert not re.search(r"\bn/a\b", page)


def test_a_confirmed_entry_says_when_it_was_confirmed(client):
    moment = dt.datetime(2026, 11, 3, 12, tzinfo=dt.UTC)
    offer = reading_hour(2020, confirmed_at=moment, confirm_method="phone")

    page = client.get(offer.get_absolute_url()).content.decode()

    assert "Bestätigt am 3. November 2026." in page
    assert "zuletzt 2020" not in page
