"""What one portal exports, an empty portal loads, and exports again the same, byte by byte."""

import datetime as dt

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from lifephases import ages
from lifephases.models import LifePhase
from offers.models import (
    District,
    Institution,
    Offer,
    OfferPlace,
    Schedule,
    Source,
)
from offers.recurrence.entry import write
from tests.factories.offers import (
    AccessibilityFactFactory,
    ContactPointFactory,
    CostOptionFactory,
    DistrictFactory,
    InstitutionFactory,
    LocationFactory,
    OfferFactory,
    OfferPlaceFactory,
    OfferTypeFactory,
    ProtectedLocationFactory,
    ScheduleExceptionFactory,
    ScheduleFactory,
    TargetGroupFactory,
    TopicFactory,
)
from tests.offers.exchange.round_trip import comes_back_the_same, emptied, exported, loaded
from tests.offers.schedules.test_schedule_entry import ODD, entries

pytestmark = pytest.mark.django_db
NASTY = """"';,|=+-@\\\n\täöüßÄÖÜ„“–·()<>&€ a1"""


def test_signs_that_divide_cells_and_rows_come_back(tmp_path):
    house = InstitutionFactory(name="=Haus; „Mitte“ | Nord", carrier_name='"Träger"')
    InstitutionFactory(name="Haus mitte nord", parent=house)
    InstitutionFactory(name="=Haus; „Mitte“ | Nord", slug="noch-eins")
    house.locations.add(LocationFactory(name="Hof | hinten", transport_note="Bus 3; Haltestelle"))
    house.locations.add(LocationFactory(street="Weg 1\\2", postal_code="44623"))
    house.closing_days.create(
        name="Ferien; lang | länger", first_on=dt.date(2026, 7, 1), last_on=dt.date(2026, 7, 20)
    )
    offer = OfferFactory(
        title="=SUMME(A1); 'x'",
        provider=house,
        provider_name="",
        how_to_apply='Zeile 1\nZeile "2"; Ende\\',
        notes="- eins\n- zwei | drei",
        cost_kind="paid",
        topics=[TopicFactory(name="Sport; Spiel | Spaß"), TopicFactory(name="Kultur, Musik")],
    )
    CostOptionFactory(offer=offer, amount="4.50", label="Euro-Tarif; je Tag | ermäßigt")
    CostOptionFactory(offer=offer, amount="5", label="Euro je Tag", valid_to=dt.date(2027, 1, 1))
    ContactPointFactory(offer=offer, label="Büro | vorn; links", hours="Mo; Di | Mi")
    ContactPointFactory(offer=offer, label="intern", visibility="internal", email="a@b.example")
    Source.objects.create(offer=offer, page="https://a.example/?x=1;y|z", facts=["phone"])

    comes_back_the_same(tmp_path)


def test_every_sort_of_place_comes_back_and_none_says_more_than_it_may(tmp_path):
    offer, secret = OfferFactory(title="offen"), OfferFactory(title="geheim")
    unsure = LocationFactory(postal_code="44623", postal_code_is_certain=False, name="Saal")
    AccessibilityFactFactory(location=unsure, feature="sign-language", note="nach (1) Anmeldung")
    AccessibilityFactFactory(location=unsure, feature="lift", is_present=False)
    OfferPlaceFactory(offer=offer, location=unsure, note="1. Stock | links", position=0)
    OfferPlaceFactory(offer=offer, mode="online", location=None, position=1)
    by_district = LocationFactory(visibility="district", street="Verborgene Str. 5")
    OfferPlaceFactory(offer=offer, location=by_district, position=2)
    last = OfferPlaceFactory(
        offer=offer, location=LocationFactory(latitude="51.5", longitude="7.25"), position=3
    )
    schedule = ScheduleFactory(place=last, note="im Saal; hinten", school_holidays="only")
    ScheduleExceptionFactory(schedule=schedule, reason="Umbau (1. OG)")
    ScheduleExceptionFactory(schedule=schedule, start_time=dt.time(22), end_time=dt.time(0))
    OfferPlaceFactory(offer=secret, location=ProtectedLocationFactory(street="Kanarienpfad 88"))

    comes_back_the_same(tmp_path)

    file = (tmp_path / "offers.csv").read_text()
    assert "Verborgene" not in file
    assert "Kanarienpfad" not in file
    assert [one.is_protected for one in Offer.objects.get(title="geheim").places.all()] == [True]
    assert Offer.objects.get(title="offen").places.last().schedules.get().exceptions.count() == 2


def test_the_state_of_an_entry_comes_back_and_when_it_last_changed(tmp_path):
    OfferFactory(title="Entwurf", status="draft", return_reason="")
    OfferFactory(title="zurück", status="returned", return_reason="Wann?")
    OfferFactory(
        title="bestätigt",
        confirmed_at=dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC),
        confirm_method="phone",
        review_due_on=dt.date(2027, 3, 1),
        is_generic=True,
        prevention_level="selective",
        open_question="Noch da?",
    )
    InstitutionFactory(archived_on=dt.date(2026, 1, 2))
    Offer.objects.update(updated_at=dt.datetime(2025, 5, 5, 5, 5, tzinfo=dt.UTC))

    comes_back_the_same(tmp_path)

    assert {one.updated_at.year for one in Offer.objects.all()} == {2025}
    assert Offer.objects.get(title="zurück").status == "returned"


def test_no_public_address_of_a_page_and_no_identifier_changes(tmp_path):
    InstitutionFactory(name="Umbenannt", slug="alter-name")
    OfferFactory(title="Auch umbenannt", slug="altes-angebot")
    kept = [Institution.objects.get().uuid, Offer.objects.get().uuid]

    comes_back_the_same(tmp_path)

    assert [Institution.objects.get().uuid, Offer.objects.get().uuid] == kept
    assert Offer.objects.get().slug == "altes-angebot"


def test_a_null_sign_refuses_its_row_alone(tmp_path):
    OfferFactory(title="Eins")
    OfferFactory(title="Zwei")
    file = exported(tmp_path)["offers.csv"].replace(b"Eins", b"E\0ns")
    emptied()
    (tmp_path / "offers.csv").write_bytes(file)

    assert loaded(tmp_path) == ["offers.csv, Zeile 2: Die Zeile enthält ein Nullzeichen."]
    assert [one.title for one in Offer.objects.all()] == ["Zwei"]


# Offers made at random

signs = st.characters(codec="utf-8", exclude_characters="\0\ufffd") | st.sampled_from(NASTY)


def texts(longest, shortest=0):
    found = st.text(signs, max_size=min(longest, 40)).map(str.strip)
    return found.filter(lambda text: len(text) >= shortest)


hours = st.sampled_from(
    [(None, None), (dt.time(9, 30), None), (dt.time(8), dt.time(17, 5)), (dt.time(20), dt.time(0))]
)
rules = st.one_of(entries.map(write).filter(bool), st.sampled_from(ODD[:-1]))
days = st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1))
some_days = st.none() | days
schedules = st.fixed_dictionaries(
    {
        "rrule": rules,
        "starts_on": days,
        "hours": hours,
        "note": texts(200),
        "public_holidays": st.sampled_from(Schedule.PublicHolidays.values),
        "school_holidays": st.sampled_from(Schedule.SchoolHolidays.values),
        "exceptions": st.lists(st.tuples(days, hours, texts(120)), max_size=2),
    }
)
modes = st.sampled_from([one for one in OfferPlace.Mode.values if one != "location"])
offers = st.fixed_dictionaries(
    {
        "title": texts(100, shortest=1),
        "provider_name": texts(200, shortest=1),
        "eligibility_text": texts(500),
        "description": texts(500),
        "notes": texts(500),
        "schedule_text": texts(300),
        "ages": st.none()
        | st.tuples(st.integers(-10, 99), st.integers(100, 200)).map(lambda both: ages.span(*both)),
        "valid_from": some_days,
        "languages": st.lists(st.sampled_from(["de", "tr", "ar", "uk"]), unique=True),
        "access_modes": st.lists(st.sampled_from(Offer.Access.values), unique=True),
        "anonymous_possible": st.none() | st.booleans(),
    }
)
prices = st.lists(st.tuples(st.integers(0, 99_999), texts(120), some_days), max_size=3)
places = st.lists(st.tuples(texts(200, shortest=1), texts(200), texts(200)), max_size=3)


@settings(
    max_examples=7,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shrinking would take minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    st.fixed_dictionaries(
        {
            "fields": offers,
            "prices": prices,
            "places": places,
            "modes": st.lists(modes, unique=True, max_size=2),
            "times": st.lists(schedules, max_size=3),
        }
    )
)
def test_an_offer_made_at_random_comes_back(tmp_path, made):
    with transaction.atomic():
        make(**made)
        comes_back_the_same(tmp_path)
        transaction.set_rollback(True)


def make(fields, prices, places, modes, times):
    """Write an offer with its prices, places and schedules into the database."""
    offer = OfferFactory(**fields, topics=[TopicFactory()])
    for cents, label, until in {price[:2]: price for price in prices}.values():
        CostOptionFactory(offer=offer, amount=cents / 100, label=label, valid_to=until)
    made = [
        OfferPlaceFactory(
            offer=offer,
            location=LocationFactory(name=name, street=street, transport_note=note),
            note=note,
            position=position,
        )
        for position, (name, street, note) in enumerate(places)
    ]
    made += [OfferPlaceFactory(offer=offer, mode=mode, location=None, position=9) for mode in modes]
    for number, said in enumerate(times if made else []):
        rest = dict(said)
        start, end = rest.pop("hours")
        exceptions = rest.pop("exceptions")
        place = made[number % len(made)]
        schedule = ScheduleFactory(place=place, start_time=start, end_time=end, **rest)
        for day, (begin, until), reason in exceptions:
            ScheduleExceptionFactory(
                schedule=schedule,
                first_on=day,
                start_time=begin,
                end_time=until,
                reason=reason,
            )


def test_words_that_look_alike_are_told_apart(tmp_path):
    types = [OfferTypeFactory(name="Kurs", slug="kurs"), OfferTypeFactory(name="KURS", slug="b")]
    groups = [TargetGroupFactory(name="Eltern"), TargetGroupFactory(name="eltern ", slug="e2")]
    for number, (kind, group) in enumerate(zip(types, groups, strict=True)):
        OfferFactory(title=f"A{number}", offer_type=kind).target_groups.add(group)

    comes_back_the_same(tmp_path)

    assert [one.offer_type for one in Offer.objects.order_by("title")] == types


def test_a_part_of_the_city_and_a_phase_come_back(tmp_path):
    district = DistrictFactory(name="Wanne", level=District.Level.LOCALITY)
    phase = LifePhase.objects.create(
        slug="eltern", name="Für Eltern", kind="cross", position=9, ages=ages.span(-10, 324)
    )
    offer = OfferFactory(extra_phases=[phase])
    OfferPlaceFactory(offer=offer, location=LocationFactory(street="", district=district))

    comes_back_the_same(tmp_path)

    assert list(Offer.objects.get().extra_phases.all()) == [phase]
