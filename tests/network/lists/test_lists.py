"""Any list of the network as a file: whole, safe to open, and only for those who may have it."""

import csv
import datetime as dt
import io
import re

import openpyxl
import pytest
import vobject
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from network.lists import sheets, signs
from network.models import AuditEntry, Contact, Partner
from offers.exchange.exporting.exports import About
from tests.factories.network import (
    AgreementFactory,
    ContactFactory,
    GroupFactory,
    MembershipFactory,
    PartnerFactory,
)
from tests.factories.offers import (
    InstitutionFactory,
    LocationFactory,
    OfferFactory,
    ProtectedLocationFactory,
)

from .cards import plain, read_cards

pytestmark = pytest.mark.django_db
PARTNERS = reverse("admin:network_partner_export")
CONTACTS = reverse("admin:network_contact_export")
TABLES = ["xlsx", "csv", "csv-excel"]
ALL_FORMS = [*TABLES, "vcard", "vcard-4", "labels", "attendance"]
HOSTILE = '=HYPERLINK("x") #import "/etc/passwd" $x^2$ ]] #panic("weg") `code` \\ ; , \x07 ä🙂 عربي'
ABOUT = About("Ansprechpersonen", "", "Karla K")


def export(client, form, address=CONTACTS, query=""):
    response = client.post(f"{address}{query}", {"file_format": form})
    assert response.status_code == 200
    return b"".join(response) if response.streaming else response.content


def rows(data, form):
    """Reopen a table as a program does and return its rows by header."""
    if form == "xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
        header, *lines = sheet.iter_rows(values_only=True)
        return [dict(zip(header, line, strict=True)) for line in lines]
    text = io.StringIO(data.decode("utf-8-sig"), newline="")
    return list(csv.DictReader(text, delimiter=";" if form == "csv-excel" else ","))


def names(client, query=""):
    return [row["Name"] for row in rows(export(client, "xlsx", query=query), "xlsx")]


@pytest.fixture
def person():
    house = InstitutionFactory(name="Familienbüro; Herne, „Mitte“")
    house.locations.add(
        LocationFactory(street="Hölkeskampring 2", postal_code="01625", city="Herne")
    )
    return ContactFactory(
        partner=PartnerFactory(institution=house),
        name="Dr. Jörg van der Müster",
        role="Leitung, Beratung",
        phone="02323 16-1651",
        mobile="+49 1579 0000001",
        email="joerg@example.org",
    )


# What stands in the files ----------------------------------------------------------------


@pytest.mark.parametrize("form", TABLES)
def test_people_come_out_with_umlauts_leading_zeros_and_plus_signs(coordinator, person, form):
    (row,) = rows(export(coordinator, form), form)

    assert row["Name"] == "Dr. Jörg van der Müster"
    assert row["Telefon"] == "02323 16-1651"
    assert row["Mobil"] == "01579 0000001"
    assert row["Postleitzahl"] == "01625"
    assert row["Einrichtung"] == "Familienbüro; Herne, „Mitte“"


@pytest.mark.parametrize("form", TABLES)
def test_no_cell_is_a_formula(coordinator, form):
    ContactFactory(name="=1+1", role="@SUM(A1)", email="", phone="+49 2323 100")

    data = export(coordinator, form)

    if form == "xlsx":
        cells = [
            one for line in openpyxl.load_workbook(io.BytesIO(data)).worksheets[0] for one in line
        ]
        assert {cell.data_type for cell in cells} <= {"s", "n"}
        assert all(cell.data_type == "s" for cell in cells if cell.value is not None)
    else:
        (row,) = rows(data, form)
        assert (row["Name"], row["Aufgabe"]) == ("'=1+1", "'@SUM(A1)")
        assert row["Telefon"] == "02323 100"


def test_a_card_holds_what_an_address_book_needs(coordinator, person):
    MembershipFactory(
        group=GroupFactory(name="Frühe Hilfen, Herne"), partner=person.partner, contact=person
    )

    (card,) = read_cards(export(coordinator, "vcard"))

    assert card["VERSION"] == ["3.0"]
    assert plain(card["FN"][0]) == "Dr. Jörg van der Müster"
    assert card["N"] == ["van der Müster;Jörg;;Dr.;"]
    assert plain(card["ORG"][0]) == "Familienbüro; Herne, „Mitte“"
    assert card["TEL"] == ["+49 2323 161651", "+49 1579 0000001"]
    assert card["ADR"] == [";;Hölkeskampring 2;Herne;;01625;"]
    assert plain(card["CATEGORIES"][0]) == "Frühe Hilfen, Herne"
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", card["UID"][0])
    assert "exportiert von Karla K" in plain(card["NOTE"][0])


@pytest.mark.parametrize(
    ("name", "full", "parts"),
    [
        ("Muster, Max", "Max Muster", ("", "Max", "Muster")),
        (
            "Prof. Dr. h.c. Ayşe Yılmaz",
            "Prof. Dr. h.c. Ayşe Yılmaz",
            ("Prof. Dr. h.c.", "Ayşe", "Yılmaz"),
        ),
        ("von der Heide, Anna", "Anna von der Heide", ("", "Anna", "von der Heide")),
        ("Beck; Eva\\, " + "Ä" * 90, None, None),
    ],
)
def test_another_program_reads_the_card_of_a_person(coordinator, person, name, full, parts):
    Contact.objects.update(name=name, phone="0049 2323 161651 (Mo-Fr, 9-12)")

    card = vobject.readOne(export(coordinator, "vcard").decode())

    card.validate()
    if full:
        assert card.fn.value == full
        assert (card.n.value.prefix, card.n.value.given, card.n.value.family) == parts
    assert card.tel.value == "+49 2323 161651"
    assert card.tel.params["TYPE"] == ["WORK", "VOICE"]
    assert "+49 2323 161651: (Mo-Fr, 9-12)" in [note.value for note in card.note_list]
    assert all(len(line) <= 75 for line in export(coordinator, "vcard").split(b"\r\n"))


def test_institutions_are_cards_of_organisations(coordinator, person):
    (card,) = read_cards(export(coordinator, "vcard-4", PARTNERS))

    assert (card["VERSION"], card["KIND"]) == (["4.0"], ["org"])
    assert plain(card["FN"][0]) == "Familienbüro; Herne, „Mitte“"


def test_nothing_typed_breaks_out_of_a_card(coordinator, person):
    Contact.objects.update(name="A\r\nEND:VCARD\r\nBEGIN:VCARD;x" * 3, role="ß" * 120)

    (card,) = read_cards(export(coordinator, "vcard"))

    assert plain(card["TITLE"][0]) == "ß" * 120
    assert plain(card["FN"][0]).count("END:VCARD") == 3
    assert "\n" not in plain(card["FN"][0])


@pytest.mark.parametrize("make", [sheets.labels, sheets.attendance])
def test_paper_is_tagged_and_german(person, make):
    pdf = make(Contact.objects.for_export(), ABOUT)

    assert pdf.startswith(b"%PDF-")
    assert b"/Lang(de)" in pdf
    assert b"/StructTreeRoot" in pdf
    assert b"pdfuaid:part>1<" in pdf or b'pdfuaid:part="1"' in pdf


@pytest.mark.parametrize("make", [sheets.labels, sheets.attendance])
def test_what_people_typed_stays_text_on_paper(person, make, monkeypatch):
    Contact.objects.update(name=HOSTILE, role=HOSTILE[:120])
    drawn = []
    monkeypatch.setattr(
        sheets, "_pdf", lambda template, _about, **data: drawn.append((template, data))
    )
    make(Contact.objects.for_export(), ABOUT)
    ((template, data),) = drawn
    data = {"title": HOSTILE, "by": HOSTILE, "about": HOSTILE, "fonts": signs.FONTS} | data

    assert signs.tagged_pdf(template, data)  # code in it would stop typst


@pytest.mark.parametrize("make", [sheets.labels, sheets.attendance])
def test_paper_is_tagged_whatever_signs_a_name_has(person, make):
    """A sign that no font of a machine has is a box on paper; the rest stays readable."""
    name = (
        "Ada 😀 👨\u200d👩\u200d👧 漢字 مرحبا שלום ไทย हिन्दी 한국어 Ωμέγα Пётр "
        "z\u0351\u0300 \u0e33\ufe04 \U000e0041 \U0010ffff"
    )
    Contact.objects.update(name=name, role=name)

    pdf = make(Contact.objects.for_export(), ABOUT)

    assert b"pdfuaid:part>1<" in pdf or b'pdfuaid:part="1"' in pdf


def test_only_signs_that_no_font_has_become_boxes(person, monkeypatch):
    monkeypatch.setattr(signs, "known", {"漢": False, "😀": False, "字": True})
    drawn = []
    monkeypatch.setattr(signs, "compiled", lambda _template, data, **_: drawn.append(data))
    Contact.objects.update(name="Müller-Łukasz 漢字 😀\x07")

    sheets.attendance(Contact.objects.for_export(), ABOUT)

    assert drawn[-1]["rows"][0]["name"] == "Müller-Łukasz □字 □"


@pytest.mark.parametrize("form", ["labels", "attendance"])
def test_a_hostile_name_is_no_error(coordinator, person, form):
    Contact.objects.update(name=HOSTILE)

    assert export(coordinator, form).startswith(b"%PDF-")


@pytest.mark.parametrize("form", ALL_FORMS)
@pytest.mark.parametrize("address", [PARTNERS, CONTACTS])
def test_an_empty_list_is_a_file_too(coordinator, address, form):
    data = export(coordinator, form, address)

    if form in TABLES:
        assert rows(data, form) == []
    elif form in {"vcard", "vcard-4"}:
        assert data == b""
    else:
        assert data.startswith(b"%PDF-")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_list_says_when_from_what_and_for_whom(coordinator, person, form):
    data = export(coordinator, form, query="?q=Müster")

    day = f"{timezone.localdate():%d.%m.%Y}"
    if form == "csv":
        (row,) = rows(data, form)
        assert row["Stand der Liste"].startswith(day)
        assert row["Auswahl der Liste"] == "Suche: Müster"
        assert row["exportiert von"] == "Karla K"
    else:
        book = openpyxl.load_workbook(io.BytesIO(data))
        about = dict(book.worksheets[1].iter_rows(values_only=True))
        assert about["Auswahl"] == "Suche: Müster"
        assert about["Exportiert von"] == "Karla K"
        assert about["Stand"].startswith(day)


def test_six_hundred_people_come_out_whole_in_every_form(coordinator):
    partner = PartnerFactory()
    partner.institution.locations.add(LocationFactory(street="Hauptstr. 1"))
    people = [
        Contact(partner=partner, name=f"Ämter {n}", email=f"p{n}@example.org") for n in range(600)
    ]
    Contact.objects.bulk_create(people)

    for form in TABLES:
        assert len(rows(export(coordinator, form), form)) == 600
    assert len(read_cards(export(coordinator, "vcard"))) == 600
    assert len(re.findall(rb"/Type\s*/Page\b", export(coordinator, "labels"))) == 29  # 21 a page


def test_the_number_of_queries_does_not_grow_with_the_list(
    coordinator, person, django_assert_max_num_queries
):
    def queries(address):
        export(coordinator, "xlsx", address)  # what a process asks once
        with django_assert_max_num_queries(20) as asked:
            export(coordinator, "xlsx", address)
        return len(asked)

    def more():
        for _number in range(5):
            MembershipFactory(partner=PartnerFactory(), contact=None)
            ContactFactory()

    more()
    few = [queries(address) for address in (PARTNERS, CONTACTS)]
    more()

    assert [queries(address) for address in (PARTNERS, CONTACTS)] == few


# Who is in them --------------------------------------------------------------------------


def test_people_who_left_are_left_out_unless_somebody_asks(coordinator):
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    ContactFactory(name="Da")
    ContactFactory(name="Weg", until=yesterday)

    assert names(coordinator) == ["Da"]
    assert names(coordinator, "?wer=frueher") == ["Weg"]
    assert sorted(names(coordinator, "?wer=alle")) == ["Da", "Weg"]


def test_a_distribution_list_has_who_represents_a_house_or_else_all_of_it(coordinator):
    group = GroupFactory(slug="fruehe-hilfen")
    named, whole = PartnerFactory(), PartnerFactory()
    speaker = ContactFactory(name="Sprecherin", partner=named)
    ContactFactory(name="Kollege", partner=named)
    ContactFactory(name="Irgendwer", partner=whole)
    ContactFactory(name="Fremd")
    MembershipFactory(group=group, partner=named, contact=speaker)
    MembershipFactory(group=group, partner=whole)
    ended = ContactFactory(name="Ehemals dabei")
    MembershipFactory(group=group, partner=ended.partner, until=dt.date(2020, 1, 1))

    assert sorted(names(coordinator, "?netzwerk=fruehe-hilfen")) == ["Irgendwer", "Sprecherin"]


def test_a_house_whose_speaker_left_does_not_fall_off_the_distribution_list(coordinator):
    group, house = GroupFactory(slug="fruehe-hilfen"), PartnerFactory()
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    gone = ContactFactory(name="Frühere Sprecherin", partner=house, until=yesterday)
    ContactFactory(name="Kollege", partner=house)
    MembershipFactory(group=group, partner=house, contact=gone)

    assert names(coordinator, "?netzwerk=fruehe-hilfen") == ["Kollege"]


def test_people_of_a_closed_house_are_no_longer_there(coordinator):
    house = PartnerFactory()
    ContactFactory(name="Aus dem geschlossenen Haus", partner=house)
    house.institution.archived_on = timezone.localdate()
    house.institution.save()

    assert names(coordinator) == []
    assert names(coordinator, "?wer=frueher") == ["Aus dem geschlossenen Haus"]


@pytest.mark.parametrize(
    "query", ["netzwerk=aufgeloest", "schlagwort=umbenannt", "archiv=quatsch", "art=weg&bezirk=weg"]
)
def test_a_filter_that_is_gone_leads_to_no_file_of_everybody(coordinator, person, query):
    """A list that was kept under a name would else go to all, as if it still were for some."""
    for page in [PARTNERS, PARTNERS.removesuffix("export/")]:
        answer = coordinator.post(f"{page}?{query}", {"file_format": "xlsx"}, follow=True)

        assert "gibt es nicht mehr" in answer.content.decode()
        assert "Content-Disposition" not in answer.headers


def partner_with(**institution):
    return PartnerFactory(institution=InstitutionFactory(**institution))


def having_an_offer():
    partner = partner_with(name="Gesucht")
    OfferFactory(provider=partner.institution, provider_name="", ages=None)
    return partner


def having_an_agreement(until):
    def make():
        partner = partner_with(name="Gesucht")
        end = timezone.localdate() + dt.timedelta(days=until)
        AgreementFactory(partner=partner, valid_until=end)
        return partner

    return make


def labelled():
    partner = partner_with(name="Gesucht")
    partner.labels = ["Lotsin"]
    partner.save()
    return partner


@pytest.mark.parametrize(
    ("make", "query"),
    [
        (labelled, "schlagwort=Lotsin"),
        (having_an_agreement(10), "vereinbarung=laeuft-aus"),
        (having_an_agreement(300), "vereinbarung=gueltig"),
        (having_an_agreement(-3), "vereinbarung=abgelaufen"),
    ],
)
def test_filters_find_the_partner_and_its_people_alike(coordinator, make, query):
    partner = make()
    ContactFactory(name="Gesuchte", partner=partner)
    ContactFactory(name="Andere", partner=partner_with(name="Andere"))

    found = rows(export(coordinator, "xlsx", PARTNERS, f"?{query}"), "xlsx")

    assert [row["Einrichtung"] for row in found] == ["Gesucht"]
    assert names(coordinator, f"?{query}") == ["Gesuchte"]


def test_a_kind_and_a_topic_are_filters_too(coordinator):
    partner = having_an_offer()
    topic = partner.institution.offers.get().topics.first()
    query = f"?art={partner.institution.kind.slug}"
    if topic:
        query += f"&thema={topic.slug}"
    partner_with(name="Andere")

    found = rows(export(coordinator, "xlsx", PARTNERS, query), "xlsx")

    assert [row["Einrichtung"] for row in found] == ["Gesucht"]


@pytest.mark.parametrize("form", ALL_FORMS)
def test_a_protected_address_never_leaves(coordinator, form):
    house = InstitutionFactory(name="Schutzhaus")
    house.locations.add(ProtectedLocationFactory(street="Geheime Gasse 7"))
    ContactFactory(partner=PartnerFactory(institution=house))

    for address in (PARTNERS, CONTACTS):
        data = export(coordinator, form, address)
        if form == "xlsx":
            data = str(rows(data, form)).encode()
        assert b"Geheime" not in data


# Who may have them -----------------------------------------------------------------------


@pytest.fixture
def public_and_internal():
    ContactFactory(
        name="Öffentlich",
        visibility="public",
        consent_given_on=dt.date(2026, 1, 1),
        mobile="0170 1",
    )
    ContactFactory(name="Intern")


def test_without_the_right_only_public_people_come_out(of_role, public_and_internal):
    client = of_role("Administration")

    found = rows(export(client, "xlsx"), "xlsx")

    assert [row["Name"] for row in found] == ["Öffentlich"]
    assert "Sichtbarkeit" not in found[0]
    assert "Ansprechpersonen" not in rows(export(client, "xlsx", PARTNERS), "xlsx")[0]


def test_with_the_right_all_come_out(coordinator, public_and_internal):
    assert sorted(names(coordinator)) == ["Intern", "Öffentlich"]


def test_editors_of_the_directory_get_no_list_of_people(of_role, public_and_internal):
    assert of_role("Redaktion").post(CONTACTS, {"file_format": "xlsx"}).status_code == 403


@pytest.mark.parametrize("form", ALL_FORMS)
def test_each_export_of_people_is_in_the_audit_log(coordinator, person, form):
    export(coordinator, form, query="?q=Müster")

    entry = AuditEntry.objects.get(action="export")
    assert entry.actor_name == "karla"
    assert entry.details["format"] == form
    assert entry.details["count"] == 1
    assert "Müster" not in str(entry.details)


@pytest.mark.parametrize(
    "data", [{}, {"file_format": "exe"}, {"file_format": "attendance", "occasion": "\x00"}]
)
def test_a_nonsensical_wish_is_answered_with_the_form(coordinator, data):
    response = coordinator.post(CONTACTS, data)

    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/html")


def test_the_right_is_the_coordinators_alone():
    holders = Permission.objects.get(codename="export_contacts").group_set.all()

    assert [group.name for group in holders] == ["Koordination"]


def test_partners_are_all_there(coordinator):
    PartnerFactory.create_batch(3)

    assert len(rows(export(coordinator, "csv", PARTNERS), "csv")) == Partner.objects.count() == 3


def test_ticked_rows_and_the_search_lead_to_a_file_too(coordinator):
    house = PartnerFactory(institution=InstitutionFactory(name="Haus"), labels=["Lotsendienst"])
    PartnerFactory(institution=InstitutionFactory(name="Anderes"))

    ticked = coordinator.post(
        reverse("admin:network_partner_changelist"),
        {"action": "export_chosen", "_selected_action": [house.pk]},
    )

    for query in (ticked.url.partition("?")[2], "q=Lotsen", "q=Haus"):
        found = rows(export(coordinator, "xlsx", PARTNERS, f"?{query}"), "xlsx")
        assert [row["Einrichtung"] for row in found] == ["Haus"]


@pytest.mark.parametrize("address", [PARTNERS, CONTACTS])
@pytest.mark.parametrize("page", ["export", ""])
def test_a_file_never_holds_less_than_it_says(coordinator, address, page):
    """A comparison in the address that no filter shows would narrow the list unseen."""
    query = {"pk__exact": "1"}
    list_address = address if page else address.removesuffix("export/")

    assert coordinator.get(list_address, query).status_code == 400
