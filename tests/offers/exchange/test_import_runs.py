"""A list of an office becomes entries: looked at first, taken over once, taken back if need be."""

import io

import openpyxl
import pytest
from django.contrib.auth.models import User

from kekiz_portal.lib.history.recording import edit
from offers.models import ImportRun, Institution, Offer
from tests.factories.offers import (
    InstitutionFactory,
    InstitutionKindFactory,
    OfferFactory,
    OfferPlaceFactory,
    OfferTypeFactory,
    ProtectedLocationFactory,
    ScheduleFactory,
    TopicFactory,
)
from tests.offers.exchange.imports import check, commit, outcomes, problems, undo, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return User.objects.create_user("redaktion")


@pytest.fixture
def words():
    OfferTypeFactory(name="Kurs", slug="kurs")
    TopicFactory(name="Bewegung", slug="bewegung")
    TopicFactory(name="Sprache", slug="sprache")


LIST = """sep=;
Titel;Angebotsart;Themen;Träger;Telefon;Alter von;Alter bis;gültig ab;Preis;PLZ Ort;Straße;
Turnen;Kurs;Bewegung|Sprache;Turnverein;02323 1234;3;5;31.12.2026;4,50;44623 Herne;Bahnhofstr. 1;
Singen;Kurs;Sprache;Chor;+49 2323 99;;;;;;;
;;;;;;;;;;;
"""


def first_import(editor, text=LIST, **options):
    return commit(check(upload(text, by=editor, **options)))


def test_a_dry_run_changes_nothing_and_says_what_would_become_of_each_row(words, editor):
    run = check(upload(LIST, by=editor))

    assert run.state == ImportRun.State.CHECKED
    assert outcomes(run) == ["created", "created"], problems(run)
    assert Offer.objects.count() == 0


def test_a_german_list_becomes_offers_with_all_their_parts(words, editor):
    run = first_import(editor)

    assert (run.state, run.file) == (ImportRun.State.DONE, None)
    offer = Offer.objects.get(title="Turnen")
    assert (offer.ages.lower, offer.ages.upper) == (36, 72)
    assert [topic.slug for topic in offer.topics.all()] == ["bewegung", "sprache"]
    assert offer.cost_options.get().amount == 4.5
    assert str(offer.valid_from) == "2026-12-31"
    assert offer.places.get().location.address_lines == ["Bahnhofstr. 1", "44623 Herne"]
    assert (offer.provider_name, offer.phone, offer.status) == ("Turnverein", "02323 1234", "draft")
    assert Offer.objects.get(title="Singen").phone == "02323 99"


def test_each_imported_offer_has_its_history_with_author_reason_and_topics(words, editor):
    first_import(editor)

    record = Offer.objects.get(title="Turnen").history.get()
    assert (record.history_user, record.history_change_reason) == (editor, "Import „liste.csv“")
    assert {row.topic.slug for row in record.topics.all()} == {"bewegung", "sprache"}


def test_the_same_list_again_changes_nothing(words, editor):
    first_import(editor)

    assert outcomes(check(upload(LIST, by=editor))) == ["unchanged", "unchanged"]


def test_a_changed_list_shows_each_change_and_takes_it_over(words, editor):
    first_import(editor)
    run = check(upload(LIST.replace("02323 1234", "02323 5678").replace("4,50", "6"), by=editor))

    row = run.rows.get(name="Turnen")
    assert row.changes == {
        "phone": ["02323 1234", "02323 5678"],
        "prices": [[["4.50", ""]], [["6.00", ""]]],
    }
    commit(run)
    offer = Offer.objects.get(title="Turnen")
    assert (offer.phone, offer.cost_options.get().amount) == ("02323 5678", 6)
    assert offer.history.count() == 2


def edited_by_hand(editor):
    offer = Offer.objects.get(title="Turnen")
    with edit(by=editor, reason="Anruf"):
        offer.phone = "02323 0000"
        offer.save()
    return offer


def test_what_was_edited_here_after_the_import_stays(words, editor):
    first_import(editor)
    offer = edited_by_hand(editor)
    run = check(upload(LIST.replace("02323 1234", "02323 9999").replace("4,50", "6"), by=editor))

    row = run.rows.get(name="Turnen")
    assert (row.outcome, set(row.changes), set(row.protected)) == (
        "changed",
        {"prices"},
        {"phone"},
    )
    commit(run)
    offer.refresh_from_db()
    assert offer.phone == "02323 0000"


def test_what_was_edited_here_is_overwritten_where_somebody_says_so(words, editor):
    first_import(editor)
    offer = edited_by_hand(editor)
    run = check(upload(LIST, by=editor))
    assert outcomes(run) == ["protected", "unchanged"]

    run.rows.filter(name="Turnen").update(overwrite=True)
    commit(run)

    offer.refresh_from_db()
    assert offer.phone == "02323 1234"


def test_an_edit_between_dry_run_and_confirmation_stays(words, editor):
    first_import(editor)
    run = check(upload(LIST.replace("02323 1234", "02323 5678"), by=editor))
    offer = edited_by_hand(editor)

    run = commit(run)

    offer.refresh_from_db()
    assert offer.phone == "02323 0000"
    assert run.rows.get(name="Turnen").outcome == "protected"


def test_what_a_person_entered_and_no_import_ever_brought_stays(words, editor):
    with edit(by=editor, reason="angelegt"):
        OfferFactory(title="Turnen", provider_name="Turnverein", phone="02323 7777")

    row = check(upload(LIST, by=editor)).rows.get(name="Turnen")

    assert set(row.protected) == {"phone", "offer_type"}
    assert "topics" in row.changes


def test_undo_brings_the_old_values_back_and_removes_what_was_new(words, editor):
    first_import(editor)
    more = LIST.replace("02323 1234", "02323 5678") + "Malen;Kurs;Sprache;Chor;;;;;;;;\n"
    run = first_import(editor, more)
    assert Offer.objects.filter(title="Malen").exists()

    run = undo(run)

    assert run.state == ImportRun.State.UNDONE
    assert not Offer.objects.filter(title="Malen").exists()
    offer = Offer.objects.get(title="Turnen")
    assert offer.phone == "02323 1234"
    assert offer.history.first().history_change_reason == "Import rückgängig: liste.csv"


def test_undo_leaves_what_somebody_went_on_editing_and_says_so(words, editor):
    run = first_import(editor)
    edited_by_hand(editor)

    run = undo(run)

    assert Offer.objects.values_list("title", flat=True).get() == "Turnen"
    hints = run.rows.get(name="Turnen").hints
    assert hints[-1] == "Der Eintrag wurde seit dem Import geändert und bleibt."


BROKEN = """Titel,Angebotsart,Telefon,PLZ,Straße,gültig ab,gültig bis,Internetseite,E-Mail,Träger
gut,Kurs,02323 100,44623,Weg 1,1.2.2026,2.2.2026,herne.de,a@herne.de,Verein
gut,Kurs,,,,,,,,Verein
,Kurs,,,,,,,,Verein
ohne Art,,,,,,,,,Verein
falsche Art,Kurz,,,,,,,,Verein
Telefon,Kurs,2.32316E+09,,,,,,,Verein
Postleitzahl,Kurs,,4462,Weg 1,,,,,Verein
Datum,Kurs,,,,31.2.2026,,,,Verein
Ende,Kurs,,,,2.2.2026,1.2.2026,,,Verein
Seite,Kurs,,,,,,kein link,,Verein
Mail,Kurs,,,,,,,kein at,Verein
"""


TOO_LONG = (
    "Bitte sicherstellen, dass der Wert aus höchstens 100 Zeichen besteht. "
    "(Er besteht aus 101 Zeichen.)"
)


def test_exactly_the_broken_rows_are_refused_each_with_line_and_reason(words, editor):
    run = check(upload(BROKEN + "x" * 101 + ",Kurs,,,,,,,,Verein\n", by=editor))

    found = {line: reasons[0] for line, reasons in problems(run).items()}
    assert found == {
        3: ["", "Derselbe Eintrag steht schon in Zeile 2."],
        4: ["Titel", "Für einen neuen Eintrag fehlt diese Angabe."],
        5: ["Angebotsart", "Für einen neuen Eintrag fehlt diese Angabe."],
        6: ["Angebotsart", "„Kurz“ gibt es nicht."],
        7: ["Telefon", "Excel hat die Nummer zu „2.32316E+09“ gekürzt. Bitte als Text eintragen."],
        8: ["PLZ", "„4462“ ist keine Postleitzahl: Sie hat fünf Ziffern."],
        9: ["gültig ab", "„31.2.2026“ ist kein Datum wie 31.12.2026."],
        10: ["", "„Gültig bis“ darf nicht vor „gültig ab“ liegen."],
        11: [
            "Internetseite",
            "Das ist keine Adresse einer Internetseite, etwa https://www.herne.de.",
        ],
        12: ["E-Mail", "Das ist keine E-Mail-Adresse, an die man schreiben kann."],
        13: ["Titel", TOO_LONG],
    }
    assert outcomes(run)[0] == "created"
    commit(run)
    assert Offer.objects.get().title == "gut"


def test_a_zero_that_excel_took_from_a_telephone_number_comes_back_with_a_hint(words, editor):
    run = check(upload("Titel;Angebotsart;Telefon;Träger\nA;Kurs;2323161234;Verein\n", by=editor))

    row = run.rows.get()
    assert row.values["phone"] == "02323 16-1234"
    assert row.hints == ["Telefon: Excel hat die führende Null entfernt; sie ist ergänzt."]


def test_a_number_without_area_code_is_joined_with_the_column_beside_it(words, editor):
    table = "Titel;Angebotsart;Vorwahl;Telefon;Träger\nA;Kurs;0209;161651;Verein\n"
    run = check(upload(table + "B;Kurs;209;02323 16-0;Verein\n", by=editor))

    rows = run.rows.order_by("line")
    assert [row.values["phone"] for row in rows] == ["0209 161651", "02323 16-0"]
    assert [row.hints for row in rows] == [[], []]


def test_a_telephone_number_that_excel_kept_as_a_number_is_doubted(words, editor):
    book = openpyxl.Workbook()
    book.active.append(["Titel", "Angebotsart", "Telefon", "Träger"])
    book.active.append(["A", "Kurs", 161651, "Verein"])
    book.save(file := io.BytesIO())

    row = check(upload(file.getvalue(), name="liste.xlsx", by=editor)).rows.get()

    assert row.values["phone"] == "02323 16-1651"
    assert row.hints == ["Telefon: ohne Vorwahl; ergänzt ist die der Stadt. Stimmt sie?"]


def test_empty_cells_clear_only_where_that_was_asked_for(words, editor):
    first_import(editor)
    emptied = LIST.replace("02323 1234", "")

    assert outcomes(check(upload(emptied, by=editor)))[0] == "unchanged"
    cleared = check(upload(emptied, by=editor, empty_cells_clear=True))
    assert cleared.rows.get(name="Turnen").changes == {"phone": ["02323 1234", ""]}


def test_the_address_of_a_shelter_is_never_taken_from_a_file(words, editor):
    shelter = InstitutionKindFactory(slug="schutz", name="Schutz")
    house = InstitutionFactory(name="Frauenhaus", kind=shelter)
    house.locations.add(ProtectedLocationFactory())
    text = "Name;Art;Straße\nFrauenhaus;Schutz;Geheimweg 1\nNeues Haus;Schutz;Geheimweg 2\n"

    run = check(upload(text, kind="institutions", by=editor))

    assert outcomes(run) == ["refused", "refused"]
    assert "geschützt" in str(problems(run))


def test_an_offer_that_went_into_hiding_after_the_dry_run_gets_no_public_address(words, editor):
    first_import(editor, "Titel;Angebotsart;Träger\nTurnen;Kurs;Verein\n")
    run = check(upload("Titel;Angebotsart;Träger;Straße\nTurnen;Kurs;Verein;Weg 1\n", by=editor))
    assert outcomes(run) == ["changed"]
    offer = Offer.objects.get()
    OfferPlaceFactory(offer=offer, location=ProtectedLocationFactory())

    run = commit(run)

    assert offer.places.get().is_protected
    assert run.rows.get().hints[-1] == "Die Adresse ist jetzt geschützt und bleibt."


def test_a_list_moves_the_one_place_of_an_offer_and_its_dates_go_with_it(words, editor):
    first_import(editor)
    place = Offer.objects.get(title="Turnen").places.get()
    ScheduleFactory(place=place)

    commit(check(upload(LIST.replace("Bahnhofstr. 1", "Bahnhofstr. 2"), by=editor)))

    place.refresh_from_db()
    assert place.location.street == "Bahnhofstr. 2"
    assert place.schedules.get().occurrences.count() > 0
    assert [row.location.street for row in place.history.all()] == [
        "Bahnhofstr. 2",
        "Bahnhofstr. 1",
    ]


def test_the_list_of_the_neighbouring_city_becomes_institutions(editor, request):
    InstitutionKindFactory(name="Kitas", slug="kita")
    data = (request.path.parents[1] / "data/neighbour_bochum_daycare_centers.csv").read_bytes()
    options = {
        "kind": "institutions",
        "name": "bochum.csv",
        "by": editor,
        "columns": {"kategorie": ""},
        "defaults": {"kind": "Kitas", "source": "bochum"},
    }
    run = upload(data, **options)
    assert run.mapping["columns"]["plz_ort"] == "postal_code_and_city"

    run = commit(check(run))

    counts = run.rows.counts()
    assert counts == {"created": 193, "refused": 2, "protected": 0, "remaining": 0}
    kita = Institution.objects.get(external_id="611861")
    assert (kita.name, kita.url) == (
        "Kindertageseinrichtung Villa Luna Bochum O-Werk",
        "https://villaluna.de/bochum/kita-bochum/",
    )
    assert kita.locations.get().address_lines == ["Suttner-Nobel-Allee 4 a", "44789 Bochum"]
    again = check(upload(data, **options))
    assert set(outcomes(again)) == {"unchanged", "refused"}
