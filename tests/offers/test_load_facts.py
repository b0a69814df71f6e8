"""Loading Herne's facts: all arrive, a second run changes nothing, what editors did stays."""

import datetime as dt
import re
from itertools import pairwise

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kekiz_portal.lib.history.recording import edit
from lifephases.models import LifePhase, Milestone, Transition
from offers.curation import confirming
from offers.exchange.city import facts as exchange
from offers.exchange.city.life_phases import LifePhases
from offers.exchange.city.offers import Offers
from offers.exchange.city.prose import wordings
from offers.exchange.city.report import Outcome
from offers.models import (
    District,
    Helpline,
    Institution,
    Location,
    Offer,
    OfferPlace,
    OfferType,
    Topic,
)

pytestmark = pytest.mark.django_db


def offer(external_id):
    return Offer.objects.get(external_id=external_id)


def places(external_id):
    """Return where an offer is: mode, street or name, postal code, district, times."""
    return [
        (
            place.mode,
            place.location and (place.location.street or place.location.name),
            place.location and place.location.district and place.location.district.slug,
            [(one.rrule, one.hours_words) for one in place.schedules.all()],
        )
        for place in offer(external_id).places.all()
    ]


def test_everything_that_was_collected_arrives(herne):
    counts = {
        model.__name__: model.objects.count()
        for model in (LifePhase, Transition, Topic, OfferType, District, Institution, Offer)
    }

    assert counts == {
        "LifePhase": 8,
        "Transition": 5,
        "Topic": 16,
        "OfferType": 22,
        "District": 31,
        "Institution": 186,
        "Offer": 161,
    }
    assert Helpline.objects.count() == 12


def test_a_second_run_leaves_every_row_alone(herne):
    with CaptureQueriesContext(connection) as queries:
        reports = list(exchange.load(herne))

    rows = {(report.file, outcome) for report in reports for _line, _key, outcome in report.rows}
    writes = [one["sql"] for one in queries if re.match("INSERT|UPDATE|DELETE", one["sql"])]
    assert {outcome for _file, outcome in rows} == {Outcome.UNCHANGED}
    files = len(exchange.SUBJECTS) + len(exchange.WORD_FILES)
    assert (len(rows), writes) == (files, [])


def test_what_a_caseworker_has_changed_survives_the_next_run(herne):
    Offer.objects.filter(external_id="O046").update(title="Unser Treff")
    Topic.objects.filter(slug="betreuung").update(name="Betreuung")
    LifePhase.objects.filter(slug="baby").update(description="Neu geschrieben.")

    call_command("load_facts", herne, meanings_later=True, verbosity=0)

    names = Topic.objects.get(slug="betreuung").name, LifePhase.objects.get(slug="baby").description
    assert (offer("O046").title, *names) == ("Unser Treff", "Betreuung", "Neu geschrieben.")


def test_a_changed_row_changes_its_object_and_no_other(herne, tmp_path):
    for file in herne.glob("*.csv"):
        text = file.read_text(encoding="utf-8")
        if file.name == "life_phases.csv":
            text = text.replace("Baby (0-1 Jahr)", "Babyzeit")
        (tmp_path / file.name).write_text(text, encoding="utf-8")

    report = exchange.load_file(LifePhases(), tmp_path)

    assert [key for _line, key, outcome in report.rows if outcome == "changed"] == ["baby"]
    assert LifePhase.objects.get(slug="baby").name == "Babyzeit"


@pytest.fixture
def changed_facts(herne, tmp_path):
    """A copy of the folder in which two offers have a new telephone."""
    for file in herne.glob("*.csv"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    facts_file = tmp_path / "offer_facts.csv"
    with facts_file.open("a", encoding="utf-8") as file:
        for key in ("O002", "O003"):
            file.write(f"{key},phone,02323 164711,https://herne.example,2026,sourced,\n")
    return tmp_path


def test_a_new_fact_reaches_an_entry_but_undoes_nobodys_work(changed_facts, django_user_model):
    editor = django_user_model.objects.create(username="redaktion")
    worked_on = offer("O002")
    worked_on.phone = "02323 160"
    with edit(by=editor):
        worked_on.save()

    report = exchange.load_file(Offers(), changed_facts)

    outcomes = {key: outcome for _line, key, outcome in report.rows}
    assert (outcomes["O002"], outcomes["O003"]) == (Outcome.KEPT, Outcome.CHANGED)
    assert "4711" in offer("O003").phone
    assert "4711" not in offer("O002").phone
    assert offer("O003").sources.filter(page="https://herne.example", year=2026).exists()


def test_a_confirmed_entry_is_newer_than_any_file(changed_facts):
    confirming.confirm(Offer.objects.filter(external_id="O003"))

    exchange.load_file(Offers(), changed_facts)

    assert "4711" not in offer("O003").phone


def test_a_planned_kita_waits_until_somebody_has_asked(herne):
    planned = Institution.objects.get(external_id="I185")

    assert planned not in Institution.objects.current()
    assert planned.open_question != ""


def test_a_number_of_2014_waits_for_a_call_before_families_see_it(herne, client):
    page = client.get(offer("O021").get_absolute_url()).content.decode()

    assert offer("O021").contact_points.get().visibility == "internal"
    assert "976" not in page
    assert offer("O021") in Offer.objects.with_open_question()


def test_no_cost_that_was_only_assumed_is_shown_as_free(herne, facts):
    sourced = {
        row["offer_id"]
        for row in facts("offer_facts.csv")
        if row["field"] == "cost" and row["certainty"] == "sourced"
    }
    assumed = {
        row["id"]
        for row in facts("offers.csv")
        if re.search("cost[^;]*assumed", row["certainty"]) and row["id"] not in sourced
    }

    free = set(Offer.objects.free().values_list("external_id", flat=True))

    assert len(assumed) > 20
    assert free & assumed == set()


def test_teils_anmeldung_is_not_mit_anmeldung():
    assert wordings.access("teils Anmeldung") == []


def test_every_offer_keeps_its_span_of_ages_exactly(herne, entries):
    def span(row):
        first, last = row["age_from_months"], row["age_to_months"]
        return (int(first) if first else None, int(last) if last else None)

    spans = {row["id"]: span(row) for row in entries}
    loaded = {
        one.external_id: one.ages
        and (one.ages.lower, None if one.ages.upper is None else one.ages.upper - 1)
        for one in Offer.objects.published()
    }

    assert {key: ages or (None, None) for key, ages in loaded.items()} == spans


def test_only_what_does_not_follow_from_the_ages_is_put_into_a_phase_by_hand(herne, facts):
    named = {row["id"] for row in facts("offers.csv") if "eltern-familie" in row["life_phases"]}

    by_hand = set(
        Offer.extra_phases.through.objects.values_list("offer__external_id", "lifephase__slug")
    )

    assert by_hand == {(one, "eltern-familie") for one in named}


def test_offers_enter_unconfirmed_and_due_for_review_as_a_person_decided(herne, facts):
    decided = {row["offer_id"]: row["decision"] for row in facts("offer_status.csv")}
    states = {"shown": "published", "held": "in_review", "ended": "archived"}
    expected = {row["id"]: states[decided.get(row["id"], "shown")] for row in facts("offers.csv")}

    assert dict(Offer.objects.values_list("external_id", "status")) == expected
    assert set(Offer.objects.values_list("confirmed_at", "review_due_on")) == {
        (None, timezone.localdate())
    }
    assert Offer.objects.filter(is_generic=True).count() == 21


def test_a_service_with_two_places_has_its_own_time_at_each(herne):
    assert places("O071") == [
        ("location", "Königstraße", "eickel", [("FREQ=WEEKLY;BYDAY=TU", "15–17:30 Uhr")]),
        ("location", "Marktplatz", "sodingen", [("FREQ=WEEKLY;BYDAY=TH", "15–17:30 Uhr")]),
    ]


@pytest.mark.parametrize(
    ("external_id", "where"),
    [
        ("O001", [("home_visit", None, None, [])]),
        ("O006", [("online", None, None, []), ("phone", None, None, [])]),
        ("O007", [("location", "Rathausstraße 6", "wanne", []), ("home_visit", None, None, [])]),
        ("O027", []),
        ("O089", [("location", "", "wanne", [])]),
        ("O074", [("city_wide", None, None, [])]),
        (
            "O084",
            [
                ("location", "Hauptstraße 35", None, []),
                ("location", "Straßburger Straße 2", None, []),
            ],
        ),
        (
            "O036",
            [
                (
                    "unknown",
                    None,
                    None,
                    [
                        ("FREQ=WEEKLY;BYDAY=MO,TU,TH", "8–12 Uhr"),
                        ("FREQ=WEEKLY;BYDAY=TH", "13:30–15:30 Uhr"),
                    ],
                ),
                ("online", None, None, []),
            ],
        ),
    ],
)
def test_the_text_of_a_place_is_read_as_families_would(herne, external_id, where):
    assert places(external_id) == where


def test_no_place_has_a_part_of_the_city_that_its_offer_does_not_name(herne, facts):
    named = {(row["id"], row["district_slug"]) for row in facts("offers.csv")}
    named |= {
        (row["offer_id"], row["value"])
        for row in facts("offer_facts.csv")
        if row["field"] == "district_slug"
    }
    named |= {(row["offer_id"], row["district_slug"]) for row in facts("offer_places.csv")}

    found = set(
        OfferPlace.objects.filter(location__district__isnull=False).values_list(
            "offer__external_id", "location__district__slug"
        )
    )

    assert found <= named


def test_an_offer_in_a_known_house_shares_its_address_and_postal_code(herne):
    place = offer("O026").places.get().location
    shared = set(place.institutions.values_list("external_id", flat=True))

    assert shared == {"I004", "I016", "I077", "I078"}
    assert (place.postal_code, place.postal_code_is_certain) == ("44625", True)


def test_a_postal_code_that_nobody_has_stated_is_not_shown(herne):
    place = Institution.objects.get(external_id="I029").locations.get()

    assert place.postal_code == "44651"
    assert "44651" not in " ".join(place.address_lines)


def test_the_address_of_the_shelter_is_nowhere(herne):
    shelters = Location.objects.filter(visibility="protected")

    known = set(
        shelters.values_list("name", "street", "postal_code", "city", "district", "latitude")
    )
    assert (shelters.count(), known) == (2, {("", "", "", "", None, None)})
    assert [place.is_protected for place in offer("O088").places.all()] == [True]
    assert Institution.objects.get(external_id="I035").locations.get().is_protected


def test_no_mail_address_of_a_person_is_in_the_facts(facts):
    addresses = [row["email"] for name in ("offers.csv", "institutions.csv") for row in facts(name)]
    addresses += [
        row["value"]
        for name in ("offer_facts.csv", "institution_facts.csv")
        for row in facts(name)
        if row["field"] == "email"
    ]
    personal = re.compile(r"[a-zäöüß]{2,}[._][a-zäöüß]{2,}@")

    assert [one for one in addresses if personal.match(one.lower())] == []


@pytest.mark.parametrize(
    ("external_id", "cost"),
    [
        ("O001", ("free", "", [], [])),
        ("O050", ("free", "Ausflüge kosten", [], [])),
        ("O055", ("unknown", "", [], [])),  # "meist kostenlos", but "cost assumed"
        ("O140", ("paid", "", [], ["10 Euro"])),
        ("O101", ("paid", "Gegen Gebühr", ["but"], [])),
        ("O104", ("insurance", "", [], [])),
        ("O059", ("unknown", "Ausweis", [], [])),
        ("O010", ("unknown", "", [], [])),
    ],
)
def test_what_an_offer_costs_is_read_only_where_it_is_certain(herne, external_id, cost):
    found = offer(external_id)
    prices = [price.words for price in found.cost_options.all()]

    assert (found.cost_kind, found.cost_note, found.reductions, prices) == cost


def test_who_may_get_help_with_costs_is_said_to_families(herne):
    lines = offer("O034").eligibility_text.splitlines()

    assert lines[1:] == [
        "Bürgergeld, Sozialhilfe, AsylbLG, Wohngeld oder Kinderzuschlag",
        "Jobcenter-Kunden: 02325 6370",
        "Nur bis zum 18. Geburtstag",
    ]


@pytest.mark.parametrize(
    ("external_id", "modes"),
    [
        ("O046", ["open"]),
        ("O064", ["registration", "waiting_list"]),
        ("O055", []),  # "teils Anmeldung"
        ("O090", ["prescription"]),
        ("O039", ["invitation"]),
        ("O041", ["school"]),
        ("O030", ["application"]),
        ("O003", []),
    ],
)
def test_the_ways_into_an_offer_are_read(herne, external_id, modes):
    assert offer(external_id).access_modes == modes


def test_every_check_up_has_its_official_span(herne):
    checks = Milestone.objects.filter(slug__regex="^(u[1-9]a?|j1)$")

    assert {one.slug: (one.first_month, one.last_month) for one in checks} == {
        "u1": (0, 0),
        "u2": (0, 0),
        "u3": (0, 1),
        "u4": (2, 3),
        "u5": (5, 6),
        "u6": (9, 11),
        "u7": (20, 23),
        "u7a": (33, 35),
        "u8": (45, 47),
        "u9": (59, 63),
        "j1": (156, 167),
    }


def test_every_milestone_names_its_source(herne):
    assert not Milestone.objects.filter(source="").exists()


def test_the_local_number_comes_right_after_the_emergency_numbers(herne):
    assert list(Helpline.objects.values_list("number", flat=True)[:3]) == [
        "112",
        "110",
        "0800 678 4000",
    ]


def test_school_holidays_do_not_overlap(facts):
    stretches = sorted(
        (dt.date.fromisoformat(row["first_on"]), dt.date.fromisoformat(row["last_on"]))
        for row in facts("school_holidays.csv")
    )

    gaps = [after[0] > before[1] for before, after in pairwise(stretches)]
    assert all(first <= last for first, last in stretches)
    assert all(gaps)


def test_the_report_names_every_row_on_request(herne, capsys):
    call_command("load_facts", herne, meanings_later=True, verbosity=2)

    out = capsys.readouterr().out.splitlines()
    assert "offers.csv, Zeile 47: O046 unverändert" in out
    assert "offers.csv: 0 neu, 0 geändert, 161 unverändert, 0 hier bearbeitet, 0 abgelehnt" in out
