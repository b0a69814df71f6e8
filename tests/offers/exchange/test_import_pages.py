"""An editor takes a list in on the office's pages; nobody else can, and nothing gets lost."""

import datetime as dt
import io
import zipfile
from functools import partial

import openpyxl
import pytest
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kekiz_portal.celery import app as celery_app
from offers import tasks
from offers.exchange.importing import import_runs
from offers.models import ImportMapping, ImportRun, Institution, Offer
from tests.factories.offers import InstitutionKindFactory, OfferFactory, OfferTypeFactory
from tests.html_forms import form_of

pytestmark = pytest.mark.django_db
ADD = reverse("admin:offers_importrun_add")
STEPS = [
    "read",
    "columns",
    "decide",
    "refused",
    "commit",
    "undo",
    "again",
    "change",
    "delete",
    "history",
]
PAGES_HURRY = {"max_retries": 1, "interval_start": 0, "interval_max": 0}  # as in production


def user_of(role):
    user = User.objects.create_user(role, is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    return user


@pytest.fixture
def office(client, signed_in):
    return signed_in(client, user_of("Redaktion"))


@pytest.fixture
def queue(monkeypatch):
    """What was handed to the worker; ``queue.work()`` does it as the worker would."""

    class Queue(list):
        def work(self):
            while self:
                import_runs.carry_out(self.pop(0))

    waiting = Queue()
    monkeypatch.setattr("offers.tasks.carry_out_import.delay", waiting.append)
    return waiting


def step(run, name):
    return reverse(f"admin:offers_importrun_{name}", args=[run.pk])


def send(client, text, kind="offers", name="liste.csv", **more):
    data = text if isinstance(text, bytes) else text.encode()
    return client.post(ADD, {"kind": kind, "file": SimpleUploadedFile(name, data)} | more)


@pytest.fixture
def uploaded(queue):
    """Send a file and let the worker read it."""

    def send_and_read(client, text, **options):
        response = send(client, text, **options)
        assert response.status_code == 302, response.context["form"].errors
        queue.work()
        return ImportRun.objects.latest("pk")

    return send_and_read


def test_a_list_goes_in_by_four_clicks(office, queue, uploaded):
    OfferTypeFactory(name="Kurs")
    run = uploaded(office, "Titel;Angebotsart;Träger\nTurnen;Kurs;Verein\n;Kurs;Verein\n")
    columns = office.get(step(run, "columns"))
    office.post(step(run, "columns"), form_of(columns, form_id=None) | {"save_as": "Turnliste"})
    queue.work()
    report = office.get(step(run, "change")).content.decode()
    assert "1 neuer Eintrag" in report
    assert Offer.objects.count() == 0

    office.post(step(run, "commit"))
    queue.work()

    assert Offer.objects.get().title == "Turnen"
    assert "Übernommen am" in office.get(step(run, "change")).content.decode()
    assert (
        "Für einen neuen Eintrag fehlt"
        in office.get(step(run, "change") + "?zeilen=refused").content.decode()
    )
    office.post(step(run, "undo"))
    queue.work()
    assert Offer.objects.count() == 0
    assert ImportMapping.objects.get().name == "Turnliste"


def test_words_of_the_file_are_asked_about_and_remembered(office, queue, uploaded):
    InstitutionKindFactory(name="Kitas", slug="kita")
    text = "name;kategorie\nVilla;Ev. Kindertagesstätten\n"
    run = uploaded(office, text, kind="institutions")
    form = form_of(office.get(step(run, "columns")))

    asked = office.post(step(run, "columns"), form)

    assert "Was bedeuten diese Wörter?" in asked.content.decode()
    answers = form_of(asked) | {"value_0": "Kitas", "save_as": "Nachbarstadt"}
    office.post(step(run, "columns"), answers)
    queue.work()
    assert run.rows.get().outcome == "created"
    known = ImportMapping.objects.get()
    again = uploaded(office, text, kind="institutions", known=known.pk)
    assert again.mapping == known.mapping


def test_a_list_from_a_spreadsheet_keeps_its_days_its_ways_in_and_its_names(
    office, queue, uploaded
):
    """The day has a column of its own, "Anmeldung" says "ja", and an age has slipped."""
    OfferTypeFactory(name="Kurs")
    text = (
        "Titel;Kategorie;Träger;Uhrzeit;Wochentag;Anmeldung;Sprachen;Alter;Raum;Inhalt\n"
        "Turnen;Kurs;Verein;9:30-11:00;Dienstag;ja, telefonisch;Deutsch;0-3 Jahre;2;Für Eltern\n"
        "Basteln;Kurs;Verein;15 Uhr;Mittwoch;ohne Anmeldung;Platt;1.-4. Klasse;2;\n"
    )
    run = uploaded(office, text)
    form = form_of(office.get(step(run, "columns")), form_id=None)

    asked = office.post(step(run, "columns"), form)

    form = form_of(asked, form_id=None)
    words = {word for _key, word in asked.context["form"].unknown}
    assert words == {"ja", "telefonisch", "Platt"}
    for number, (key, _word) in enumerate(asked.context["form"].unknown):
        meaning = {"access_modes": "mit Anmeldung", "languages": "Deutsch"}[key]
        form[f"value_{number}"] = meaning
    office.post(step(run, "columns"), form)
    queue.work()
    taken, slipped = run.rows.order_by("line")
    assert taken.values["schedule_text"] == "Dienstag 9:30–11 Uhr"
    assert taken.values["access_modes"] == ["registration"]
    assert (slipped.outcome, slipped.name) == ("refused", "Basteln")
    page = office.get(step(run, "change")).content.decode()
    assert "Aus der Datei bleiben diese Spalten weg: Raum." in page
    assert "<dd>Für Eltern</dd>" in page


def workbook(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(out := io.BytesIO())
    return out.getvalue()


NAMED = ["Titel", "Angebotsart", "Träger"]
TUESDAY, HALF_TEN, ELEVEN = dt.date(2027, 1, 12), dt.time(9, 30), dt.time(11)


@pytest.mark.parametrize(
    ("header", "cells", "times"),
    [
        (["Datum", "Beginn", "Ende"], [TUESDAY, HALF_TEN, ELEVEN], "12.01.2027 9:30–11 Uhr"),
        (["Datum", "Von", "Bis"], ["12.1.2027", "09.30", "11.00"], "12.01.2027 9:30–11 Uhr"),
        (["Tag", "Uhrzeit"], [TUESDAY, "9:30-11:00"], "12.01.2027 9:30–11 Uhr"),
        (["Datum", "Uhrzeit"], [TUESDAY, ELEVEN], "12.01.2027 11 Uhr"),
        (["Datum", "Uhrzeit"], ["nach den Ferien", "morgens"], "nach den Ferien morgens"),
        (
            ["Wochentag", "Start", "Ende"],
            ["Dienstag", "9:30 Uhr", "24 Uhr"],
            "Dienstag 9:30–24 Uhr",
        ),
        (["Uhrzeit von", "Uhrzeit bis"], ["9", "11"], "9–11 Uhr"),
        (
            ["Beginn", "Ende"],
            [dt.datetime(2027, 1, 12, 9, 30), dt.datetime(2027, 1, 12, 11)],  # noqa: DTZ001
            "12.01.2027 9:30–11 Uhr",
        ),
        (
            ["Beginn", "Ende"],
            ["12.01.2027 18:00", "13.01.2027 10:00"],
            "12.01.2027 18 Uhr bis 13.01.2027 10 Uhr",
        ),
        (["Datum", "Beginn", "Ende"], [TUESDAY, TUESDAY, dt.date(2027, 3, 1)], None),
    ],
)
def test_a_programme_with_day_and_hours_in_columns_of_their_own_says_its_times(
    office, queue, uploaded, *, header, cells, times
):
    """Whether "Beginn" and "Ende" are hours or days, what stands in them says; nobody is asked."""
    OfferTypeFactory(name="Kurs")
    run = uploaded(
        office,
        workbook([*NAMED, *header], ["Turnen", "Kurs", "Verein", *cells]),
        name="programm.xlsx",
    )

    office.post(step(run, "columns"), form_of(office.get(step(run, "columns")), form_id=None))
    queue.work()

    row = run.rows.get()
    assert (row.problems, row.hints) == ([], [])
    assert row.values.get("schedule_text") == times
    valid = ("2027-01-12", "2027-03-01") if times is None else (None, None)
    assert (row.values.get("valid_from"), row.values.get("valid_to")) == valid


def test_amounts_under_costs_are_prices_and_nobody_is_asked_what_they_mean(office, queue, uploaded):
    OfferTypeFactory(name="Kurs")
    said = ["3,50 €", "25,00 EUR mtl.", "€ 8", "0", "umsonst", "12,- Euro", "5 € ab 3 Kindern 4 €"]
    rows = [f"Kurs {number};Kurs;Verein;{cost}" for number, cost in enumerate(said)]
    run = uploaded(office, "\n".join(["Titel;Angebotsart;Träger;Kosten", *rows]))
    form = form_of(office.get(step(run, "columns")), form_id=None)

    asked = office.post(step(run, "columns"), form)

    assert [word for _key, word in asked.context["form"].unknown] == [said[-1]]
    office.post(step(run, "columns"), form_of(asked, form_id=None) | {"value_0": "Kostet etwas"})
    queue.work()
    found = [
        (row.values["cost_kind"], row.values.get("prices")) for row in run.rows.order_by("line")
    ]
    assert found == [
        ("paid", [["3.50", ""]]),
        ("paid", [["25.00", "mtl."]]),
        ("paid", [["8.00", ""]]),
        ("free", None),
        ("free", None),
        ("paid", [["12.00", ""]]),
        ("paid", None),
    ]


def test_a_column_of_prices_may_say_that_something_is_free(office, queue, uploaded):
    OfferTypeFactory(name="Kurs")
    run = uploaded(
        office, "Titel;Angebotsart;Träger;Preis\nA;Kurs;Verein;kostenlos\nB;Kurs;Verein;4"
    )
    office.post(step(run, "columns"), form_of(office.get(step(run, "columns")), form_id=None))
    queue.work()

    values = [row.values for row in run.rows.order_by("line")]
    assert [(one.get("cost_kind"), one.get("prices")) for one in values] == [
        ("free", None),
        (None, [["4.00", ""]]),
    ]


def test_times_in_two_columns_may_both_be_chosen_as_times(office, queue, uploaded):
    OfferTypeFactory(name="Kurs")
    run = uploaded(office, "Titel;Angebotsart;Träger;Von Uhr;Bis Uhr\nTurnen;Kurs;Verein;9:30;11\n")
    form = form_of(office.get(step(run, "columns")), form_id=None)

    office.post(
        step(run, "columns"), form | {"column_3": "schedule_text", "column_4": "schedule_text"}
    )

    queue.work()
    assert run.rows.get().values["schedule_text"] == "9:30 11"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"column_0": ""}, "Sagen Sie, in welcher Spalte „Titel“ steht"),
        ({"column_1": "title"}, "„Titel“ ist zweimal gewählt"),
        ({"column_1": "external_id"}, "braucht es ihre Herkunft"),
        ({"column_1": "erfunden"}, "ist keine gültige Auswahl"),
        ({"save_as": "x" * 200}, "höchstens 80 Zeichen"),
        ({"default_source": "a\x00b"}, "Nullzeichen"),
    ],
)
def test_a_mapping_that_cannot_be_is_explained_and_kept(office, change, sentence, uploaded):
    run = uploaded(office, "Titel;Art\nA;B\n")
    form = form_of(office.get(step(run, "columns"))) | change

    response = office.post(step(run, "columns"), form)

    assert response.status_code == 200
    notice = response.content.decode().split('role="alert"')[1].split("</div>")[0]
    assert sentence in notice.replace("&quot;", '"'), "said at the top, whatever field it is about"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "leer"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "im alten Excel-Format"),
        (b"%PDF-1.7", "ist ein PDF"),
        (b"a;b\n1;2\n" + b" " * (20 * 1024 * 1024), "größer als 20 MB"),
    ],
    ids=["empty", "xls", "pdf", "size"],
)
def test_what_is_no_table_at_a_glance_is_not_even_kept(office, data, sentence):
    response = send(office, data)

    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"Titel;Art\n", "keine Zeilen darunter"),
        (b"PK\x03\x04", "beschädigt"),
        (b"\x00\x01\x02", "weder eine Tabelle"),
    ],
    ids=["header", "broken", "binary"],
)
def test_a_file_that_cannot_be_read_is_one_sentence_and_a_way_on(office, uploaded, data, sentence):
    run = uploaded(office, data)

    page = office.get(step(run, "change")).content.decode()

    assert sentence in page
    assert f"{ADD}?kind=offers" in page
    office.post(step(run, "delete"), {"post": "yes"})
    assert not ImportRun.objects.exists()


def test_the_page_does_not_wait_for_a_file_to_be_read(office, queue):
    send(office, b"PK\x03\x04" + b"x" * 1000, name="liste.xlsx")

    run = ImportRun.objects.get()
    assert (run.state, queue) == (ImportRun.State.READING, [run.pk])
    assert "Wartet darauf" in office.get(step(run, "change")).content.decode()


def test_only_a_person_can_say_which_letters_are_right(office, queue, uploaded):
    OfferTypeFactory(name="Kurs")
    run = uploaded(office, "Titel;Angebotsart;Träger\nÜben;Kurs;Grüne\n".encode("mac_roman"))

    asked = office.get(step(run, "columns"), follow=True)
    page = asked.content.decode()
    assert "Was liest sich richtig?" in page
    assert "†ben" in page
    office.post(step(run, "read"), form_of(asked) | {"encoding": "cp1252"})
    queue.work()
    assert "†ben" in office.get(step(run, "columns")).content.decode()
    back = form_of(office.get(step(run, "read"))) | {"encoding": "mac_roman"}
    office.post(step(run, "read"), back)
    queue.work()

    assert "Üben" in office.get(step(run, "columns")).content.decode()


def test_sheet_and_header_can_be_chosen_and_what_was_chosen_before_stays(office, queue, uploaded):
    book = openpyxl.Workbook()
    book.active.title = "Deckblatt"
    for row in [["Titel", "Träger"], ["Deckel", "Niemand"], ["Titel", "Veranstalter"], ["A", "B"]]:
        book.active.append(row)
    book.create_sheet("Kurse").append(["Titel", "Träger", "Telefon"])
    book["Kurse"].append(["Turnen", "Verein", "1"])
    book.save(file := io.BytesIO())
    run = uploaded(office, file.getvalue(), name="liste.xlsx")
    columns = office.get(step(run, "columns"))
    assert "Gelesen wird das Blatt „Kurse“" in columns.content.decode()

    office.post(step(run, "columns"), form_of(columns) | {"column_2": "notes", "read": "1"})
    run.refresh_from_db()
    assert run.mapping["columns"]["Telefon"] == "notes"
    office.post(step(run, "read"), form_of(office.get(step(run, "read"))) | {"sheet": "0"})
    office.post(step(run, "read"), form_of(office.get(step(run, "read"))) | {"first": "3"})

    page = office.get(step(run, "columns")).content.decode()
    assert "Veranstalter" in page
    assert "Deckel" not in page


@pytest.mark.parametrize(
    "change", [{"sheet": "99"}, {"first": "x"}, {"first": ""}, {"encoding": "rot13"}]
)
def test_a_nonsense_way_to_read_is_no_crash(office, uploaded, change):
    run = uploaded(office, "Titel;Träger\nÜben;Grüne\n".encode("mac_roman"))
    form = form_of(office.get(step(run, "read")))

    assert office.post(step(run, "read"), form | change).status_code in {200, 302}


def test_without_the_background_service_the_file_waits(office, monkeypatch, uploaded):
    OfferTypeFactory(name="Kurs")
    run = uploaded(office, "Titel;Angebotsart;Träger\nA;Kurs;V\n")
    form = form_of(office.get(step(run, "columns")))

    with celery_app.connection_for_write("redis://127.0.0.1:1/0") as dead:
        ask = tasks.carry_out_import.apply_async
        queue = partial(ask, connection=dead, retry_policy=PAGES_HURRY)
        monkeypatch.setattr(tasks.carry_out_import, "delay", lambda pk: queue([pk]))
        page = office.post(step(run, "columns"), form, follow=True).content.decode()
        send(office, "Titel;Angebotsart;Träger\nA;Kurs;V\n")
        unread = ImportRun.objects.latest("pk")
        assert "Jetzt lesen" in office.get(step(unread, "change"), follow=True).content.decode()

    assert "gerade nicht erreichbar. Ihre Datei ist gespeichert" in page
    run.refresh_from_db()
    assert (run.state, bool(run.content)) == (ImportRun.State.UPLOADED, True)


@pytest.fixture
def run(office, queue, uploaded):
    """An import that was looked at and waits to be confirmed."""
    OfferTypeFactory(name="Kurs")
    run = uploaded(office, "Titel;Angebotsart;Träger\nA;Kurs;V\n")
    office.post(step(run, "columns"), form_of(office.get(step(run, "columns"))))
    queue.work()
    return run


def test_who_confirms_answers_for_the_changes(office, queue, client, signed_in, run):
    colleague = user_of("Administration")

    signed_in(client, colleague).post(step(run, "commit"))
    queue.work()

    assert Offer.objects.get().history.get().history_user == colleague


def test_a_workbook_that_breaks_off_in_the_middle_is_one_sentence(office, uploaded):
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for number in range(3_000):
        sheet.append(["Titel", f"Zelle {number}"])
    book.save(whole := io.BytesIO())
    cut = io.BytesIO()
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(cut, "w") as new:
        for part in old.namelist():
            content = old.read(part)
            is_sheet = part.endswith("sheet1.xml")
            new.writestr(part, content[: len(content) // 2] if is_sheet else content)

    run = uploaded(office, cut.getvalue(), name="liste.xlsx")

    assert "beschädigt" in run.problem


def test_confirming_twice_takes_over_once(office, queue, run):
    office.post(step(run, "commit"))
    second = office.post(step(run, "commit"), follow=True).content.decode()

    assert "läuft schon oder ist schon geschehen" in second
    assert queue == [run.pk]
    import_runs.carry_out(run.pk)
    import_runs.carry_out(run.pk)
    assert Offer.objects.count() == 1


def test_what_was_cut_short_can_be_started_again(office, queue, run):
    office.post(step(run, "commit"))
    queue.clear()  # the worker died

    page = office.get(step(run, "change")).content.decode()
    office.post(step(run, "again"))
    queue.work()

    assert "Erneut starten" in page
    assert '<noscript><meta http-equiv="refresh"' in page
    assert Offer.objects.count() == 1


def test_ticked_rows_are_remembered(office, queue, run):
    run.rows.update(outcome="protected", protected={"phone": ["1", "2"]}, target=None)
    row = run.rows.get()

    office.post(step(run, "decide"), {"ticks": "1", "shown": [row.pk], "overwrite": [row.pk]})
    row.refresh_from_db()
    assert row.overwrite
    page = office.get(step(run, "change") + "?zeilen=protected").content.decode()
    assert "in der Datei: 2" in page
    office.post(step(run, "decide"), {"ticks": "1", "shown": [row.pk, "x", "9" * 30]})
    row.refresh_from_db()
    assert not row.overwrite


def test_what_an_undone_import_left_is_counted_and_found(office, queue, uploaded):
    OfferTypeFactory(name="Kurs")
    run = uploaded(office, "Titel;Angebotsart;Träger\nA;Kurs;V\nB;Kurs;V\nC;Kurs;V\n")
    office.post(step(run, "columns"), form_of(office.get(step(run, "columns"))))
    queue.work()
    office.post(step(run, "commit"))
    queue.work()
    offer = Offer.objects.get(title="B")
    offer.phone = "02323 1"
    offer.save()
    Offer.objects.get(title="C").delete()

    office.post(step(run, "undo"))
    queue.work()
    page = office.get(step(run, "change")).text

    assert "Von 1 Zeile ist etwas geblieben" in " ".join(page.split())
    assert reverse("admin:offers_offer_change", args=[offer.pk]) in page
    assert [name for name in "ABC" if f"<strong>{name}</strong>" in page] == ["B"]
    assert "Der Eintrag wurde seit dem Import geändert und bleibt." in page


@pytest.mark.parametrize("query", ["?zeilen=quatsch", "?seite=-1", "?seite=abc", "?zeilen=%00"])
def test_a_nonsense_address_of_the_report_is_no_crash(office, queue, query, run):
    assert office.get(step(run, "change") + query).status_code in {200, 400}


@pytest.mark.parametrize("role", ["Koordination", "Träger-Redaktion"])
def test_only_editors_and_administrators_import(client, signed_in, role):
    run = ImportRun.objects.create(kind="offers", file_name="a.csv", file=b"Titel;b\n1;2\n")
    visitor = signed_in(client, user_of(role))

    assert {visitor.get(step(run, name)).status_code for name in STEPS} <= {403, 404, 405}
    assert {visitor.post(step(run, name)).status_code for name in STEPS} <= {403, 404}
    send(visitor, "Titel;b\n1;2\n")
    assert ImportRun.objects.count() == 1
    listed = visitor.get(reverse("admin:offers_offer_changelist")).content.decode()
    assert "Importieren" not in listed


def test_who_may_import_nothing_sees_nothing_of_it(client, signed_in):
    visitor = signed_in(client, user_of("Träger-Redaktion"))

    assert visitor.get(ADD).status_code == 403
    assert send(visitor, "Titel;b\n1;2\n").status_code == 403
    assert "/importrun/" not in visitor.get(reverse("admin:index")).content.decode()


def test_the_lists_lead_to_the_import(office):
    for name in ("offer", "institution"):
        page = office.get(reverse(f"admin:offers_{name}_changelist")).content.decode()
        assert f"{ADD}?kind={name}s" in page
    assert office.get(f"{ADD}?kind=quatsch").status_code == 200
    assert office.get(reverse("admin:offers_importrun_changelist")).status_code == 200


def test_an_unfinished_import_can_be_thrown_away_a_finished_one_not(office, queue, run):
    OfferFactory()
    done = ImportRun.objects.create(
        kind="offers", file_name="b.csv", state="done", done_at="2026-01-01T00:00Z"
    )

    assert "liste.csv" in office.get(step(run, "delete")).content.decode()
    office.post(step(run, "delete"), {"post": "yes"})

    assert list(ImportRun.objects.all()) == [done]
    assert office.get(step(done, "delete")).status_code == 403


def test_a_run_that_is_not_there_is_not_found(office):
    for address in ("999999/change/", "abc/change/", "9" * 30 + "/change/"):
        assert office.get(f"/verwaltung/offers/importrun/{address}").status_code in {404, 302}
    assert Institution.objects.count() == 0


def test_a_long_report_needs_few_questions(office, queue, django_assert_max_num_queries, uploaded):
    OfferTypeFactory(name="Kurs")
    lines = "".join(f"A{number};Kurs;V\n" for number in range(120))
    run = uploaded(office, "Titel;Angebotsart;Träger\n" + lines)
    office.post(step(run, "columns"), form_of(office.get(step(run, "columns"))))
    queue.work()

    with django_assert_max_num_queries(20):
        page = office.get(step(run, "change") + "?seite=2").content.decode()

    assert "Seite 2 von 3" in page


def in_doubt(office, queue, run, **fields):
    """Let the rows of a run have something a person has to decide."""
    run.rows.update(**fields)
    page = office.get(step(run, "change") + f"?zeilen={fields['outcome']}")
    return run.rows.get(), form_of(page, form_id="rows")


def test_a_tick_counts_with_whatever_button_is_pressed(office, queue, run):
    offer = OfferFactory(phone="02323 16-1651")
    row, form = in_doubt(
        office,
        queue,
        run,
        outcome="protected",
        target=offer.pk,
        protected={"phone": ["02323 16-1651", "02323 16-1652"]},
    )
    ticked = form | {"overwrite": [row.pk]}

    office.post(step(run, "decide"), ticked | {"to": "zeilen=created&seite=2"})
    row.refresh_from_db()
    assert row.overwrite
    row.overwrite = False
    row.save()
    office.post(step(run, "commit"), ticked)
    queue.work()

    offer.refresh_from_db()
    assert offer.phone == "02323 16-1652"


def test_ticks_survive_another_look_at_the_columns(office, queue, uploaded):
    OfferTypeFactory(name="Kurs")
    text = "Titel;Angebotsart;Träger;Telefon\nA;Kurs;V;02323 16-1651\n"
    for data in (text, text.replace("1651", "1652")):
        run = uploaded(office, data)
        office.post(step(run, "columns"), form_of(office.get(step(run, "columns"))))
        queue.work()
        if data == text:
            office.post(step(run, "commit"))
            queue.work()
            Offer.objects.update(phone="02323 16-1659")
    row = run.rows.get()
    assert row.outcome == "protected"
    office.post(step(run, "decide"), {"ticks": "1", "shown": [row.pk], "overwrite": [row.pk]})

    office.post(step(run, "columns"), form_of(office.get(step(run, "columns"))))
    queue.work()

    assert run.rows.get().overwrite


def test_an_answer_pressed_with_take_over_is_looked_at_first(office, queue, uploaded):
    OfferTypeFactory(name="Kurs")
    offer = OfferFactory(title="Turnen", provider=None, provider_name="Verein")
    run = uploaded(office, "Titel;Angebotsart;Telefon\nTurnen;Kurs;02323 16-1651\n")
    office.post(step(run, "columns"), form_of(office.get(step(run, "columns"))))
    queue.work()
    page = office.get(step(run, "change"))
    assert "1 Zeile fragt nach" in page.content.decode()
    answered = form_of(page, form_id="rows") | {f"answer-{run.rows.get().pk}": offer.pk}

    office.post(step(run, "commit"), answered)
    queue.work()

    run.refresh_from_db()
    assert (run.state, run.rows.get().outcome) == (ImportRun.State.CHECKED, "changed")
    office.post(step(run, "commit"), form_of(office.get(step(run, "change")), form_id="rows"))
    queue.work()
    offer.refresh_from_db()
    assert offer.phone == "02323 16-1651"


def test_one_answer_serves_all_questions(office, queue, uploaded):
    OfferTypeFactory(name="Kurs")
    for title in ("Turnen", "Singen"):
        OfferFactory(title=title, provider=None, provider_name="Verein")
    run = uploaded(office, "Titel;Angebotsart\nTurnen;Kurs\nSingen;Kurs\n")
    office.post(step(run, "columns"), form_of(office.get(step(run, "columns"))))
    queue.work()
    form = form_of(office.get(step(run, "change")), form_id="rows")

    office.post(step(run, "decide"), form | {"answer-all": "same", "to": "zeilen=question"})
    queue.work()

    assert "question" not in run.rows.counts()


def test_refused_rows_come_as_a_file_that_can_be_mended_and_taken_in(office, queue, uploaded):
    OfferTypeFactory(name="Kurs")
    text = "Titel;Angebotsart;Träger;PLZ;eigenes\nA;Kurs;V;44623;x\nB;Kurz;V;04462;=1+1\n"
    run = uploaded(office, text)
    form = form_of(office.get(step(run, "columns")))
    asked = office.post(step(run, "columns"), form)
    office.post(step(run, "columns"), form_of(asked))
    queue.work()
    office.post(step(run, "commit"), form_of(office.get(step(run, "change")), form_id="rows"))
    queue.work()

    response = office.get(step(run, "refused"))
    book = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    rows = [[cell.value for cell in row] for row in book.active.iter_rows()]

    assert rows[0] == [
        "Titel",
        "Angebotsart",
        "Träger",
        "PLZ",
        "eigenes",
        "Zeile",
        "Warum abgelehnt",
    ]
    assert rows[1][:6] == ["B", "Kurz", "V", "04462", "=1+1", "3"]
    assert "„Kurz“ gibt es nicht" in rows[1][6]
    book.active["B2"] = "Kurs"
    book.save(mended := io.BytesIO())
    again = uploaded(office, mended.getvalue(), name="abgelehnt.xlsx")
    office.post(step(again, "columns"), form_of(office.get(step(again, "columns"))))
    queue.work()
    assert [row.outcome for row in again.rows.all()] == ["created"]
