"""Any list as a file: complete, safe to open, and the same when it comes back."""

import csv
import datetime as dt
import io

import openpyxl
import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kekiz_portal.lib.rich_text import stored
from offers.models import ContactPoint, Editorship, Location, Offer
from offers.models.signals import exported
from tests.factories.offers import (
    CostOptionFactory,
    DistrictFactory,
    InstitutionFactory,
    LocationFactory,
    OfferFactory,
    OfferPlaceFactory,
    ProtectedLocationFactory,
    TopicFactory,
)
from tests.offers.exchange.imports import check, outcomes, problems, upload

pytestmark = pytest.mark.django_db
FORMATS = ["xlsx", "csv", "csv-excel"]
OFFERS = reverse("admin:offers_offer_export")


@pytest.fixture
def of_role(client, signed_in):
    """Sign somebody of a role in: of_role("Redaktion") -> client."""

    def sign_in(role):
        user = User.objects.create_user("person", is_staff=True, first_name="Ada", last_name="K")
        user.groups.add(Group.objects.get(name=role))
        return signed_in(client, user)

    return sign_in


@pytest.fixture
def office(of_role):
    return of_role("Redaktion")


def export(client, file_format, address=OFFERS):
    response = client.post(address, {"file_format": file_format})
    assert response.status_code == 200, response.content
    return b"".join(response.streaming_content)


def rows(data, file_format):
    """Reopen a file as a program does and return its rows by header."""
    if file_format == "xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
        header, *lines = sheet.iter_rows(values_only=True)
        return [dict(zip(header, line, strict=True)) for line in lines]
    delimiter = ";" if file_format == "csv-excel" else ","
    text = data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


@pytest.fixture
def full():
    """Offers with all that makes a file difficult."""
    provider = InstitutionFactory(name="Familienbüro; Herne, „Mitte“")
    offer = OfferFactory(
        title='Eltern-"Café", Wanne',
        provider=provider,
        provider_name="",
        description="<p>Erste Zeile</p>\r\n<p>zweite; Zeile</p>",
        teaser="=HYPERLINK(1)",
        cost_note="'=schon mit Strich",
        how_to_apply="- einfach kommen\n- oder anrufen",
        phone="02323 16-1651",
        valid_from=dt.date(2026, 12, 31),
        languages=["de", "tr"],
        access_modes=["open", "registration"],
        audience=["parents"],
        anonymous_possible=True,
        topics=[TopicFactory(name="Kultur, Musik"), TopicFactory(name="Sprache")],
    )
    CostOptionFactory(offer=offer, amount="4.50")
    CostOptionFactory(offer=offer, amount="10", label="je Termin")
    district = DistrictFactory(name="Wanne", level="locality")
    location = LocationFactory(street="Hauptstr. 1", postal_code="44649", district=district)
    OfferPlaceFactory(offer=offer, location=location)
    OfferPlaceFactory(offer=offer, location=LocationFactory(name="Haus, 2. Stock"))
    OfferFactory(
        title="+Plus",
        phone="+49 2323 16 1651",
        notes="geheim: intern",
        certainty="vage",
        description=stored("Für Eltern.\n\nMit Kind & Kegel"),
    )
    return offer


@pytest.mark.parametrize("file_format", FORMATS)
def test_telephone_numbers_and_special_signs_are_the_same_when_reopened(office, full, file_format):
    found = {row["Titel"]: row for row in rows(export(office, file_format), file_format)}

    own = found['Eltern-"Café", Wanne']
    assert own["Telefon"] == "02323 16-1651"
    assert own["Anbieter"] == "Familienbüro; Herne, „Mitte“"
    assert own["Themen"] == "Kultur, Musik | Sprache"
    plus = found["+Plus" if file_format == "xlsx" else "'+Plus"]
    assert plus["Telefon"] == "02323 16-1651"
    said = "<p>Für Eltern.</p>\n<p>Mit Kind &amp; Kegel</p>"
    said = said if file_format == "csv" else "Für Eltern.\n\nMit Kind & Kegel"
    assert plus["Beschreibung"] == said


@pytest.mark.parametrize("file_format", FORMATS)
def test_what_was_exported_comes_back_as_unchanged(office, full, file_format):
    data = export(office, file_format)

    run = check(upload(data, name=f"liste.{file_format[:4].rstrip('-')}"))

    assert outcomes(run) == ["unchanged", "unchanged"], (
        problems(run),
        [(row.changes, row.protected) for row in run.rows.all()],
    )


@pytest.mark.parametrize("file_format", FORMATS)
def test_institutions_come_back_as_unchanged_too(office, file_format):
    house = InstitutionFactory(name="Haus", phone="02323 100", languages=["de"])
    house.locations.add(LocationFactory(name="Hof", postal_code="44623"))
    InstitutionFactory(name="Teil", parent=house)
    address = reverse("admin:offers_institution_export")

    run = check(upload(export(office, file_format, address), kind="institutions", name="l"))

    assert outcomes(run) == ["unchanged", "unchanged"], problems(run)


def test_a_change_in_an_exported_file_is_taken_unless_the_entry_was_edited_since(office, full):
    data = export(office, "csv").decode()
    changed = data.replace("02323 16-1651", "02323 16-1652")

    assert "changed" in outcomes(check(upload(changed)))
    Offer.objects.filter(pk=full.pk).update(updated_at=dt.datetime(2099, 1, 1, tzinfo=dt.UTC))
    full.refresh_from_db()
    full.history.create(
        **{f.attname: getattr(full, f.attname) for f in Offer.history.model.tracked_fields},
        history_date=dt.datetime(2099, 1, 1, tzinfo=dt.UTC),
        history_type="~",
        history_user=User.objects.get(),
    )
    assert "protected" in outcomes(check(upload(changed)))


def test_formulas_are_text_in_every_file(office, full):
    sheet = openpyxl.load_workbook(io.BytesIO(export(office, "xlsx"))).worksheets[0]
    assert {cell.data_type for line in sheet.iter_rows() for cell in line} <= {"s", "n", "d"}
    for file_format in ("csv", "csv-excel"):
        cells = [c for row in rows(export(office, file_format), file_format) for c in row.values()]
        assert "'=HYPERLINK(1)" in cells
        assert not [cell for cell in cells if cell.startswith(("=", "@", "\t", "\r"))]


def test_german_excel_gets_semicolons_decimal_commas_and_its_dates(office):
    offer = OfferFactory(title="A", valid_from=dt.date(2026, 12, 31))
    CostOptionFactory(offer=offer, amount="4.5")

    data = export(office, "csv-excel")

    row = rows(data, "csv-excel")[0]
    assert data.startswith(b"\xef\xbb\xbf")
    assert (row["gültig ab"], row["Preise in Euro"]) == ("31.12.2026", "4,50")
    plain = rows(export(office, "csv"), "csv")[0]
    assert (plain["gültig ab"], plain["Preise in Euro"]) == ("2026-12-31", "4.50")


def test_programs_get_csv_after_rfc_4180(office):
    OfferFactory(title='A "B", C', how_to_apply="1\n2")

    data = export(office, "csv")

    assert data.count(b"\r\n") == 2
    assert b'"A ""B"", C"' in data


def test_a_workbook_is_ready_to_read_and_says_what_it_is(office):
    OfferFactory(title="A", valid_from=dt.date(2026, 12, 31))

    book = openpyxl.load_workbook(io.BytesIO(export(office, "xlsx", f"{OFFERS}?status=published")))

    sheet, about = book.worksheets
    assert (sheet.title, sheet.freeze_panes, sheet["A1"].font.bold) == ("Angebote", "B2", True)
    header = [cell.value for cell in sheet[1]]
    assert sheet.cell(2, header.index("gültig ab") + 1).value == dt.datetime(2026, 12, 31)  # noqa: DTZ001
    said = dict(about.iter_rows(values_only=True))
    assert (said["Exportiert von"], said["Auswahl"]) == ("Ada K", "Status: veröffentlicht")


def test_the_file_holds_exactly_the_filtered_list(office):
    OfferFactory(title="da")
    OfferFactory(title="Entwurf", status="draft")
    chosen = OfferFactory(title="angekreuzt", status="draft")

    def titles(query):
        return {row["Titel"] for row in rows(export(office, "csv", OFFERS + query), "csv")}

    assert titles("?status=published") == {"da"}
    assert titles("?q=Entwurf") == {"Entwurf"}
    assert titles(f"?auswahl={chosen.pk}&o=4.-5&p=7") == {"angekreuzt"}
    assert titles("") == {"angekreuzt", "da", "Entwurf"}


@pytest.mark.parametrize("query", ["?auswahl=x", "?auswahl=1%00", "?gibtesnicht=1", "?q=%00"])
def test_a_nonsense_address_is_no_crash(office, query):
    assert office.get(OFFERS + query).status_code in {200, 302, 400}


def test_the_list_offers_its_export_with_its_filters_and_for_ticked_rows(office):
    offer = OfferFactory()
    address = reverse("admin:offers_offer_changelist")

    page = office.get(address + "?status=published").content.decode()
    assert f"{OFFERS}?status=published" in page
    data = {"action": "export_chosen", "_selected_action": [offer.pk], "index": 0}
    assert office.post(address, data).url == f"{OFFERS}?auswahl={offer.pk}"
    everything = data | {"select_across": "1"}
    assert office.post(address + "?q=An", everything).url == f"{OFFERS}?q=An"


INTERNAL = {
    "interne Notiz",
    "Wie sicher?",
    "verantwortlich",
    "interne Kontakte",
    "Kontakte für Fachkräfte",
    "nächste Prüfung",
    "zuletzt bestätigt am",
}


def with_secrets():
    offer = OfferFactory(notes="Notiz-X", certainty="Vage-X", provider=InstitutionFactory())
    offer.provider_name = ""
    offer.save()
    for visibility in ContactPoint.Visibility:
        ContactPoint.objects.create(
            offer=offer, label=f"{visibility}-X", phone="1", visibility=visibility
        )
    return offer


def test_internal_columns_are_there_for_editors(office):
    with_secrets()

    assert set(rows(export(office, "csv"), "csv")[0]) >= INTERNAL


@pytest.mark.parametrize(
    ("role", "file_format"), [("Koordination", "xlsx"), ("Träger-Redaktion", "csv-excel")]
)
def test_internal_columns_are_not_there_for_others(of_role, role, file_format):
    offer = with_secrets()
    client = of_role(role)
    Editorship.objects.create(user=User.objects.get(), institution=offer.provider)

    row = rows(export(client, file_format), file_format)[0]

    assert not INTERNAL & set(row)
    said = " ".join(str(value) for value in row.values())
    assert [
        one for one in ("Notiz-X", "Vage-X", "internal-X", "professionals-X") if one in said
    ] == []
    assert "public-X" in said


def test_editors_of_a_provider_export_only_their_own_entries(of_role):
    own, foreign = InstitutionFactory(name="eigene"), InstitutionFactory(name="fremde")
    OfferFactory(title="mein", provider=own, provider_name="")
    stranger = OfferFactory(title="fremd", provider=foreign, provider_name="")
    client = of_role("Träger-Redaktion")
    Editorship.objects.create(user=User.objects.get(), institution=own)

    titles = [row["Titel"] for row in rows(export(client, "csv"), "csv")]
    foreign_file = rows(export(client, "csv", f"{OFFERS}?auswahl={stranger.pk}"), "csv")
    houses = rows(export(client, "csv", reverse("admin:offers_institution_export")), "csv")

    assert (titles, foreign_file) == (["mein"], [])
    assert [house["Name"] for house in houses] == ["eigene"]


@pytest.mark.parametrize("file_format", FORMATS)
def test_a_protected_address_is_in_no_file_and_a_hidden_one_only_as_its_district(
    office, file_format
):
    hidden = LocationFactory(
        street="Versteckweg 1",
        name="Versteck",
        postal_code="44623",
        visibility=Location.Visibility.DISTRICT,
        district=DistrictFactory(name="Sodingen", level="locality"),
    )
    OfferPlaceFactory(offer=OfferFactory(title="A"), location=hidden)
    secret = ProtectedLocationFactory(street="Geheimweg 1", name="Frauenhaus")
    OfferPlaceFactory(offer=OfferFactory(title="B"), location=secret)
    house = InstitutionFactory()
    house.locations.add(secret)

    offers = rows(export(office, file_format), file_format)
    houses = rows(
        export(office, file_format, reverse("admin:offers_institution_export")), file_format
    )

    said = " ".join(str(value) for row in offers + houses for value in row.values())
    assert [one for one in ("Versteck", "44623", "Geheim", "Frauenhaus") if one in said] == []
    assert offers[0]["Stadtteil"] == "Sodingen"


def test_each_export_is_told_with_who_what_and_how_many(office):
    OfferFactory()
    told = []

    def listener(sender, **what):
        told.append({key: what[key] for key in ("actor", "what", "count", "format", "filters")})

    exported.connect(listener)
    export(office, "xlsx", f"{OFFERS}?q=Angebot")
    exported.disconnect(listener)

    actor = User.objects.get()
    expected = {"actor": actor, "what": "offers.Offer", "count": 1, "format": "xlsx"}
    assert told == [expected | {"filters": {"q": "Angebot"}}]


def test_a_long_list_needs_no_more_queries_than_a_short_one(office):
    counted = []
    for more in (2, 1, 9):  # what a process asks once is asked the first time
        OfferFactory.create_batch(more, topics=[TopicFactory()])
        with CaptureQueriesContext(connection) as queries:
            export(office, "xlsx")
        counted.append(len(queries))

    assert counted[1] == counted[2] < 45


@pytest.mark.parametrize(
    ("kind", "file_format"),
    [("offers", "xlsx"), ("offers", "csv-excel"), ("institutions", "csv")],
)
def test_the_whole_directory_comes_back_as_unchanged(herne, office, kind, file_format):
    address = reverse(f"admin:offers_{kind[:-1]}_export")

    run = check(upload(export(office, file_format, address), kind=kind, name="liste"))

    odd = [(row.name, row.problems, row.changes) for row in run.rows.exclude(outcome="unchanged")]
    assert odd == []
    assert run.total > 100
