"""What a cell of a list seems to say, and what it does not."""

import datetime as dt
import io

import openpyxl
import pytest

from kekiz_portal.lib.tables.cells import DateText
from offers.exchange.columns import known
from offers.exchange.importing import unsaid_cells
from offers.models import Location, Offer, SearchSynonym
from tests.factories.offers import (
    DistrictFactory,
    InstitutionFactory,
    InstitutionKindFactory,
    LocationFactory,
    OfferFactory,
    OfferTypeFactory,
    TopicFactory,
)
from tests.offers.exchange.imports import check, commit, outcomes, problems, undo, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def course():
    return OfferTypeFactory(name="Kurs")


def workbook(*rows, change=lambda _sheet: None):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    change(book.active)
    book.save(out := io.BytesIO())
    return out.getvalue()


def test_a_formula_without_result_deletes_no_telephone(course):
    OfferFactory(title="Turnen", provider_name="Verein", provider=None, phone="02323 16-1651")
    file = workbook(
        ["Titel", "Angebotsart", "Träger", "Telefon", "Notiz"],
        ["Turnen", "Kurs", "Verein", '="02323 "&"555111"', None],
    )

    run = check(upload(file, empty_cells_clear=True))

    assert outcomes(run) == ["refused"]
    assert problems(run)[2][0][0] == "Telefon"
    assert "Formel ohne gespeichertes Ergebnis" in problems(run)[2][0][1]
    commit(run)
    assert Offer.objects.get().phone == "02323 16-1651"


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#NAME?"])
def test_an_error_of_excel_refuses_its_row_only_where_the_column_counts(course, error):
    def break_(sheet):
        for name in ("D2", "E3"):
            sheet[name] = error
            sheet[name].data_type = "e"

    file = workbook(
        ["Titel", "Angebotsart", "Träger", "Telefon", "egal"],
        ["A", "Kurs", "Verein", "", "x"],
        ["B", "Kurs", "Verein", "02323 16-1651", ""],
        change=break_,
    )

    run = check(upload(file, empty_cells_clear=True, columns={"egal": ""}))

    assert outcomes(run) == ["refused", "created"]
    assert problems(run)[2] == [["Telefon", f"Hier steht der Excel-Fehler {error}."]]


def test_a_cell_under_a_merged_one_empties_nothing(course):
    OfferFactory(
        title="Turnen",
        provider_name="Verein",
        provider=None,
        phone="02323 16-1651",
        email="a@b.example",
    )
    file = workbook(
        ["Titel", "Angebotsart", "Träger", "Telefon", "E-Mail"],
        ["Turnen", "Kurs", "Verein", "02323 16-1652", None],
        change=lambda sheet: sheet.merge_cells("D2:E2"),
    )

    row = check(upload(file, empty_cells_clear=True)).rows.get()

    assert "email" not in row.changes
    assert "E-Mail: Die Zelle ist mit einer anderen verbunden" in row.hints[0]


def test_a_date_that_excel_made_of_opening_hours_is_pointed_at():
    InstitutionKindFactory(name="Kitas", slug="kita")
    file = workbook(
        ["Name", "Art", "Öffnungszeiten"],
        ["Villa", "Kitas", dt.date(2026, 12, 8)],
        ["Burg", "Kitas", "8-12"],
    )

    run = check(upload(file, kind="institutions"))

    assert outcomes(run) == ["refused", "created"]
    assert problems(run)[2] == [
        [
            "Öffnungszeiten",
            "Excel hat hier ein Datum gemacht: 08.12.2026. Tragen Sie es bitte als Text ein.",
        ]
    ]


def test_a_date_among_the_times_of_a_course_is_taken_in_german_and_asked_about(course):
    file = workbook(
        ["Titel", "Angebotsart", "Träger", "Termine", "gültig ab"],
        ["A", "Kurs", "Verein", dt.datetime(2026, 3, 12, 9, 30), dt.date(2026, 3, 1)],  # noqa: DTZ001
    )

    row = check(upload(file)).rows.get()

    assert row.values["schedule_text"] == "12.03.2026 09:30"
    assert row.values["valid_from"] == "2026-03-01"
    assert row.hints == ["Termine: Excel hat hier ein Datum, 12.03.2026 09:30. Ist das gemeint?"]
    hint = unsaid_cells.hint(DateText("16:00:00"), known.of_offers()[0])
    assert hint == "Excel hat hier eine Uhrzeit, 16:00. Ist das gemeint?"


@pytest.mark.parametrize(
    ("column", "text", "first", "last"),
    [
        ("Alter bis", "120", None, 1451),
        ("Alter bis", "99", None, 1199),
        ("Alter von", "0,25", 3, None),
        ("Alter von", "6 Monate", 6, None),
        ("Alter", "6–12 Monate", 6, 12),
        ("Alter", "ab 14", 168, None),
        ("Alter", "3 Jahre", 36, 47),
        ("Alter von Monate", "18", 18, None),
    ],
)
def test_ages_in_a_column_of_years_of_months_or_in_one(course, column, text, first, last):
    data = f"Titel;Angebotsart;Träger;{column}\nA;Kurs;Verein;{text}\n"

    row = check(upload(data)).rows.get()

    assert not row.problems
    assert (row.values.get("age_from"), row.values.get("age_to")) == (first, last)


@pytest.mark.parametrize(
    ("column", "text", "reason"),
    [
        ("Alter bis", "216", "Stehen hier Monate"),
        ("Alter", "1.-4. Klasse", "kein Alter wie „3 Jahre“"),
        ("Alter von Monate", "2000", "gibt es hier nicht"),
    ],
)
def test_an_age_that_nobody_has_is_refused_with_its_column(course, column, text, reason):
    data = f"Titel;Angebotsart;Träger;{column}\nA;Kurs;Verein;{text}\n"

    found = problems(check(upload(data)))[2][0]

    assert found[0] == column
    assert reason in found[1]


@pytest.mark.parametrize("stand", ["01.03.2026", "2026-03-01", "03/2026", "2026"])
def test_the_stand_of_a_foreign_list_is_a_date_and_lets_nothing_be_overwritten(course, stand):
    OfferFactory(title="Turnen", provider_name="Verein", provider=None, phone="02323 16-1651")
    data = f"Titel;Angebotsart;Träger;Telefon;Stand\nTurnen;Kurs;Verein;02323 16-1652;{stand}\n"

    row = check(upload(data)).rows.get()

    assert not row.problems
    assert row.changes["phone"] == ["02323 16-1651", "02323 16-1652"]


def test_topics_are_known_by_label_slug_example_and_synonym(course):
    sport = TopicFactory(name="Sport & Bewegung", slug="sport-bewegung", examples=["Schwimmen"])
    SearchSynonym.objects.create(phrase="Turnen", term="Sport & Bewegung", kind="synonym")
    words = ["SPORT & Bewegung", "sport-bewegung", "Schwimmen", "turnen"]
    lines = "".join(f"A{n};Kurs;Verein;{word}\n" for n, word in enumerate(words))

    run = check(upload("Titel;Angebotsart;Träger;Themen\n" + lines))

    assert not problems(run)
    assert [row.values["topics"] for row in run.rows.all()] == [[sport.pk]] * 4


def test_every_unknown_word_of_a_column_can_mean_one_thing():
    InstitutionKindFactory(name="Kitas", slug="kita")
    InstitutionKindFactory(name="Schule", slug="schule")
    data = "Name;Art\nA;Ev. Kindertagesstätten\nB;Hort\nC;Schule\n"

    run = check(upload(data, kind="institutions", others={"kind": "Kitas"}))

    assert outcomes(run) == ["created"] * 3
    commit(run)
    assert InstitutionFactory._meta.model.objects.filter(kind__slug="kita").count() == 2


def test_a_town_without_a_street_is_said_to_stay_away_and_never_edited_here():
    InstitutionKindFactory(name="Kitas", slug="kita")
    data = "Name;Art;PLZ;Stadt\nVilla;Kitas;44623;Herne\n"
    run = check(upload(data, kind="institutions"))

    row = run.rows.get()
    assert not {"postal_code", "city"} & set(row.values)
    assert row.hints == ["Postleitzahl und Stadt ohne Straße sind kein Ort; sie bleiben weg."]
    run = commit(run)
    again = check(upload(data, kind="institutions", columns={"Name": "name"}))
    assert again.rows.get().protected == {}


def test_the_report_shows_the_address_as_it_will_be_kept(course):
    first = "Titel;Angebotsart;Träger;Straße;PLZ;Stadt\nA;Kurs;Verein;Weg 1;44623;Herne\n"
    commit(check(upload(first)))
    second = "Titel;Angebotsart;Träger;Straße;PLZ;Stadt;Name des Ortes\n"
    second += "B;Kurs;Verein;Weg 1;;;Turnhalle\n"

    run = check(upload(second))

    row = run.rows.get()
    assert (row.values["postal_code"], row.values["city"]) == ("44623", "Herne")
    assert row.values["place_name"] == ""
    assert row.hints == [
        "Name des Ortes: Der Ort an dieser Anschrift hat hier nichts; „Turnhalle“ bleibt weg."
    ]
    commit(run)
    again = check(upload(second))
    assert outcomes(again) == ["unchanged"]


def test_a_list_without_parts_of_the_city_makes_no_known_house_a_second_time(course):
    south, north = DistrictFactory(name="Süd", postal_codes=["44625"]), DistrictFactory(name="Nord")
    house = LocationFactory(
        name="Stadtteilhaus", street="Wilhelmstraße 89a", postal_code="44625", district=south
    )
    InstitutionFactory().locations.add(house)
    for district in (south, north):
        LocationFactory(street="Ringstraße 1", postal_code="", city="Stadt", district=district)
    text = "Titel;Angebotsart;Träger;Straße;PLZ;Stadt\n"
    for title, street in (
        ("A", "Wilhelmstraße 89a;44625;"),
        ("B", "Wilhelmstr. 89 a;44625;Stadt"),
        ("C", "Wilhelmstr. 89a;44625;Bochum"),
        ("D", "Ringstr. 1;;Stadt"),
    ):
        text += f"{title};Kurs;Verein;{street}\n"

    run = check(upload(text))

    rows = list(run.rows.all())
    assert [row.values.get("district") for row in rows] == [south.label, south.label, None, None]
    assert rows[0].values["place_name"] == "Stadtteilhaus"
    assert rows[3].hints == ["Der Ort ist hier neu und liegt in keinem Stadtteil."]
    run = commit(run)
    places = {offer.title: offer.places.get().location for offer in Offer.objects.all()}
    assert places["A"] == places["B"] == house
    assert Location.objects.count() == 5
    assert set(outcomes(check(upload(text)))) == {"unchanged"}
    undo(run)
    assert Location.objects.count() == 3
