"""A broken row refuses only itself and says where and why."""

import csv
import io
import shutil

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from offers.exchange.city.loading import load_file
from offers.exchange.city.offers import Offers
from offers.exchange.city.prose import places as place_text
from offers.exchange.city.prose import wordings
from offers.exchange.city.rows import read
from offers.exchange.city.terms import Topics
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
    b"a,\xff\xfe\n": "Die Zeile ist nicht in UTF-8 geschrieben.",
    b"a\n": "Die Zeile hat 1 Felder statt 2.",
    b"a,b,c\n": "Die Zeile hat 3 Felder statt 2.",
    b'a,"b\n': "Ein Anführungszeichen wird nicht geschlossen.",
    b'a,"b"c\n': "Die Zeile lässt sich nicht als CSV lesen.",
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


def test_an_empty_file_and_a_missing_file_are_told(read_bytes, tmp_path):
    missing = read(tmp_path / "none.csv", COLUMNS)[1]

    assert read_bytes(b"", header=b"")[1] == [
        "words.csv, Zeile 1: Die Zeile lässt sich nicht als CSV lesen."
    ]
    assert str(missing[0]).startswith("none.csv: Die Datei lässt sich nicht lesen")


@pytest.fixture
def load_offers(herne, facts, tmp_path):
    """Load one changed row and a good one as new offers; returns problems and new offers."""
    for name, columns in Offers.companions.items():
        (tmp_path / name).write_text(",".join(columns) + "\n", encoding="utf-8")
    pattern = next(row for row in facts("offers.csv") if row["id"] == "O046")

    def run(**changes):
        rows = [
            pattern | {"id": "O998", "title": "Fehlerhaft"} | changes,
            pattern | {"id": "O999", "title": "In Ordnung"},
        ]
        text = io.StringIO()
        writer = csv.DictWriter(text, pattern)
        writer.writeheader()
        writer.writerows(rows)
        (tmp_path / "offers.csv").write_text(text.getvalue(), encoding="utf-8")
        problems = [str(one) for one in load_file(Offers(), tmp_path).problems]
        titles = Offer.objects.filter(external_id__in=["O998", "O999"])
        return problems, list(titles.values_list("title", flat=True))

    return run


BROKEN_VALUES = [
    ("age_from_months", "zwei", "„zwei“ ist keine ganze Zahl von Monaten."),
    ("age_to_months", "1e3", "„1e3“ ist keine ganze Zahl von Monaten."),
    ("age_to_months", "9999", "9999 Monate liegen nicht zwischen -10 und 1451."),
    ("age_to_months", "3", "Das Alter „bis“ (3) liegt vor dem Alter „von“ (72)."),
    ("topics", "freizeit", "„freizeit“ gibt es nicht."),
    ("topics", "", "Dieses Feld ist zwingend erforderlich."),
    ("offer_type", "fest", "„fest“ gibt es nicht."),
    ("district_slug", "bochum", "„bochum“ gibt es nicht."),
    ("life_phases", "kindheit", "„kindheit“ gibt es nicht."),
    ("life_phases", "baby", "Die Lebensphase „baby“ passt nicht zum Alter."),
    ("languages", "de|xx", "Das Kürzel „xx“ ist nicht bekannt."),
    ("scope", "bochum", "„bochum“ ist weder die Stadt noch „generic“."),
    ("email", "keine", "Das ist keine E-Mail-Adresse, an die man schreiben kann."),
    ("web", "http://", "Das ist keine Adresse einer Internetseite, etwa https://www.herne.de."),
    ("title", "", "Dieses Feld ist zwingend erforderlich."),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("column", "value", "reason"), BROKEN_VALUES)
def test_a_wrong_value_refuses_the_row_and_names_the_column(load_offers, column, value, reason):
    problems, titles = load_offers(**{column: value})

    assert problems == [f"offers.csv, Zeile 2, Spalte {column}: {reason}"]
    assert titles == ["In Ordnung"]


@pytest.mark.django_db
@pytest.mark.parametrize("column", ["title", "phone", "schedule", "place", "cost", "certainty"])
def test_a_value_that_is_too_long_refuses_the_row(load_offers, column):
    problems, titles = load_offers(**{column: "x" * 400})

    assert len(problems) == 1
    assert problems[0].startswith(f"offers.csv, Zeile 2, Spalte {column}: ")
    assert titles == ["In Ordnung"]


@pytest.mark.django_db
def test_a_row_with_several_faults_names_them_all(load_offers):
    problems, _titles = load_offers(email="keine", topics="freizeit")

    assert len(problems) == 2


@pytest.mark.django_db
def test_the_same_title_of_the_same_provider_is_refused(load_offers):
    problems, titles = load_offers(title="In Ordnung")

    assert len(problems) == 1
    assert "schon ein Angebot mit diesem Titel" in problems[0]
    assert titles == ["In Ordnung"]


@pytest.mark.django_db
def test_an_id_that_stands_twice_is_refused_the_second_time(load_offers):
    problems, titles = load_offers(id="O999")

    assert problems == ["offers.csv, Zeile 3, Spalte id: „O999“ steht schon in Zeile 2."]
    assert titles == ["Fehlerhaft"]


@pytest.mark.django_db
def test_a_detail_about_an_offer_that_does_not_exist_is_told(load_offers, tmp_path):
    with (tmp_path / "offer_providers.csv").open("a") as file:
        file.write("O997,I001\n")

    problems, _titles = load_offers()

    assert problems == [
        "offer_providers.csv, Zeile 2, Spalte offer_id: „O997“ gibt es in der Hauptdatei nicht."
    ]


@given(st.text())
def test_no_wording_ever_breaks_the_reading(text):
    spots = place_text.read(text)
    known = {wordings.cost(text).kind, *wordings.access(text)}

    assert known <= {*Offer.Cost.values, *Offer.Access.values}
    assert all(spot.mode in place_text.Mode.values for spot in spots)


@pytest.mark.django_db
def test_the_command_shows_refused_rows_and_ends_with_an_error(herne, tmp_path, capsys):
    folder = tmp_path / "herne"
    shutil.copytree(herne, folder)
    with (folder / "topics.csv").open("ab") as file:
        file.write(b"topic,neu,Neu,New,170,,\ntopic,kaputt,Kaputt,Broken,viele,,\n")

    with pytest.raises(SystemExit) as ended:
        call_command("load_facts", folder, meanings_later=True, verbosity=0)

    assert ended.value.code == 1
    assert capsys.readouterr().err == (
        "topics.csv, Zeile 41, Spalte order: Bitte eine ganze Zahl eingeben.\n"
    )
    assert Topic.objects.filter(slug__in=["neu", "kaputt"]).count() == 1


@pytest.mark.django_db
def test_a_mended_row_is_taken_the_next_time(tmp_path):
    header = "kind,slug,name_de,name_en,order,description_de,examples\n"
    path = tmp_path / "topics.csv"
    path.write_text(header + "topic,spiel,Spiel,Play,viele,,\n", encoding="utf-8")
    load_file(Topics(), tmp_path)

    path.write_text(header + "topic,spiel,Spiel,Play,10,,\n", encoding="utf-8")
    report = load_file(Topics(), tmp_path)

    assert (report.problems, [outcome for *_where, outcome in report.rows]) == ([], ["created"])
