"""Loading Herne's facts: all arrive, a second run changes nothing, what editors did stays."""

import csv
import datetime as dt
import re
import uuid
from itertools import pairwise

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kekiz_portal.lib.history.recording import edit
from lifephases.models import LifePhase, Milestone, Transition
from offers.curation import confirming
from offers.exchange.city import facts as exchange
from offers.exchange.city.life_phases import LifePhases
from offers.exchange.city.report import Outcome
from offers.exchange.city.whole_lists import WholeList
from offers.exchange.importing.mapping import OFFERS
from offers.models import (
    District,
    Helpline,
    Institution,
    Location,
    Offer,
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
    subjects = [*exchange.FIRST, *exchange.WHOLE_LISTS, *exchange.THEN]
    files = len(subjects) + len(exchange.WORD_FILES)
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
    """A copy of the folder in which two offers have a new telephone and another source of it."""
    for file in herne.glob("*.csv"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    with (herne / "offers.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if row["Kennung dort"] in ("O002", "O003"):
            row["Telefon"] = "02323 164711"
            row["Quellen"] += " | https://herne.example; 2026; phone"
    with (tmp_path / "offers.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return tmp_path


def test_a_new_fact_reaches_an_entry_but_undoes_nobodys_work(changed_facts, django_user_model):
    editor = django_user_model.objects.create(username="redaktion")
    worked_on = offer("O002")
    worked_on.phone = "02323 160"
    with edit(by=editor):
        worked_on.save()

    report = WholeList(OFFERS).load(changed_facts)

    outcomes = {key: outcome for _line, key, outcome in report.rows}
    assert (outcomes["O002"], outcomes["O003"]) == (Outcome.KEPT, Outcome.CHANGED)
    assert "4711" in offer("O003").phone
    assert "4711" not in offer("O002").phone
    assert offer("O003").sources.filter(page="https://herne.example", year=2026).exists()


def test_a_confirmed_entry_is_newer_than_any_file(changed_facts):
    confirming.confirm(Offer.objects.filter(external_id="O003"))

    WholeList(OFFERS).load(changed_facts)

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


def test_a_row_that_changed_is_a_step_of_its_history_and_touches_no_other(changed_facts):
    before = dict(Offer.objects.values_list("external_id", "updated_at"))

    WholeList(OFFERS).load(changed_facts)

    after = dict(Offer.objects.values_list("external_id", "updated_at"))
    assert {key for key in after if after[key] != before[key]} == {"O002", "O003"}
    reasons = offer("O003").history.values_list("history_change_reason", flat=True)
    assert list(reasons) == ["offers.csv", "Bestand"]


def test_times_that_changed_in_the_file_replace_those_that_stood_here(herne, tmp_path):
    file = (herne / "offers.csv").read_text(encoding="utf-8")
    old = "jede Woche; Di; 15–17:30 | Ort 2; jede Woche; Do; 15–17:30"
    assert old in file
    new = "jede Woche; Mi; 15–17:30 | Ort 2; jede Woche; Do; 15–17:30"
    (tmp_path / "offers.csv").write_text(file.replace(old, new), encoding="utf-8", newline="")

    report = WholeList(OFFERS).load(tmp_path)

    assert [key for _line, key, outcome in report.rows if outcome == Outcome.CHANGED] == ["O071"]
    assert places("O071") == [
        ("location", "Königstraße", "eickel", [("FREQ=WEEKLY;BYDAY=WE", "15–17:30 Uhr")]),
        ("location", "Marktplatz", "sodingen", [("FREQ=WEEKLY;BYDAY=TH", "15–17:30 Uhr")]),
    ]


def test_a_portal_that_was_loaded_elsewhere_keeps_its_own_identifiers(changed_facts):
    Offer.objects.filter(external_id="O003").update(uuid=uuid.uuid4(), slug="anders")
    kept = offer("O003").uuid

    report = WholeList(OFFERS).load(changed_facts)

    assert report.problems == []
    assert (offer("O003").uuid, offer("O003").slug) == (kept, "anders")
    assert "4711" in offer("O003").phone


def test_every_offer_keeps_its_span_of_ages_exactly(herne, entries):
    def span(row):
        first, last = row["Alter von (Monate)"], row["Alter bis (Monate)"]
        return (int(first) if first else None, int(last) if last else None)

    spans = {row["Kennung dort"]: span(row) for row in entries}
    loaded = {
        one.external_id: one.ages
        and (one.ages.lower, None if one.ages.upper is None else one.ages.upper - 1)
        for one in Offer.objects.published()
    }

    assert {key: ages or (None, None) for key, ages in loaded.items()} == spans


def test_offers_enter_unconfirmed_and_due_for_review_as_a_person_decided(herne, facts):
    labels = {label: value for value, label in Offer.Status.choices}
    expected = {row["Kennung dort"]: labels[row["Status"]] for row in facts("offers.csv")}

    assert dict(Offer.objects.values_list("external_id", "status")) == expected
    assert set(expected.values()) == {"published", "in_review", "archived"}
    assert not Offer.objects.exclude(confirmed_at=None).exists()
    assert Offer.objects.published().due().count() == Offer.objects.published().count()
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
def test_every_place_is_what_families_would_read(herne, external_id, where):
    assert places(external_id) == where


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
    cells = [
        cell
        for name in ("offers.csv", "institutions.csv")
        for row in facts(name)
        for cell in row.values()
    ]
    personal = re.compile(r"\b[a-zäöüß]{2,}[._][a-zäöüß]{2,}@")

    assert [one for one in cells if personal.search(one.lower())] == []


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


def test_every_check_up_is_due_from_when_it_is_recommended_until_it_is_possible_no_more(herne):
    checks = Milestone.objects.filter(slug__regex="^(u[1-9]a?|j1)$")

    assert {one.slug: (one.first_month, one.last_month) for one in checks} == {
        "u1": (0, 0),
        "u2": (0, 0),
        "u3": (0, 1),
        "u4": (2, 3),
        "u5": (5, 7),
        "u6": (9, 13),
        "u7": (20, 26),
        "u7a": (33, 37),
        "u8": (45, 49),
        "u9": (59, 65),
        "j1": (156, 179),
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
    assert "offers.csv, Zeile 2: O050 unverändert" in out
    assert "offers.csv: 0 neu, 0 geändert, 161 unverändert, 0 hier bearbeitet, 0 abgelehnt" in out
