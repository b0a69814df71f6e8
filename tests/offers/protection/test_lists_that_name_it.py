"""A list that gives a protected place away is refused, and what it said is not kept with it."""

import datetime as dt

import openpyxl
import pytest
from django.utils import timezone

from kekiz_portal.lib.tables.document import Document
from offers import tasks
from offers.exchange.importing import refused_rows
from offers.models import ImportRow, ImportRun
from tests.factories.offers import (
    InstitutionFactory,
    InstitutionKindFactory,
    LocationFactory,
    OfferTypeFactory,
    ProtectedLocationFactory,
)
from tests.offers.exchange.imports import check, commit, outcomes, problems, upload

pytestmark = pytest.mark.django_db
SECRET = "Kanarienpfad 88"
OFFERS = f"""Titel;Angebotsart;Träger;Beschreibung;Spalte ohne Bedeutung
Beratung;Kurs;Verein;Sie finden uns im {SECRET}.;{SECRET}
Treff;Kurs;Verein;Im Stadtteilladen.;frei
"""


@pytest.fixture(autouse=True)
def secret_place():
    OfferTypeFactory(name="Kurs")
    return ProtectedLocationFactory(street=SECRET, city="Herne")


def kept(run):
    """Return everything that is still kept of a run, as one text."""
    run = ImportRun.objects.get(pk=run.pk)
    content = Document(bytes(run.content)) if run.content else None
    cells = [record.cells for record in content.records()] if content else []
    rows = ImportRow.objects.filter(run=run).values_list("values", "changes", "protected", "hints")
    return f"{bytes(run.file or b'').decode()} {cells} {list(rows)}"


def test_what_names_a_protected_address_is_forgotten_as_soon_as_it_is_checked(secret_place):
    run = check(upload(OFFERS))

    assert outcomes(run) == ["refused", "created"]
    assert "Kanarienpfad" not in kept(run)
    assert "Stadtteilladen" in kept(run)


def test_a_column_that_nobody_takes_is_forgotten_too():
    file = OFFERS.replace(f"im {SECRET}", "gern")

    run = check(upload(file))

    assert outcomes(run) == ["created", "created"]
    assert "Kanarienpfad" not in kept(run)
    assert "frei" in kept(run)


def test_the_rows_to_mend_say_that_something_stood_there():
    run = commit(check(upload(OFFERS)))

    with refused_rows.workbook(run) as file:
        sheet = openpyxl.load_workbook(file).active
    cells = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
    assert "(nennt eine geschützte Adresse)" in cells
    assert SECRET not in str(cells)


def test_looked_at_once_more_the_row_is_refused_still():
    run = check(check(upload(OFFERS)))

    assert outcomes(run) == ["refused", "created"]
    assert problems(run)[2] == [
        ["Beschreibung", "Hier stand eine geschützte Adresse. Sie bleibt weg."]
    ]


def test_the_address_of_a_shelter_is_forgotten_though_no_place_here_has_it():
    InstitutionKindFactory(name="Schutzeinrichtungen", slug="schutz")
    run = check(
        upload(
            "Name;Art;Straße;PLZ Ort\nFrauenhaus;Schutzeinrichtungen;Stille Gasse 3;44623 Herne\n",
            kind="institutions",
        )
    )

    assert outcomes(run) == ["refused"]
    assert "Stille Gasse" not in kept(run)
    assert "44623" not in kept(run)


def test_so_is_the_one_of_a_house_whose_place_is_protected(secret_place):
    house = InstitutionFactory(name="Zuflucht", kind=InstitutionKindFactory(name="Beratung"))
    house.locations.add(secret_place)
    file = f"Kennung im Portal;Name;Straße\n{house.uuid};Zuflucht;Stille Gasse 3\n"

    run = check(upload(file, kind="institutions"))

    assert outcomes(run) == ["refused"]
    assert "Stille Gasse" not in kept(run)


def test_a_place_that_became_protected_after_the_check_is_forgotten_too(secret_place):
    place = LocationFactory(street="Mispelweg 7", city="Herne")
    run = check(upload(OFFERS.replace(SECRET, "Mispelweg 7")))
    assert outcomes(run) == ["created", "created"]
    type(place).objects.filter(pk=place.pk).update(visibility="protected", district=None)

    run = commit(run)

    assert outcomes(run) == ["refused", "created"]
    assert "Mispelweg" not in str(kept(run).partition("]] ")[0])


def test_the_bytes_of_a_file_go_when_they_are_read_for_certain():
    certain, doubtful = upload(OFFERS), upload("Titel\nGr\x8f\x80\n".encode("latin-1"))

    assert certain.file is None
    assert doubtful.file is not None


def test_nothing_of_a_list_is_kept_longer_than_a_month():
    waiting, done = check(upload(OFFERS)), commit(check(upload(OFFERS)))
    assert done.content is not None
    month_ago = timezone.now() - dt.timedelta(days=31)
    ImportRun.objects.filter(pk=waiting.pk).update(created_at=month_ago)
    ImportRun.objects.filter(pk=done.pk).update(created_at=month_ago, done_at=month_ago)

    tasks.tidy_up()

    assert [run.pk for run in ImportRun.objects.all()] == [done.pk]
    assert ImportRun.objects.get().content is None


@pytest.mark.parametrize("state", ["reading", "checking", "committing"])
def test_a_step_that_no_worker_ever_ended_keeps_no_file_for_good(state):
    run = upload(OFFERS)
    month_ago = timezone.now() - dt.timedelta(days=31)
    ImportRun.objects.filter(pk=run.pk).update(state=state, created_at=month_ago)

    tasks.tidy_up()

    assert not ImportRun.objects.exists()
