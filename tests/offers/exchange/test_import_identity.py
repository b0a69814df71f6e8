"""The same name is not the same institution; what is in doubt a person decides."""

import unicodedata

import pytest

from offers.curation import joining
from offers.exchange.importing.identifying import NEW
from offers.models import Institution, Offer
from offers.quality import identity
from tests.factories.offers import (
    InstitutionFactory,
    InstitutionKindFactory,
    LocationFactory,
    OfferFactory,
    OfferTypeFactory,
)
from tests.offers.exchange.imports import check, commit, outcomes, problems, upload

pytestmark = pytest.mark.django_db
HEADER = "Name;Art;Straße;PLZ;Stadt;Telefon\n"


@pytest.fixture
def schools():
    return InstitutionKindFactory(name="Schule", slug="schule")


def house(kind, name, street, code, city):
    found = InstitutionFactory(name=name, kind=kind)
    if street:
        found.locations.add(LocationFactory(street=street, postal_code=code, city=city))
    return found


def look(text, **options):
    return check(upload(HEADER + text, kind="institutions", **options))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kath. Kita St. Franziskus", "Katholische Kindertagesstätte Sankt Franziskus"),
        ("Ev. Kindergarten", "EVANGELISCHER KINDERGARTEN"),
        ("Turnverein Herne e.V.", "Turnverein Herne eV"),
        ("Städt. Kita Müllerweg", "städtische Kita Muellerweg"),
        ("Käthe-Kollwitz-Schule", unicodedata.normalize("NFD", "Käthe-Kollwitz Schule")),
        ("Haus der Familie", "Haus d. Familie".replace("d.", "der")),
    ],
)
def test_two_spellings_are_one_name(one, other):
    assert identity.folded(one) == identity.folded(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ev. Kita", "Kath. Kita"), ("Gruppe 1", "Gruppe 2"), ("Verein e.V.", "Ev. Verein")],
)
def test_two_names_stay_two(one, other):
    assert identity.folded(one) != identity.folded(other)


def test_the_school_of_another_town_is_another_school(schools):
    ours = house(schools, "Sonnenschule", "Schulstr. 1", "44623", "Herne")

    run = commit(look("Sonnenschule;Schule;Schulstr. 1;44789;Bochum;0234 123456\n"))

    assert outcomes(run) == ["created"]
    ours.refresh_from_db()
    assert ours.phone != "0234 123456"
    assert Institution.objects.filter(name="Sonnenschule").count() == 2


def test_twice_one_name_in_a_list_with_keys_or_addresses_are_two(schools):
    with_keys = "Kennung;Name;Art\n1;St. Franziskus;Schule\n2;St. Franziskus;Schule\n"
    options = {"columns": {"Kennung": "external_id"}, "defaults": {"source": "bistum"}}
    run = check(upload(with_keys, kind="institutions", **options))
    assert outcomes(run) == ["created", "created"], problems(run)

    run = look("St. Anna;Schule;Weg 1;44623;Herne;\nSt. Anna;Schule;Allee 9;44649;Herne;\n")
    assert outcomes(run) == ["created", "created"]
    run = look("St. Anna;Schule;Weg 1;44623;Herne;\nSankt Anna;Schule;Weg 1;44623;Herne;\n")
    assert outcomes(run) == ["created", "refused"]


def test_name_and_address_however_written_are_the_same(schools):
    ours = house(schools, "Kath. Kita St. Franziskus", "Bahnhofstraße 1", "44623", "Herne")

    row = look(
        "Katholische Kita Sankt Franziskus;Schule;Bahnhofstr. 1;44623;HERNE;02323 16-1651\n"
    ).rows.get()

    assert row.target == ours.pk


@pytest.mark.parametrize(
    "line", ["Sonnenschule;Schule;;;;02323 16-1651", "Sonnenschule;Schule;Allee 2;;;02323 16-1651"]
)
def test_a_name_alone_or_another_street_is_a_question_and_changes_nothing_unanswered(schools, line):
    ours = house(schools, "Sonnenschule", "Schulstr. 1", "44623", "Herne")

    run = look(line + "\n")

    row = run.rows.get()
    assert (row.outcome, row.candidates) == ("question", [ours.pk])
    commit(run)
    assert Institution.objects.count() == 1


@pytest.mark.parametrize(("answer", "outcome"), [("same", "changed"), (NEW, "created")])
def test_the_answer_of_a_person_counts(schools, answer, outcome):
    ours = house(schools, "Sonnenschule", "Schulstr. 1", "44623", "Herne")
    run = look("Sonnenschule;Schule;;;;02323 16-1652\n")

    run.answers = {"2": ours.pk if answer == "same" else NEW}
    run.save()

    assert outcomes(check(run)) == [outcome]


def test_an_entry_keeps_the_key_of_the_list_it_came_with(schools):
    ours = house(schools, "Sonnenschule", "Schulstr. 1", "44623", "Herne")
    Institution.objects.filter(pk=ours.pk).update(source="stadt", external_id="7")
    text = "Kennung;" + HEADER + "99;Sonnenschule;Schule;Schulstr. 1;44623;Herne;02323 16-1651\n"

    run = check(
        upload(
            text,
            kind="institutions",
            columns={"Kennung": "external_id"},
            defaults={"source": "land"},
        )
    )

    assert problems(run)[2] == [
        ["Kennung", "„Sonnenschule“ gibt es schon, mit einer anderen Kennung."]
    ]


def test_a_likely_twin_is_shown_before_anything_is_taken_over(schools):
    ours = house(schools, "Sonnenschule Herne", "Schulstr. 1", "44623", "Herne")

    row = look("Sonnenschulen Herne;Schule;Schulstr. 1;44623;Herne;\n").rows.get()

    assert (row.outcome, row.candidates) == ("created", [ours.pk])


def test_a_title_without_provider_is_a_question_with_it_an_offer(schools):
    OfferTypeFactory(name="Kurs")
    ours = OfferFactory(title="Turnen", provider=None, provider_name="Turnverein e.V.")
    OfferFactory(title="Turnen", provider=None, provider_name="Sportbund")

    run = check(upload("Titel;Angebotsart\nTurnen;Kurs\n"))
    assert outcomes(run) == ["question"]
    run = check(upload("Titel;Angebotsart;Träger\nTURNEN;Kurs;Turnverein eV\n"))
    assert run.rows.get().target == ours.pk


def test_a_provider_whose_name_two_institutions_have_is_not_guessed(schools):
    OfferTypeFactory(name="Kurs")
    house(schools, "Sonnenschule", "Weg 1", "44623", "Herne")
    house(schools, "Sonnenschule", "Weg 1", "44789", "Bochum")

    run = check(upload("Titel;Angebotsart;Anbieter\nTurnen;Kurs;Sonnenschule\n"))

    assert "gibt es mehr als einmal" in problems(run)[2][0][1]
    assert not Offer.objects.exists()


def test_a_key_of_another_list_leads_on_where_its_entry_was_merged(schools):
    kept = house(schools, "Sonnenschule", "Schulstr. 1", "44623", "Herne")
    gone = house(schools, "Grundschule Sonne", "Schulstr. 1", "44623", "Herne")
    Institution.objects.filter(pk=gone.pk).update(source="land", external_id="7")
    kept.refresh_from_db()
    gone.refresh_from_db()
    joining.join(kept, gone, {}, by=None)
    text = "Kennung;Name;Art;Telefon\n7;Grundschule Sonne;Schule;02323 555555\n"
    options = {"columns": {"Kennung": "external_id"}, "defaults": {"source": "land"}}

    for _again in range(2):
        run = commit(check(upload(text, kind="institutions", **options)))
        assert outcomes(run) != ["refused"], problems(run)

    kept.refresh_from_db()
    gone.refresh_from_db()
    assert kept.phone == "02323 555555"
    assert kept.archived_on is None
    assert gone.archived_on is not None
    assert (gone.source, gone.external_id) == ("land", "7")
    assert Institution.objects.count() == 2
