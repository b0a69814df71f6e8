"""An offer is entered on one page, in the order of a parent's questions; nothing typed is lost."""

import datetime as dt
from html.parser import HTMLParser

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.urls import reverse

from offers.models import ContactPoint, Offer, OfferPlace, Schedule
from offers.schedules.form import ClockField
from tests.factories.offers import (
    LocationFactory,
    OfferFactory,
    OfferPlaceFactory,
    OfferTypeFactory,
    ScheduleFactory,
    TopicFactory,
)
from tests.html_forms import form_of

pytestmark = pytest.mark.django_db

ADD = "/verwaltung/offers/offer/add/"
DATES = "/verwaltung/offers/offer/termine/"


@pytest.fixture
def office(client, signed_in):
    return signed_in(client, User.objects.create_superuser("verwaltung"))


def change_url(offer):
    return reverse("admin:offers_offer_change", args=[offer.pk])


def opened(office, url):
    """Return the fields of the form as a browser sends them, without the script's templates."""
    fields = form_of(office.get(url), "offer_form")
    return {name: value for name, value in fields.items() if "__" not in name}


def new_offer(office, **fields):
    """Return the fields of a new offer that has all it must have."""
    start = opened(office, ADD) | {
        "title": "Krabbelgruppe",
        "offer_type": OfferTypeFactory().pk,
        "topics": [TopicFactory().pk],
        "provider_name": "Verein",
    }
    return start | fields


def place(number, location, **schedule):
    """Return the fields of one place with one weekly schedule."""
    row = f"places-{number}"
    times = {"repeats": "weekly", "days": ["2"], "start_time": "9.30", "end_time": "11"} | schedule
    return {
        f"{row}-mode": "location",
        f"{row}-location": location.pk,
        f"{row}-schedules-TOTAL_FORMS": "1",
        f"{row}-schedules-INITIAL_FORMS": "0",
        f"{row}-schedules-0-school_holidays": "skip",
        f"{row}-schedules-0-public_holidays": "skip",
        **{f"{row}-schedules-0-{name}": value for name, value in times.items()},
    }


def test_an_offer_with_two_places_and_their_times_is_entered_in_one_go(office):
    first, second = LocationFactory(), LocationFactory()

    saved = office.post(
        ADD,
        new_offer(office, **{"places-TOTAL_FORMS": "2"})
        | place(0, first)
        | place(1, second, days=["0", "3"], start_time="14", end_time=""),
    )

    assert saved.status_code == 302, saved.context["errors"]
    times = Schedule.objects.order_by("place").values_list("place__location", "rrule", "start_time")
    assert list(times) == [
        (first.pk, "FREQ=WEEKLY;BYDAY=WE", dt.time(9, 30)),
        (second.pk, "FREQ=WEEKLY;BYDAY=MO,TH", dt.time(14)),
    ]
    assert Offer.objects.get().slug == "krabbelgruppe"


def test_one_empty_row_at_every_level_works_without_a_script(office):
    offer = OfferPlaceFactory().offer

    page = office.get(change_url(offer))

    fields = form_of(page, "offer_form")
    assert {"places-1-mode", "places-0-schedules-0-repeats", "contact_points-0-label"} <= set(
        fields
    )


def test_opening_and_saving_changes_nothing(office):
    schedule = ScheduleFactory(rrule="BYDAY=TH,TU;FREQ=WEEKLY", note="im Saal")
    ScheduleFactory(rrule="FREQ=MONTHLY;BYMONTHDAY=15", place=schedule.place)
    before = list(Schedule.objects.values())
    offer = schedule.place.offer
    offer.topics.add(TopicFactory())

    saved = office.post(change_url(offer), opened(office, change_url(offer)))

    assert saved.status_code == 302, saved.context["errors"]
    assert list(Schedule.objects.values()) == before


def test_what_was_typed_is_still_there_after_a_mistake(office):
    typed = new_offer(office) | place(0, LocationFactory(), days=[], note="im Hof")

    refused = office.post(ADD, typed)

    assert refused.status_code == 200
    assert Offer.objects.count() == 0
    assert "Wählen Sie mindestens einen Wochentag." in refused.content.decode()
    shown = form_of(refused, "offer_form")
    assert shown["title"] == ["Krabbelgruppe"]
    assert shown["places-0-schedules-0-start_time"] == ["9.30"]
    assert shown["places-0-schedules-0-note"] == ["im Hof"]
    assert refused.context["errors"]


def test_a_section_with_a_mistake_stands_open(office):
    page = office.post(ADD, new_offer(office, valid_from="2026-12-31", valid_to="2026-01-01"))
    slug = office.post(ADD, new_offer(office, slug="ä ö"))

    assert page.status_code == slug.status_code == 200
    assert [one.fieldset.name for one in slug.context["sections"] if one.has_errors] == ["Intern"]
    assert all(one.is_open for one in slug.context["sections"])


def test_the_same_place_twice_is_refused_with_a_sentence(office):
    location = LocationFactory()
    typed = new_offer(office, **{"places-TOTAL_FORMS": "2"})

    refused = office.post(ADD, typed | place(0, location) | place(1, location, days=["4"]))

    assert refused.status_code == 200
    assert refused.content.decode().count("Dieser Ort steht schon bei dem Angebot.") == 1


def test_online_twice_is_refused_too(office):
    typed = new_offer(office, **{"places-TOTAL_FORMS": "2"})
    online = {"places-0-mode": "online", "places-1-mode": "online", "places-1-note": "neu"}

    refused = office.post(ADD, typed | online)

    assert refused.status_code == 200
    assert "Dieser Ort steht schon bei dem Angebot." in refused.content.decode()


def test_a_place_is_deleted_with_its_times(office):
    schedule = ScheduleFactory()
    offer = schedule.place.offer
    offer.topics.add(TopicFactory())
    fields = opened(office, change_url(offer)) | {
        "places-0-DELETE": "on",
        "places-0-schedules-0-start_time": "quatsch",
    }

    saved = office.post(change_url(offer), fields)

    assert saved.status_code == 302, saved.context["errors"]
    assert OfferPlace.objects.count() == Schedule.objects.count() == 0


def test_a_time_is_deleted_and_another_added(office):
    schedule = ScheduleFactory()
    offer = schedule.place.offer
    offer.topics.add(TopicFactory())
    new = {"repeats": "monthly", "week": "-1", "days": ["4"], "start_time": "930"}
    fields = opened(office, change_url(offer)) | {"places-0-schedules-0-DELETE": "on"}
    fields |= {f"places-0-schedules-1-{name}": value for name, value in new.items()}

    saved = office.post(change_url(offer), fields)

    assert saved.status_code == 302, saved.context["errors"]
    assert [(one.rrule, one.start_time) for one in Schedule.objects.all()] == [
        ("FREQ=MONTHLY;BYDAY=-1FR", dt.time(9, 30))
    ]


def test_a_page_that_leaves_the_times_out_leaves_them_as_they_are(office):
    schedule = ScheduleFactory()
    offer = schedule.place.offer
    offer.topics.add(TopicFactory())
    fields = opened(office, change_url(offer))
    without = {name: value for name, value in fields.items() if "schedules" not in name}

    saved = office.post(change_url(offer), without | {"places-0-note": "im Hof"})

    assert saved.status_code == 302, saved.context["errors"]
    assert Schedule.objects.get() == schedule
    assert OfferPlace.objects.get().note == "im Hof"


@pytest.mark.parametrize(
    ("schedule", "sentence"),
    [
        ({"repeats": "once"}, "An welchem Tag? Geben Sie das Datum an."),
        ({"repeats": "two-weeks"}, "Tragen Sie das erste Datum ein."),
        ({"start_time": "25"}, "Schreiben Sie die Uhrzeit so: 9 oder 9:30."),
        ({"start_time": "a\x00"}, "Schreiben Sie die Uhrzeit so: 9 oder 9:30."),
        ({"start_time": "11", "end_time": "9"}, "Die Uhrzeit „bis“ muss nach „von“ liegen."),
        ({"days": ["9"]}, "keine gültige Auswahl"),
        ({"starts_on": "9" * 50}, "gültiges Datum"),
        ({"repeats": "own"}, "keine gültige Auswahl"),
    ],
)
def test_a_time_that_cannot_be_is_explained(office, schedule, sentence):
    refused = office.post(ADD, new_offer(office) | place(0, LocationFactory(), **schedule))

    assert refused.status_code == 200
    assert sentence in refused.content.decode()


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("9", dt.time(9)),
        ("9:30", dt.time(9, 30)),
        ("9.30", dt.time(9, 30)),
        ("930", dt.time(9, 30)),
        ("1430", dt.time(14, 30)),
        (" 9 Uhr ", dt.time(9)),
        ("", None),
    ],
)
def test_times_are_read_as_people_write_them(text, time):
    assert ClockField(required=False).clean(text) == time


@pytest.mark.parametrize("text", ["24:00", "9:60", "99", "12345", "neun", "-1", "9" * 99])
def test_what_is_no_time_is_refused(text):
    with pytest.raises(ValidationError):
        ClockField().clean(text)


def test_the_next_dates_are_shown_before_anything_is_saved(office):
    answer = office.get(
        DATES, {"repeats": "weekly", "days": ["2"], "start_time": "9.30"} | HOLIDAYS
    )

    html = answer.content.decode()
    assert "jeden Mittwoch ab 9:30 Uhr" in html
    assert html.count("<li>") == 10
    assert Schedule.objects.count() == 0


HOLIDAYS = {"public_holidays": "skip", "school_holidays": "keep"}


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"repeats": "weekly"},
        {"repeats": "quatsch"},
        {"repeats": "weekly", "days": ["99"]},
        {"repeats": "once", "starts_on": "0000"} | HOLIDAYS,
        {"repeats": "once", "starts_on": "9999-12-31"} | HOLIDAYS,
        {"repeats": "daily", "starts_on": "0001-01-01"} | HOLIDAYS,
    ],
)
def test_what_is_no_schedule_yet_has_no_dates(office, query):
    answer = office.get(DATES, query)

    assert answer.status_code == 200
    assert answer.content.decode().count("<li>") in {0, 10}


def test_dates_are_shown_to_nobody_who_may_not_edit(client, signed_in):
    reader = User.objects.create_user("gast", is_staff=True)

    assert signed_in(client, reader).get(DATES).status_code == 403


def test_dates_of_a_time_that_is_not_there_are_not_found(office):
    assert office.get(f"{DATES}999999999999999999999/").status_code == 404


def test_several_contacts_each_say_who_may_see_them(office):
    contacts = {
        "contact_points-TOTAL_FORMS": "2",
        "contact_points-0-label": "Anmeldung",
        "contact_points-0-phone": "02323 16-0",
        "contact_points-0-visibility": "public",
        "contact_points-1-label": "Rückfragen",
        "contact_points-1-email": "intern@example.org",
        "contact_points-1-visibility": "internal",
    }

    saved = office.post(ADD, new_offer(office) | contacts)

    assert saved.status_code == 302, saved.context["errors"]
    assert list(ContactPoint.objects.values_list("label", "visibility")) == [
        ("Anmeldung", "public"),
        ("Rückfragen", "internal"),
    ]


def test_a_contact_nobody_can_reach_is_refused(office):
    refused = office.post(ADD, new_offer(office, **{"contact_points-0-label": "Anmeldung"}))

    assert refused.status_code == 200
    assert "Geben Sie eine Telefonnummer oder eine E-Mail-Adresse an." in refused.content.decode()


def test_a_number_that_cannot_be_dialled_is_refused_and_an_old_one_left_alone(office):
    refused = office.post(ADD, new_offer(office, phone="siehe Webseite"))
    offer = OfferFactory(phone="siehe Webseite")
    offer.topics.add(TopicFactory())
    left = office.post(change_url(offer), opened(office, change_url(offer)))

    assert "ist keine Telefonnummer, die man wählen kann" in refused.content.decode()
    assert left.status_code == 302, left.context["errors"]


def test_languages_have_names_and_unknown_ones_stay(office):
    offer = OfferFactory(languages=["tr", "xx"])
    offer.topics.add(TopicFactory())
    page = office.get(change_url(offer))

    office.post(change_url(offer), opened(office, change_url(offer)) | {"languages": ["de", "xx"]})

    assert "Türkisch" in page.content.decode()
    offer.refresh_from_db()
    assert offer.languages == ["de", "xx"]


def test_the_address_is_made_from_the_title_and_free(office):
    OfferFactory(slug="krabbelgruppe")

    office.post(ADD, new_offer(office))

    assert Offer.objects.get(title="Krabbelgruppe").slug == "krabbelgruppe-2"


SAYS_ENOUGH = {"DELETE", "days"}


class Unexplained(HTMLParser):
    """Collects the names of fields that no label names or no help explains."""

    def __init__(self, html):
        super().__init__()
        self.labelled, self.ids, self.fields, self.legends = set(), set(), [], 0
        self.feed(html)

    def handle_starttag(self, tag, pairs):
        attributes = dict(pairs)
        self.ids.add(attributes.get("id"))
        if tag == "label":
            self.labelled.add(attributes.get("for"))
        if tag in {"input", "select", "textarea"} and attributes.get("type") != "hidden":
            self.fields.append(attributes)

    def names(self):
        return {
            field["name"]
            for field in self.fields
            if "name" in field
            and not field["name"].startswith("_")
            and not (field.get("id") in self.labelled or "aria-label" in field)
        }


def test_no_field_of_the_form_is_left_unexplained(office):
    ScheduleFactory()
    page = office.get(change_url(Offer.objects.get()))
    form = page.context["adminform"].form
    rows = [one for rows in page.context["inline_admin_formsets"] for one in rows.formset.forms]
    rows += [one for row in rows for one in getattr(row, "schedules", [])]

    silent = {
        bound.html_name
        for one in [form, *rows]
        for bound in one
        if not bound.is_hidden and not bound.help_text and bound.name not in SAYS_ENOUGH
    }

    assert silent == set()
    assert Unexplained(page.content.decode()).names() == set()


def test_a_number_says_how_it_will_be_dialled(office):
    offer = OfferFactory(phone="02323 16-1651")

    html = office.get(change_url(offer)).content.decode()

    assert "Wird gewählt als +492323161651" in html


def test_a_contact_has_a_number_that_can_be_dialled(office):
    contact = {"contact_points-0-label": "Anmeldung", "contact_points-0-phone": "auf Anfrage"}

    refused = office.post(ADD, new_offer(office, **contact))

    assert refused.status_code == 200
    assert "ist keine Telefonnummer, die man wählen kann" in refused.content.decode()
