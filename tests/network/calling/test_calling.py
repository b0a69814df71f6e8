"""The call desk: whom to call first, what to ask, what a call leaves behind."""

import datetime as dt

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from network.calling import forms, gain, questions
from network.models import Call, ChildrenCount, HouseLink, Partner
from offers.models import (
    District,
    Feedback,
    FreePlaces,
    Institution,
    Looks,
    Offer,
    Pursuit,
)
from offers.models.office.experience import monday_of
from offers.quality import reach
from tests import html_forms, rows
from tests.factories.network import PartnerFactory
from tests.factories.offers import (
    CityFactory,
    ContactPointFactory,
    InstitutionFactory,
    LocationFactory,
    OfferFactory,
    OfferPlaceFactory,
    ScheduleFactory,
)

pytestmark = pytest.mark.django_db
DESK = reverse("admin:network_call_desk")


@pytest.fixture
def editor(of_role):
    return of_role("Redaktion")


@pytest.fixture
def house():
    return InstitutionFactory(name="Kita Sonnenschein", phone="02323 160")


@pytest.fixture
def entry(house):
    """Make an entry nobody confirmed yet, whose time and place nobody knows."""

    def make(**values):
        return OfferFactory(**{"provider": house, "provider_name": ""} | values)

    return make


def page_of(house):
    return reverse("admin:network_call_house", args=[house.pk])


def said(editor, house, offer, **answers):
    """Fill in the fields of an entry and keep them; return the answer."""
    fields = html_forms.form_of(editor.get(page_of(house)), "gesagt")
    named = {f"e{offer.pk}-{name}": value for name, value in answers.items()}
    return editor.post(page_of(house), fields | named)


# In which order --------------------------------------------------------------------------


def children_month_by_month(offer, counts):
    """The children of an entry's age, added up month by month."""
    total = 0
    for first, last, number in counts:
        months = range(first * 12, (last + 1) * 12)
        total += sum(number / len(months) for month in months if is_of_age(offer, month))
    return total


def has_a_public_number(offer):
    return any(point.phone and point.visibility == "public" for point in offer.contact_points.all())


def is_of_age(offer, month):
    ages = offer.ages
    return ages is None or (
        (ages.lower or 0) <= month and (ages.upper is None or month < ages.upper)
    )


def test_the_order_is_that_of_a_brute_force_computation_over_herne(herne_as_rows):
    rows.pour(herne_as_rows)
    counts = [(0, 2, 4100), (3, 5, 4300), (6, 9, 5700), (10, 17, 11200)]
    root = District.objects.get(parent=None)
    for first, last, number in counts:
        years = {"from_years": first, "to_years": last}
        ChildrenCount.objects.create(district=root, children=number, as_of="2025", **years)
    week = monday_of(timezone.localdate())
    looks = {offer.pk: number % 7 * 5 for number, offer in enumerate(Offer.objects.order_by("pk"))}
    for offer, number in looks.items():
        for one in (week, week - dt.timedelta(weeks=1)):
            Looks.objects.create(offer_id=offer, week=one, number=number)

    expected = []
    for one in Institution.objects.filter(archived_on=None):
        due = [o for o in Offer.objects.published().filter(provider=one) if not o.confirmed_at]
        if not due or not (one.phone or any(o.phone or has_a_public_number(o) for o in due)):
            continue
        lacking = [
            o for o in due if not reach.report(Offer.objects.filter(pk=o.pk))["within_reach"]
        ]
        gain_of = [children_month_by_month(o, counts) * (1 + 2 * looks[o.pk]) for o in lacking]
        expected.append((-round(sum(gain_of)), -len(lacking), -len(due), one.name, one.pk))

    assert len(expected) > 20
    assert [one.rank for one in gain.houses()] == sorted(expected)


def test_the_newest_figure_of_an_age_counts_and_births_are_no_children_who_live_there():
    city = CityFactory()
    figure = {"district": city, "from_years": 0, "to_years": 1}
    ChildrenCount.objects.create(children=100, as_of="2020", **figure)
    ChildrenCount.objects.create(children=300, as_of="2024", **figure)
    births = ChildrenCount.Measure.BIRTHS
    ChildrenCount.objects.create(children=999, as_of="2025", measure=births, **figure)

    assert gain.children_by_year() == {0: 150, 1: 150}


def test_without_any_figure_more_to_put_within_reach_and_more_looked_at_comes_first(house, entry):
    entry(), entry()
    other = InstitutionFactory(name="Anderes Haus", phone="02323 161")
    offer = OfferFactory(provider=other, provider_name="")
    assert [one.institution for one in gain.houses()] == [house, other]

    Looks.objects.create(offer=offer, week=monday_of(timezone.localdate()), number=2)
    assert [one.institution for one in gain.houses()] == [other, house]


# Who is called ---------------------------------------------------------------------------


def test_who_waits_for_a_letter_has_no_number_or_is_to_be_tried_later_is_not_called(house, entry):
    offer = entry()
    assert [one.institution for one in gain.houses()] == [house]

    waiting = Pursuit.objects.create(offer=offer, step="letter", since=timezone.localdate())
    assert gain.houses() == []
    waiting.step = "call"
    waiting.save()
    assert len(gain.houses()) == 1

    Call.objects.create(institution=house, again_at=timezone.now() + dt.timedelta(hours=1))
    assert gain.houses() == []
    Call.objects.update(again_at=timezone.now())
    assert len(gain.houses()) == 1

    Institution.objects.update(phone="")
    Offer.objects.update(phone="")
    assert gain.houses() == []


@pytest.mark.parametrize(
    ("now", "morning"),
    [
        (dt.datetime(2026, 11, 26, 15, tzinfo=dt.UTC), dt.date(2026, 11, 27)),  # Thursday
        (dt.datetime(2026, 11, 27, 15, tzinfo=dt.UTC), dt.date(2026, 11, 30)),  # Friday
    ],
)
def test_the_next_working_day_is_no_weekend(now, morning):
    assert timezone.localdate(forms.next_times(timezone.localtime(now))["day"]) == morning


# What is asked ---------------------------------------------------------------------------


def test_what_lacks_is_asked_in_whole_sentences_and_what_is_known_is_read_out(house, entry):
    entry(title="Elterncafé", phone="02323 777", cost_kind="unknown", ages=None, audience=[])
    [offer] = gain.about([house]).for_page()

    asked = questions.of(offer)

    assert asked[0] == "Gibt es „Elterncafé“ noch?"
    assert "02323 777" in asked[1]
    assert "Stimmt das noch?" in asked[1]
    for sentence in ("Wo findet es statt?", "Kostet es etwas?"):
        assert sentence in asked
    assert all(one.endswith(("?", ".")) for one in asked)


def test_a_number_of_a_contact_point_is_called_and_read_out_as_people_write_it(
    editor, house, entry
):
    Institution.objects.update(phone="")
    ContactPointFactory(offer=entry(), phone="02323 888", email="")

    shown = editor.get(page_of(house)).content.decode()

    assert 'href="tel:+492323888"' in shown
    assert "Telefon: 02323 888" in shown


def test_houses_without_any_number_are_named_at_the_desk(editor, house, entry):
    entry()
    Institution.objects.update(phone="")

    shown = editor.get(DESK).content.decode()

    assert "1 Einrichtung ohne Telefonnummer" in " ".join(shown.split())
    assert house.name in shown


def test_what_is_known_is_not_asked_as_if_nobody_knew(house, entry):
    offer = entry(cost_kind="free", access_modes=["open"], description="Frühstück.", ages=(0, 36))
    ScheduleFactory(place=OfferPlaceFactory(offer=offer, location=LocationFactory()))
    [offer] = gain.about([house]).for_page()

    asked = " ".join(questions.of(offer))

    for sentence in ("Wo findet", "Kostet es", "An welchem Wochentag", "anmelden"):
        assert sentence not in asked


def test_where_nobody_signs_up_and_no_time_stands_it_is_asked_how_a_family_joins(house, entry):
    offer = entry(cost_kind="free", access_modes=["referral"], description="Hilfe.", ages=(0, 36))
    OfferPlaceFactory(offer=offer, location=LocationFactory())
    [offer] = gain.about([house]).for_page()
    offer.hint_names, offer.is_within_reach = [], False

    asked = " ".join(questions.of(offer))

    assert "Wann findet es statt, oder was tut eine Familie" in asked
    assert "Gibt es „" in asked


# What a call leaves ----------------------------------------------------------------------


def test_a_call_puts_an_entry_right_confirms_it_by_telephone_and_goes_on(
    editor, house, entry, client
):
    house.locations.add(LocationFactory(name="Kita", street="Marktgasse 3"))
    offer = entry(title="Elterncafé")
    other = InstitutionFactory(name="Zweites Haus", phone="02323 161")
    OfferFactory(provider=other, provider_name="")
    assert editor.get(DESK)["Location"] == page_of(house)
    shown = editor.get(page_of(house)).content.decode()
    assert 'href="tel:+492323160"' in shown

    answer = said(
        editor, house, offer, when="dienstags 9 Uhr", where="location", said="right", phone=""
    )

    assert answer["Location"] == page_of(other)
    kept = Offer.objects.get(pk=offer.pk)
    assert (kept.when_words, kept.confirm_method) == ("Di ab 9 Uhr", "phone")
    assert timezone.localdate(kept.confirmed_at) == timezone.localdate()
    newest = kept.history.latest("history_id")
    assert newest.history_user.username == "karla"
    assert reach.report(Offer.objects.filter(pk=offer.pk))["within_reach"] == 1
    assert "Marktgasse 3" in Client().get(offer.get_absolute_url()).content.decode()
    [call] = Call.objects.all()
    assert (call.institution, call.confirmed, call.by.username) == (house, 1, "karla")


def test_what_was_not_talked_about_stays_and_what_is_gone_is_left_for_the_office(
    editor, house, entry
):
    gone, untouched = entry(title="Alt"), entry(title="Still")
    confirmed = {"confirmed_at": timezone.now() - dt.timedelta(days=400), "confirm_method": "mail"}
    Offer.objects.filter(pk=gone.pk).update(**confirmed)

    said(editor, house, gone, said="gone", note="Seit dem Sommer.")

    assert Offer.objects.filter(confirmed_at=None).count() == 2
    told = set(Feedback.objects.values_list("offer", "topic", "message"))
    assert told == {(gone.pk, "gone", ""), (gone.pk, "other", "Seit dem Sommer.")}
    assert [one.pk for one in gain.about([house])] == [untouched.pk]
    its_page = Client().get(f"/partner/{HouseLink.objects.made_for(house)[1]}").text
    assert "am Telefon besprochen" in " ".join(its_page.split())
    assert "Seit dem Sommer" not in its_page  # a colleague's words


def test_nobody_there_is_noted_with_its_next_time_and_the_next_house_comes(editor, house, entry):
    entry()
    fields = html_forms.form_of(editor.get(page_of(house)), "niemand")

    answer = editor.post(page_of(house), fields | {"niemand": "1", "again": "week"})

    assert answer["Location"] == DESK
    assert Call.objects.get().again_at > timezone.now() + dt.timedelta(days=6)
    assert "niemand anzurufen" in editor.get(DESK).content.decode()


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("phone", "steht auf der Seite"),
        ("email", "keine Adresse"),
        ("when", "x" * 10_000),
        ("how_to_apply", "a\x00b"),
        ("said", "vielleicht"),
        ("where", "location"),
    ],
)
def test_what_cannot_be_taken_is_said_and_nothing_typed_is_lost(editor, house, entry, name, typed):
    offer = entry()

    answer = said(editor, house, offer, **{"cost": "3 Euro im Monat"} | {name: typed})

    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode()
    assert "3 Euro im Monat" in answer.content.decode()
    assert not Call.objects.exists()


def test_no_time_chosen_is_said(editor, house, entry):
    entry()
    answer = editor.post(page_of(house), {"niemand": "1", "again": "nie"})

    assert answer.status_code == 200
    assert not Call.objects.exists()


def test_a_colleague_s_change_meanwhile_is_not_undone_by_an_untouched_field(editor, house, entry):
    offer = entry(phone="02323 777")
    fields = html_forms.form_of(editor.get(page_of(house)), "gesagt")
    Offer.objects.filter(pk=offer.pk).update(phone="+492323888")

    editor.post(page_of(house), fields | {f"e{offer.pk}-said": "right"})

    assert Offer.objects.get(pk=offer.pk).phone == "02323 888"


def test_the_coordination_calls_too_and_learns_whether_places_are_free(of_role, house, entry):
    offer = entry(title="Schwimmkurs", access_modes=["registration"])
    coordinator = of_role("Koordination")
    assert "Sind noch Plätze frei?" in coordinator.get(page_of(house)).content.decode()

    said(coordinator, house, offer, places="few", said="right")

    assert FreePlaces.objects.get(offer=offer).state == "few"
    assert Offer.objects.get(pk=offer.pk).confirm_method == "phone"


def test_where_nobody_signs_up_the_desk_asks_for_no_places(editor, house, entry):
    entry(access_modes=["open"])

    assert "Plätze frei" not in editor.get(page_of(house)).content.decode()


def test_a_provider_s_editor_has_no_call_desk(house, entry, signed_in):
    entry()
    user = User.objects.create_user("somebody", is_staff=True)
    user.groups.add(Group.objects.get(name="Träger-Redaktion"))
    office = signed_in(Client(), user)

    assert office.get(DESK).status_code == 403
    assert office.get(page_of(house)).status_code == 403
    assert DESK not in office.get(reverse("admin:index")).content.decode()


def test_the_start_page_leads_to_the_desk(editor, house, entry):
    entry()
    shown = editor.get(reverse("admin:index")).content.decode()

    assert "Einrichtungen, die jemand anrufen sollte" in shown
    assert DESK in shown


# Two at once ---------------------------------------------------------------------------------


@pytest.fixture
def two(editor, signed_in):
    """Two people at the call desk, each with a browser."""
    ben = User.objects.create_user("ben", is_staff=True, first_name="Ben")
    ben.groups.add(Group.objects.get(name="Koordination"))
    return editor, signed_in(Client(), ben)


def test_two_people_are_led_to_two_houses_and_see_who_has_one_open(two, house, entry):
    other = InstitutionFactory(name="Kita Regenbogen", phone="02323 161")
    entry()
    OfferFactory(provider=other, provider_name="")
    anna, ben = two

    first = anna.get(DESK)["Location"]
    anna.get(first)
    second = ben.get(DESK)["Location"]

    assert {first, second} == {page_of(house), page_of(other)}
    assert "dieses Haus" in ben.get(first).content.decode()
    assert "dieses Haus" not in anna.get(first).content.decode()


def test_who_calls_a_house_after_somebody_else_is_asked_before_anything_is_overwritten(
    two, house, entry
):
    offer = entry()
    anna, ben = two
    late = html_forms.form_of(ben.get(page_of(house)), "gesagt")
    said(anna, house, offer, how_to_apply="am Montag anrufen", said="right")

    typed = late | {f"e{offer.pk}-how_to_apply": "einfach kommen", f"e{offer.pk}-said": "right"}
    asked = ben.post(page_of(house), typed)

    offer.refresh_from_db()
    assert offer.how_to_apply == "am Montag anrufen"
    assert "Inzwischen hat" in asked.content.decode()
    assert "einfach kommen" in asked.content.decode()
    ben.post(page_of(house), html_forms.form_of(asked, "gesagt") | {f"e{offer.pk}-said": "right"})
    offer.refresh_from_db()
    assert offer.how_to_apply == "einfach kommen"


@pytest.mark.parametrize("seen", ["", "x", "9" * 30])
def test_a_form_that_does_not_say_what_was_seen_is_kept_where_nobody_called(
    editor, house, entry, seen
):
    offer = entry()
    fields = html_forms.form_of(editor.get(page_of(house)), "gesagt")

    editor.post(page_of(house), fields | {"bisher": seen, f"e{offer.pk}-said": "right"})

    assert Call.objects.get().confirmed == 1


def test_a_call_somebody_took_is_the_last_contact_with_that_partner(house):
    partner, silent = PartnerFactory(institution=house), PartnerFactory()
    Call.objects.create(institution=house)
    Call.objects.create(institution=silent.institution, again_at=timezone.now())

    listed = dict(Partner.objects.for_office_list().values_list("pk", "last_talk"))

    assert listed == {partner.pk: timezone.localdate(), silent.pk: None}
    assert list(Partner.objects.without_conversation()) == [silent]
