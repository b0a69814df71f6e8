"""What is called missing or contradictory, and that the form and the list say the same."""

import datetime as dt

import pytest
from django.utils import timezone

from lifephases import ages
from offers.models import ContactPoint, Offer
from offers.quality import leaks
from offers.quality.hints import hints_of
from offers.quality.rules import CONTRADICTIONS, RULES, contradictory, incomplete
from tests.factories.offers import (
    CostOptionFactory,
    InstitutionFactory,
    OfferFactory,
    OfferPlaceFactory,
    ProtectedLocationFactory,
    ScheduleFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 3, 2)


def complete(**values):
    """An offer with everything a parent needs."""
    given = {
        "teaser": "Wir singen mit Babys.",
        "ages": ages.span(0, 11),
        "provider": InstitutionFactory(),
        "phone": "02323 160",
        "cost_kind": Offer.Cost.FREE,
        "access_modes": [Offer.Access.OPEN],
        "topics": [TopicFactory()],
        "confirmed_at": timezone.now(),
        "confirm_method": Offer.ConfirmMethod.PHONE,
    } | values
    offer = OfferFactory(**given)
    ScheduleFactory(place=OfferPlaceFactory(offer=offer))
    return offer


def names(offer):
    return {rule.name for rule in hints_of(offer, TODAY)}


def test_an_offer_that_says_everything_gets_no_hint():
    assert names(complete()) == set()


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"teaser": ""}, "no_text"),
        ({"topics": []}, "no_topic"),
        ({"ages": None}, "no_audience"),
        ({"phone": ""}, "no_contact"),
        ({"cost_kind": Offer.Cost.UNKNOWN}, "no_cost"),
        ({"cost_kind": Offer.Cost.PAID}, "no_price"),
        ({"access_modes": []}, "no_access"),
        ({"provider": None}, "no_provider_page"),
    ],
)
def test_each_missing_fact_is_named_alone(values, name):
    offer = complete(**values)

    assert names(offer) == {name}
    assert list(incomplete(Offer.objects.all(), TODAY)) == [offer]
    assert list(contradictory(Offer.objects.all(), TODAY)) == []


@pytest.mark.parametrize(
    ("lacking", "instead"),
    [
        ({"teaser": ""}, {"description": "<p>Wir singen.</p>"}),
        ({"ages": None}, {"audience": [Offer.Audience.PARENTS]}),
        ({"phone": ""}, {"email": "a@example.org"}),
        ({"phone": ""}, {"url": "https://example.org"}),
        ({"cost_kind": Offer.Cost.PAID}, {"cost_note": "je nach Kurs"}),
        ({"access_modes": []}, {"how_to_apply": "Einfach kommen."}),
    ],
)
def test_a_fact_said_elsewhere_is_not_missing(lacking, instead):
    assert names(complete(**lacking, **instead)) == set()


def test_the_telephone_of_the_provider_is_a_contact():
    assert names(complete(phone="", provider=InstitutionFactory(phone="02323 160"))) == set()


def test_a_contact_point_helps_parents_only_if_they_may_see_it():
    public, internal = complete(phone=""), complete(phone="")
    ContactPoint.objects.create(offer=public, label="Anmeldung", phone="1")
    ContactPoint.objects.create(offer=internal, label="Leitung", phone="1", visibility="internal")

    assert (names(public), names(internal)) == (set(), {"no_contact"})


def test_a_place_without_times_asks_when_to_come_unless_it_is_said():
    offer = complete()
    offer.places.get().schedules.all().delete()

    assert names(offer) == {"no_times"}
    Offer.objects.filter(pk=offer.pk).update(schedule_text="nach Absprache, so oft es geht")
    assert names(offer) == set()
    for weekday in ("mittwochs nach Absprache", "Mi 10–12 Uhr, nicht jede Woche"):
        Offer.objects.filter(pk=offer.pk).update(schedule_text=weekday)
        assert names(offer) == {"times_in_words"}  # the filter of weekdays does not find it


def test_an_offer_without_a_place_is_incomplete():
    offer = complete()
    offer.places.all().delete()

    assert names(offer) == {"no_place"}


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"valid_to": TODAY - dt.timedelta(days=1)}, "over"),
        ({"title": "Babycafé (Kopie)"}, "is_called_a_copy"),
        ({"title": "Babycafé (Kopie 2)"}, "is_called_a_copy"),
        ({"registration_deadline": TODAY - dt.timedelta(days=1), "access_modes": ["registration"]},
         "deadline_past"),
        ({"how_to_apply": "Bitte melden Sie sich vorher an."}, "open_but_registers"),
        ({"how_to_apply": "Anmeldung per Telefon"}, "open_but_registers"),
        ({"registration_url": "https://example.org"}, "open_but_registers"),
        ({"title": "Krabbelgruppe", "ages": ages.span(72, 131)}, "title_names_other_age"),
        ({"title": "Babymassage", "ages": ages.span(36, 71)}, "title_names_other_age"),
        ({"title": "Turnen ab 6 Jahren", "ages": ages.span(36, None)}, "title_names_other_age"),
        ({"title": "Turnen (ab 6)", "ages": ages.span(None, 71)}, "title_names_other_age"),
        ({"title": "Treff (6–10)", "ages": ages.span(72, 215)}, "title_names_other_age"),
        ({"title": "Treff 0-3 Jahre", "ages": ages.span(36, 71)}, "title_names_other_age"),
        ({"title": "Treff für Grundschulkinder", "ages": ages.span(0, 36)},
         "title_names_other_age"),
        ({"title": "Chor für Jugendliche", "ages": ages.span(36, 83)}, "title_names_other_age"),
        ({"title": "Turnen unter 7", "ages": ages.span(24, 180)}, "title_names_other_age"),
    ],
)  # fmt: skip
def test_each_contradiction_is_named_alone(values, name):
    offer = complete(**values)

    assert names(offer) == {name}
    assert list(contradictory(Offer.objects.all(), TODAY)) == [offer]


@pytest.mark.parametrize(
    "values",
    [
        {"valid_to": TODAY},
        {"registration_deadline": TODAY, "access_modes": ["registration"]},
        {"how_to_apply": "Sie müssen sich nicht anmelden. Ohne Anmeldung!"},
        {"how_to_apply": "Keine Anmeldung nötig."},
        {"title": "Babysitterkurs", "ages": ages.span(156, 239)},
        {"title": "Erste Hilfe am Baby und Kind", "ages": ages.span(0, 131)},
        {"title": "Turnen ab 6", "ages": ages.span(72, None)},
        {"title": "Turnen ab 6", "ages": ages.span(66, 131)},
        {"title": "Treff (6–10)", "ages": ages.span(72, 119)},
        {"title": "Treff (6–10)", "ages": ages.span(72, 131)},
        {"title": "Treff ab 18 Uhr", "ages": ages.span(36, 71)},
        {"title": "Lernhilfe ab 2. Klasse", "ages": ages.span(72, 131)},
        {"title": "Turnen ab 6 Monaten", "ages": ages.span(6, 23)},
        {"title": "U-Untersuchungen U1-U9, J1", "ages": ages.span(0, 179)},
        {"title": "Grundschule und dann?", "ages": ages.span(108, 155)},
        {"title": "Krabbelgruppe", "ages": None, "audience": ["parents"]},
        {"title": "Treff ab 99999999999", "ages": ages.span(0, 11)},
    ],
)
def test_what_fits_together_is_no_contradiction(values):
    assert names(complete(**values)) == set()


def test_free_with_a_price_is_a_contradiction_and_free_with_nothing_to_pay_is_not():
    paid, free = complete(), complete()
    CostOptionFactory(offer=paid, amount=5)
    CostOptionFactory(offer=free, amount=0)

    assert (names(paid), names(free)) == ({"free_with_price"}, set())


def test_a_date_outside_the_time_of_its_offer_is_a_contradiction():
    offer = complete(valid_from=TODAY, valid_to=TODAY + dt.timedelta(days=30))
    ScheduleFactory(place=offer.places.get(), rrule="", starts_on=TODAY + dt.timedelta(days=31))

    assert names(offer) == {"runs_outside_its_validity"}


def test_the_street_of_a_protected_place_in_the_text_is_the_first_hint():
    offer = complete(teaser="", description="<p>Kommen Sie in die Geheime Gasse 7.</p>")
    offer.places.all().delete()
    refuge = ProtectedLocationFactory(street="geheime gasse 7")
    ScheduleFactory(place=OfferPlaceFactory(offer=offer, location=refuge))
    leaks.look()

    assert [rule.name for rule in hints_of(offer, TODAY)] == ["names_protected_address"]


def test_grave_hints_stand_first_and_one_question_answers_all(django_assert_num_queries):
    offer = complete(teaser="", phone="")

    with django_assert_num_queries(1):
        found = hints_of(offer, TODAY)

    assert [rule.name for rule in found] == ["no_contact", "no_text"]


def test_every_rule_has_a_name_of_its_own_and_says_what_to_do():
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert all(str(rule.sentence).rstrip().endswith((".", "?")) for rule in RULES)


def test_without_a_date_left_means_that_there_were_some():
    over = OfferPlaceFactory()
    ScheduleFactory(place=over, rrule="", starts_on=dt.date(2020, 1, 1))
    ScheduleFactory()
    OfferPlaceFactory()

    assert list(Offer.objects.without_a_date_left()) == [over.offer]


def test_no_offer_of_herne_contradicts_itself(herne):
    found = {
        rule.name: list(Offer.objects.filter(rule.condition(TODAY)).values_list("title", flat=True))
        for rule in CONTRADICTIONS
    }

    assert {name: titles for name, titles in found.items() if titles} == {}
