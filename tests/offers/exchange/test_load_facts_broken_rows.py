"""A broken row refuses only itself and says where and why."""

import csv
import io
import shutil
from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from offers.exchange.city.loading import load_file
from offers.exchange.city.rows import read
from offers.exchange.city.terms import Topics
from offers.exchange.city.whole_lists import WholeList
from offers.exchange.columns import schedules
from offers.exchange.importing.mapping import OFFERS
from offers.models import Offer, Topic

COLUMNS = ("slug", "name")
GOOD = b"gut,Gut\n"


@pytest.fixture
def read_bytes(tmp_path):
    """Read a file with these bytes after its header; returns slugs and problems."""

    def run(content, header=b"slug,name\n"):
        path = tmp_path / "words.csv"
        path.write_bytes(header + content)
        rows, problems = read(path, COLUMNS)
        return [row["slug"] for row in rows], [str(problem) for problem in problems]

    return run


BROKEN_LINES = {
    b"a\x00b,Nul\n": "Die Zeile enthält ein Nullzeichen.",
    b"a\n": "Die Zeile hat 1 Felder statt 2.",
    b"a,b,c\n": "Die Zeile hat 3 Felder statt 2.",
    b'a,"b\n': "Ein Anführungszeichen wird nicht geschlossen.",
    b'a,"b"c\n': "Die Zeile lässt sich nicht lesen: ein Anführungszeichen steht falsch.",
}


@pytest.mark.parametrize(("line", "reason"), BROKEN_LINES.items())
def test_a_line_that_cannot_be_read_refuses_only_itself(read_bytes, line, reason):
    found = read_bytes(GOOD + line + b"auch-gut,Auch gut\n")

    assert found == (["gut", "auch-gut"], [f"words.csv, Zeile 3: {reason}"])


def test_a_text_over_several_lines_is_one_row(read_bytes):
    assert read_bytes(b'a,"eins\nzwei"\n' + GOOD) == (["a", "gut"], [])


@pytest.mark.parametrize("content", [b"gut,Gut", b"gut,Gut\r\n\r\n", b"\n\ngut,Gut\n"])
def test_ends_of_lines_and_empty_lines_do_not_matter(read_bytes, content):
    assert read_bytes(content) == (["gut"], [])


def test_a_file_saved_by_excel_with_a_byte_order_mark_is_read(read_bytes):
    assert read_bytes(GOOD, header=b"\xef\xbb\xbfslug,name\n") == (["gut"], [])


def test_a_missing_column_refuses_the_file_and_names_the_column(read_bytes):
    reason = "Die Spalte fehlt; die Datei wurde nicht geladen."

    assert read_bytes(GOOD, header=b"slug,nom\n") == (
        [],
        [f"words.csv, Zeile 1, Spalte name: {reason}"],
    )


def test_a_file_that_cannot_be_read_at_all_is_told(read_bytes, tmp_path):
    missing = read(tmp_path / "none.csv", COLUMNS)[1]

    assert read_bytes(b"", header=b"")[1] == ["words.csv: Die Datei ist leer."]
    assert read_bytes(b"a,\xff\xfe\n")[1] == [
        "words.csv: Die Datei ist nicht in UTF-8 geschrieben."
    ]
    assert str(missing[0]).startswith("none.csv: Die Datei lässt sich nicht lesen")


@pytest.fixture
def load_offers(herne, facts, tmp_path):
    """Load one changed row and a good one as new offers; returns problems and new offers."""
    pattern = next(row for row in facts("offers.csv") if row["Kennung dort"] == "O046")
    pattern |= {"Kennung im Portal": "", "Adresse der Seite": ""}

    def run(**changes):
        rows = [
            pattern | {"Kennung dort": "O998", "Titel": "Fehlerhaft"} | changes,
            pattern | {"Kennung dort": "O999", "Titel": "In Ordnung"},
        ]
        text = io.StringIO()
        writer = csv.DictWriter(text, rows[0])
        writer.writeheader()
        writer.writerows(rows)
        (tmp_path / "offers.csv").write_text(text.getvalue(), encoding="utf-8", newline="")
        problems = [str(one) for one in WholeList(OFFERS).load(tmp_path).problems]
        titles = Offer.objects.filter(external_id__in=["O998", "O999"])
        return problems, list(titles.values_list("title", flat=True))

    return run


BROKEN_VALUES = [
    ("Alter von (Monate)", "zwei", "„zwei“ ist keine ganze Zahl von Monaten."),
    ("Alter bis (Monate)", "1e3", "„1e3“ ist keine ganze Zahl von Monaten."),
    ("Alter bis (Monate)", "9999", "Ein Alter von „9999“ Monaten gibt es hier nicht."),
    ("Alter bis (Monate)", "3", "Das Alter „bis“ liegt vor dem Alter „von“."),
    ("Themen", "Irgendwas", "„Irgendwas“ gibt es nicht."),
    ("Angebotsart", "Fest", "„Fest“ gibt es nicht."),
    ("Angebotsart", "", "Für einen neuen Eintrag fehlt diese Angabe."),
    ("Anbieter", "Niemand", "„Niemand“ gibt es nicht."),
    ("Stadtteil", "Bochum", "„Bochum“ gibt es nicht."),
    ("gehört auch zu", "Kindheit", "„Kindheit“ gibt es nicht."),
    ("Sprachen", "Klingonisch", "„Klingonisch“ gibt es hier nicht; möglich sind: "),
    ("Status", "weg", "„weg“ gibt es hier nicht; möglich sind: Entwurf, "),
    ("E-Mail", "keine", "Das ist keine E-Mail-Adresse, an die man schreiben kann."),
    (
        "Internetseite",
        "http://",
        "Das ist keine Adresse einer Internetseite, etwa https://www.herne.de.",
    ),
    ("Titel", "", "Für einen neuen Eintrag fehlt diese Angabe."),
    ("Wo", "irgendwo", "„irgendwo“ gibt es hier nicht; möglich sind: an einem Ort, "),
    ("Termine im Portal", "montags", "„montags“ sagt nichts über einen Termin."),
    ("Termine im Portal", "Mo, Di; 9–11", "„Mo, Di; 9–11“: Wie oft? "),
    ("Termine im Portal", "jede Woche; 9–11", "„jede Woche; 9–11“: An welchen Tagen?"),
    ("Termine im Portal", "einmal; vom 2026-13-01", "„2026-13-01“ ist kein Datum wie "),
    ("Preise in Euro", "viel", "„viel“ ist kein Betrag wie 4,50."),
    ("weitere Kontakte", "a; b; c; d; e", "„a; b; c; d; e“ hat mehr als 4 Teile."),
    ("Quellen", "https://a.example; neulich", "„neulich“ ist kein Jahr."),
    ("Breiten- und Längengrad", "hier", "„hier“ ist kein Breiten- und Längengrad wie "),
    ("zuletzt bestätigt am", "gestern", "„gestern“ ist kein Datum wie 31.12.2026."),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("column", "value", "reason"), BROKEN_VALUES)
def test_a_wrong_value_refuses_the_row_and_names_the_column(load_offers, column, value, reason):
    problems, titles = load_offers(**{column: value})

    assert len(problems) == 1
    assert problems[0].startswith(f"offers.csv, Zeile 2, Spalte {column}: {reason}")
    assert titles == ["In Ordnung"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "column", ["Titel", "Telefon", "Zeiten, wie genannt", "Hinweis zu den Kosten", "Wie sicher?"]
)
def test_a_value_that_is_too_long_refuses_the_row(load_offers, column):
    problems, titles = load_offers(**{column: "02323 16" + "x" * 400})

    assert len(problems) == 1
    assert problems[0].startswith(f"offers.csv, Zeile 2, Spalte {column}: ")
    assert titles == ["In Ordnung"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("Termine im Portal", "Ort 4; täglich", "Einen Ort 4 gibt es hier nicht."),
        ("Stadtteil", "Wanne | Wanne | Wanne", "„Wanne | Wanne | Wanne“ nennt mehr Orte als „Wo“."),
        ("Wo", "an einem geschützten Ort | online | an einem Ort", "Ein geschützter Ort steht nie"),
    ],
)
def test_places_that_do_not_fit_together_refuse_the_row(load_offers, column, value, reason):
    problems, titles = load_offers(**{column: value})

    assert len(problems) == 1
    assert problems[0].startswith(f"offers.csv, Zeile 2, Spalte Wo: {reason}")
    assert titles == ["In Ordnung"]


@pytest.mark.django_db
def test_a_row_with_several_faults_names_them_all(load_offers):
    problems, _titles = load_offers(**{"E-Mail": "keine", "Themen": "Irgendwas"})

    assert len(problems) == 2


@pytest.mark.django_db
def test_a_column_nobody_knows_refuses_the_file(load_offers):
    problems, titles = load_offers(Eintritt="frei")

    assert (problems, titles) == (["offers.csv: Die Spalte „Eintritt“ ist nicht bekannt."], [])


@pytest.mark.django_db
def test_the_same_title_of_the_same_provider_is_refused(load_offers):
    problems, titles = load_offers(Titel="In Ordnung")

    assert len(problems) == 1
    assert "schon ein Angebot mit diesem Titel" in problems[0]
    assert titles == ["In Ordnung"]


@pytest.mark.django_db
def test_an_id_that_stands_twice_is_refused_the_second_time(load_offers):
    problems, titles = load_offers(**{"Kennung dort": "O999"})

    assert problems == ["offers.csv, Zeile 3: Derselbe Eintrag steht schon in Zeile 2."]
    assert titles == ["Fehlerhaft"]


@given(st.text())
def test_no_cell_about_times_ever_breaks_the_reading(text):
    with suppress(ValidationError):
        assert all(one.schedule.rrule or one.schedule.starts_on for one in schedules.planned(text))


@pytest.mark.django_db
def test_the_command_shows_refused_rows_and_ends_with_an_error(herne, tmp_path, capsys):
    folder = tmp_path / "herne"
    shutil.copytree(herne, folder)
    with (folder / "topics.csv").open("ab") as file:
        file.write(b"topic,neu,Neu,New,170,,,,,\ntopic,kaputt,Kaputt,Broken,viele,,,,,\n")

    with pytest.raises(SystemExit) as ended:
        call_command("load_facts", folder, meanings_later=True, verbosity=0)

    assert ended.value.code == 1
    assert capsys.readouterr().err == (
        "topics.csv, Zeile 41, Spalte order: Bitte eine ganze Zahl eingeben.\n"
    )
    assert Topic.objects.filter(slug__in=["neu", "kaputt"]).count() == 1


@pytest.mark.django_db
def test_a_mended_row_is_taken_the_next_time(tmp_path):
    header = "kind,slug,name_de,name_en,order,description_de,examples"
    header += ",check_every_months,is_checked_at_end,stays_visible\n"
    path = tmp_path / "topics.csv"
    path.write_text(header + "topic,spiel,Spiel,Play,viele,,,,,\n", encoding="utf-8")
    load_file(Topics(), tmp_path)

    path.write_text(header + "topic,spiel,Spiel,Play,10,,,,,\n", encoding="utf-8")
    report = load_file(Topics(), tmp_path)

    assert (report.problems, [outcome for *_where, outcome in report.rows]) == ([], ["created"])
