"""People of the network come in by a list: nobody twice, nobody mixed up, no consent made up."""

import datetime as dt
import io

import openpyxl
import pytest
from django.contrib.auth.models import Group as Role
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from network.models import AuditEntry, Contact, Group, Membership, Partner
from network.newsletters.subscribing import personal_data
from network.people import erasing
from network.people.importing.houses import Houses
from offers.models import ImportRow, ImportRun
from tests.factories.network import ContactFactory, GroupFactory, MembershipFactory, PartnerFactory
from tests.factories.offers import InstitutionFactory
from tests.offers.exchange import imports

pytestmark = pytest.mark.django_db
HEADER = "Name;Einrichtung;Telefon;E-Mail;Netzwerk"
CONSENT = "Einwilligung;Einwilligung am;Wortlaut;Weg"


@pytest.fixture
def house():
    return PartnerFactory(institution__name="Kita Sonnenschein")


@pytest.fixture
def user(django_user_model):
    user = django_user_model.objects.create_user("koordination", is_staff=True)
    user.groups.add(Role.objects.get(name="Koordination"))
    return user


def run_of(*lines, header=HEADER, by=None, **changes):
    text = "\n".join([header, *lines])
    return imports.check(imports.upload(text, kind="people", by=by, **changes))


def brought_in(*lines, **more):
    return imports.commit(run_of(*lines, **more))


def test_a_new_person_gets_number_mailbox_group_and_history(house, user):
    GroupFactory(name="AK Frühe Hilfen")

    run = run_of(
        '"Muster, Dr. Anna";kita sonnenschein;0049 2323 161651;Anna@Kita-Grün.example;'
        "ak frühe hilfen",
        by=user,
    )
    assert imports.outcomes(run) == ["created"], imports.problems(run)
    assert not Contact.objects.exists()
    run = imports.commit(run)

    person = Contact.objects.get()
    assert (person.name, person.partner) == ("Dr. Anna Muster", house)
    assert person.phone == "02323 16-1651"
    assert person.email == "Anna@kita-grün.example"
    assert person.visibility == "internal"
    assert not person.agrees_to_mail
    seat = Membership.objects.get()
    assert (seat.group.name, seat.partner, seat.contact) == ("AK Frühe Hilfen", house, person)
    assert person.history.get().history_user == user
    assert run.file is None
    assert run.content is None
    assert AuditEntry.objects.filter(action="imported", actor=user).exists()


def test_the_parts_of_a_name_come_together():
    PartnerFactory(institution__name="AWO")

    brought_in(
        "Frau;Prof. Dr.;Ayşe;von der Heide;AWO;a@awo.example",
        header="Anrede;Titel;Vorname;Nachname;Organisation;Mail",
    )

    assert Contact.objects.get().name == "Prof. Dr. Ayşe von der Heide"


@pytest.mark.parametrize(
    ("header", "line", "name"),
    [
        ("Vorname;Name;Einrichtung", "Bernd;Kaya;AWO", "Bernd Kaya"),
        ("Name;Vorname;Einrichtung", "von der Heide;Dr. Olga;AWO", "Dr. Olga von der Heide"),
        ("Name;Vorname;Einrichtung", "Martin;Martin;AWO", "Martin Martin"),
        ("Name;Vorname;Einrichtung", "Müller Schmidt (Leitung);Anna;AWO", "Anna Müller Schmidt"),
        ("Ansprechpartner;Vorname;Einrichtung", "Kaya, Bernd;Bernd;AWO", "Bernd Kaya"),
        ("Name;Vorname;Einrichtung", "Dr. Anna Müller, M. A.;;AWO", "Dr. Anna Müller, M. A."),
        ("Titel;Name;Einrichtung", "Dr.;Müller, Anna;AWO", "Dr. Anna Müller"),
        ("Titel;Name;Vorname;Einrichtung", "Dr.;Dr. Müller;Anna;AWO", "Dr. Anna Müller"),
    ],
)
def test_a_first_name_or_title_beside_the_name_is_never_lost(header, line, name):
    PartnerFactory(institution__name="AWO")

    run = brought_in(f"{line};a@awo.example", header=f"{header};E-Mail")

    assert not imports.problems(run)
    assert Contact.objects.get().name == name


def test_two_people_with_one_shared_address_are_two_people(house):
    run = brought_in(
        "Anna Muster;Kita Sonnenschein;;info@kita.example;",
        "Bert Beispiel;Kita Sonnenschein;;info@kita.example;",
    )
    assert imports.outcomes(run) == ["created", "created"]

    again = run_of(
        "Cem Dritter;Kita Sonnenschein;;INFO@kita.example;",
        "Muster, Anna;Kita Sonnenschein;;info@kita.example;",
    )
    assert imports.outcomes(again) == ["created", "unchanged"]


def test_the_same_list_again_changes_nothing(house):
    GroupFactory(name="AK")
    lines = ["Anna Muster;Kita Sonnenschein;02323 161651;anna@kita.example;AK"]
    brought_in(*lines)
    versions = Contact.history.count()

    again = brought_in(*lines)

    assert imports.outcomes(again) == ["unchanged"]
    assert Contact.history.count() == versions
    assert Membership.objects.count() == 1


def test_what_is_empty_here_is_filled_and_what_stands_here_stays(house):
    person = ContactFactory(partner=house, name="Anna Muster", phone="02323 1", role="")

    run = run_of(
        "Anna Muster;Kita Sonnenschein;02323 161651;anna@kita.example;Leitung",
        header="Name;Einrichtung;Telefon;E-Mail;Funktion",
    )
    row = run.rows.get()
    assert (row.outcome, row.target) == ("changed", person.pk)
    assert set(row.changes) == {"email", "role"}
    assert set(row.protected) == {"phone"}
    imports.commit(run)

    person.refresh_from_db()
    assert (person.role, person.phone) == ("Leitung", "02323 1")


@pytest.mark.parametrize(
    ("line", "asks"),
    [
        ("A. Muster;Kita Sonnenschein;;anna@kita.example;", "einem anderen Namen"),
        ("Anna Neu-Verheiratet;Kita Sonnenschein;;anna@kita.example;", "einem anderen Namen"),
        ("Anna Muster;Schule;;anna@kita.example;", "anderen Einrichtung"),
        ("Anna Muster;Schule;;anna@schule.example;", "anderen Einrichtung"),
    ],
)
def test_doubt_is_a_question_and_both_answers_work(house, user, signed_in, line, asks):
    PartnerFactory(institution__name="Schule")
    anna = ContactFactory(partner=house, name="Anna Muster", email="anna@kita.example", role="")
    run = run_of(line, by=user)
    row = run.rows.get()
    assert row.outcome == "question"
    assert asks in row.problems[0][1]
    assert imports.commit(run).rows.get().outcome == "question"
    assert Contact.objects.count() == 1

    for said, outcome in [
        (str(anna.pk), {"changed", "protected", "unchanged"}),
        ("neu", {"created"}),
    ]:
        run = run_of(line, by=user)
        row = run.rows.get()
        page = reverse("admin:offers_importrun_decide", args=[run.pk])
        office = signed_in(Client(), user)
        shown = office.get(reverse("admin:offers_importrun_change", args=[run.pk]))
        assert "ein anderer Mensch" in shown.content.decode()
        office.post(page, {"shown": row.pk, f"answer-{row.pk}": "999999"})
        assert run.rows.get().outcome == "question"  # that is nobody it may be
        office.post(page, {"shown": row.pk, f"answer-{row.pk}": said})
        assert run.rows.get().outcome in outcome
    imports.commit(run)
    assert Contact.objects.count() == 2


def test_the_number_of_an_export_is_the_person_whatever_else_changed(house):
    person = ContactFactory(partner=house, name="Anna Muster")

    run = run_of(
        f"{person.pk};Anna Anders;Kita Sonnenschein;neu@kita.example",
        "999999;Wer;Kita Sonnenschein;wer@kita.example",
        header="Kennung;Name;Einrichtung;E-Mail",
    )

    assert imports.outcomes(run) == ["changed", "refused"]


def test_a_list_may_say_that_somebody_is_new_and_what_is_no_number_or_too_long_is_refused(house):
    ContactFactory(partner=house, name="Anna Muster")

    run = run_of(
        "neu;Anna Muster;Kita Sonnenschein;02323 161651;Leitung",
        "12a;Bert Beispiel;Kita Sonnenschein;02323 161652;Leitung",
        f";Cem Dritter;Kita Sonnenschein;02323 161653;{'Leitung ' * 40}",
        header="Kennung;Name;Einrichtung;Telefon;Funktion",
    )

    assert imports.outcomes(run) == ["created", "refused", "refused"]
    assert "„12a“ ist keine Kennung" in str(imports.problems(run)[3])
    assert "Länger als 120 Zeichen" in str(imports.problems(run)[4])


def test_taking_back_frees_only_the_seats_that_the_list_gave(house):
    for name in ("AK Alt", "AK Neu"):
        GroupFactory(name=name)
    person = ContactFactory(partner=house, name="Anna Muster")
    MembershipFactory(group=Group.objects.get(name="AK Alt"), partner=house, contact=person)
    line = "Anna Muster;Kita Sonnenschein;;;AK Neu"

    run = brought_in(line)
    groups = Membership.objects.open().filter(contact=person).values_list("group__name", flat=True)
    assert sorted(groups) == ["AK Alt", "AK Neu"]
    imports.undo(run)

    assert list(groups.all()) == ["AK Alt"]
    run = run_of(line)
    Membership.objects.all().delete()
    person.delete()
    [row] = imports.commit(run).rows.all()
    assert row.outcome == "refused"
    assert "seit der Prüfung nicht mehr" in row.problems[0][1]


def test_one_person_in_several_rows_is_in_several_groups(house):
    for name in ["AK Eins", "AK Zwei"]:
        GroupFactory(name=name)

    run = brought_in(
        "Anna Muster;Kita Sonnenschein;;anna@kita.example;AK Eins",
        "Muster, Anna;Kita Sonnenschein;;Anna@kita.example;AK Zwei",
    )

    assert imports.outcomes(run) == ["created", "unchanged"]
    groups = Membership.objects.values_list("group__name", flat=True)
    assert (Contact.objects.count(), sorted(groups)) == (1, ["AK Eins", "AK Zwei"])


def test_an_empty_seat_of_the_house_becomes_the_persons(house):
    seat = MembershipFactory(group=GroupFactory(name="AK"), partner=house)

    run = brought_in("Anna Muster;Kita Sonnenschein;;anna@kita.example;AK")

    seat.refresh_from_db()
    assert seat.contact == Contact.objects.get()
    imports.undo(run)
    seat.refresh_from_db()
    assert seat.contact is None


@pytest.mark.parametrize(
    ("cells", "agrees", "told"),
    [
        ("ja;01.03.2026;Ich will Mails.;schriftlich", True, ""),
        (";01.03.2026;Ich will Mails.;schriftlich", True, ""),
        ("ja;;Ich will Mails.;schriftlich", False, "ohne Datum"),
        ("ja;01.03.2026;;", False, "ohne Wortlaut und Angabe, wie sie kam"),
        (";;Ich will Mails.;schriftlich", False, ""),
        ("nein;01.03.2026;Ich will Mails.;schriftlich", False, ""),
    ],
)
def test_a_consent_comes_in_whole_or_not_at_all(house, cells, agrees, told):
    header = f"Name;Einrichtung;E-Mail;{CONSENT}"

    run = brought_in(f"Anna Muster;Kita Sonnenschein;anna@kita.example;{cells}", header=header)

    person = Contact.objects.get()
    assert person.agrees_to_mail is agrees
    assert told in " ".join(run.rows.get().hints)
    if agrees:
        assert person.mail_consent_given_on == dt.date(2026, 3, 1)
        assert (person.mail_consent_text, person.mail_consent_way) == ("Ich will Mails.", "written")
    assert bool(person.mail_consent_withdrawn_on) is cells.startswith("nein")


def test_no_list_overrules_a_no(house):
    person = ContactFactory(
        partner=house,
        name="Anna Muster",
        wants_mail=True,
        mail_consent_withdrawn_on=timezone.localdate(),
    )
    header = f"Name;Einrichtung;{CONSENT}"

    run = brought_in("Anna Muster;Kita Sonnenschein;ja;01.03.2026;Ja;schriftlich", header=header)

    person.refresh_from_db()
    assert not person.agrees_to_mail
    assert "das bleibt" in run.rows.get().hints[0]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Anna Muster;Unbekanntes Haus;;anna@kita.example;", "gibt es hier nicht"),
        ("Anna Muster;Kita Sonnenschein;siehe Homepage;anna@kita.example;", "keine Telefonnummer"),
        ("Anna Muster;Kita Sonnenschein;;anna(at)kita;", "keine E-Mail-Adresse"),
        ("Anna Muster;Kita Sonnenschein;;anna@kita.example;Neuer AK", "Das Netzwerk „Neuer AK“"),
        (";Kita Sonnenschein;;anna@kita.example;", "fehlt diese Angabe"),
        ("Anna Muster;Kita Sonnenschein;;;", "Telefonnummer oder eine E-Mail-Adresse"),
    ],
)
def test_a_row_that_cannot_be_taken_says_why_and_the_others_go_in(house, line, words):
    run = brought_in(line, "Bert Beispiel;Kita Sonnenschein;;bert@kita.example;")

    assert imports.outcomes(run) == ["refused", "created"]
    assert words in str(run.rows.first().problems)
    assert Contact.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("kath. kita st. anna", "Katholische Kita Sankt Anna"),
        ("Evangelischer Kirchenkreis", "Ev. Kirchenkreis"),
        ("Familienbu\u0308ro", "Familienbüro"),
    ],
)
def test_a_house_is_found_however_its_name_is_written(typed, kept):
    house = InstitutionFactory(name=kept)

    assert Houses().find(typed) == house.pk


def test_a_house_that_two_are_called_is_asked_and_its_person_joins(user, signed_in):
    houses = [InstitutionFactory(name=name) for name in ["SONNENSCHULE", "Sonnenschule"]]
    run = imports.upload(f"{HEADER}\nAnna Muster;sonnenschule;;a@s.example;AK Neu", kind="people")
    office = signed_in(Client(), user)
    page = reverse("admin:offers_importrun_columns", args=[run.pk])
    names = HEADER.split(";")
    columns = {f"column_{n}": run.mapping["columns"][name] for n, name in enumerate(names)}

    asked = office.post(page, columns).content.decode()
    assert f"Sonnenschule (Nr. {houses[1].pk})" in asked
    assert "neu anlegen: AK Neu" in asked
    words = {"value_0": f"Sonnenschule (Nr. {houses[1].pk})", "value_1": "+ AK Neu"}
    office.post(page, columns | words)
    run.refresh_from_db()
    run = imports.commit(imports.check(run))

    assert Contact.objects.get().partner.institution == houses[1]
    assert Partner.objects.get().institution == houses[1]
    assert Group.objects.get().name == "AK Neu"


def test_groups_and_consent_can_be_said_for_the_whole_list(house):
    GroupFactory(name="AK")
    defaults = {
        "groups": "AK",
        "mail_agreed": "ja",
        "mail_consent_text": "Ich will Mails.",
        "mail_consent_day": "01.03.2026",
        "mail_consent_way": "schriftlich",
    }

    brought_in(
        "Anna Muster;Kita Sonnenschein;anna@kita.example",
        header="Name;Einrichtung;E-Mail",
        defaults=defaults,
    )

    assert Contact.objects.get().agrees_to_mail
    assert Membership.objects.get().group.name == "AK"


def test_undo_takes_people_away_gives_values_back_and_leaves_what_was_edited(house, user):
    old = ContactFactory(partner=house, name="Alt Bekannt", role="")
    run = brought_in(
        "Anna Muster;Kita Sonnenschein;anna@kita.example;Leitung",
        "Bert Beispiel;Kita Sonnenschein;bert@kita.example;Leitung",
        "Alt Bekannt;Kita Sonnenschein;alt@kita.example;Beratung",
        header="Name;Einrichtung;E-Mail;Funktion",
        by=user,
    )
    bert = Contact.objects.get(name="Bert Beispiel")
    bert.role = "Stellvertretung"
    bert.save()

    imports.undo(run)

    assert list(Contact.objects.order_by("pk")) == [old, bert]
    old.refresh_from_db()
    assert (old.email, old.role) == ("", "")
    assert not Contact.history.filter(name="Anna Muster").exists()


def test_what_changed_here_between_the_dry_run_and_taking_over_is_never_overwritten(house):
    GroupFactory(name="AK")
    anna, bert, cem, dora = (
        ContactFactory(partner=house, name=name, role="", phone="02323 1")
        for name in ("Anna Muster", "Bert Beispiel", "Cem Dritter", "Dora Vier")
    )
    run = run_of(
        "Anna Muster;Kita Sonnenschein;Leitung;;",
        "Bert Beispiel;Kita Sonnenschein;Leitung;;",
        "Cem Dritter;Kita Sonnenschein;Leitung;02323 161652;",
        "Dora Vier;Kita Sonnenschein;Leitung;;AK",
        "Emil Neu;Kita Sonnenschein;Leitung;02323 161655;",
        header="Name;Einrichtung;Funktion;Telefon;Netzwerk",
    )
    Contact.objects.filter(pk=anna.pk).update(role="Beratung")
    erasing.erase(Contact.objects.filter(pk=bert.pk))
    run.rows.filter(target=cem.pk).update(overwrite=True)
    MembershipFactory(group=Group.objects.get(), partner=house, contact=dora)
    run.rows.filter(target=None).update(values={"name": "", "institution": house.institution_id})

    run = imports.commit(run)

    rows = list(run.rows.order_by("line"))  # that of who was erased went with the person
    assert [row.outcome for row in rows] == ["protected", "changed", "changed", "refused"]
    assert rows[0].hints == ["Aufgabe wurde seit der Prüfung hier geändert und bleibt."]
    assert rows[3].problems
    anna.refresh_from_db()
    cem.refresh_from_db()
    assert (anna.role, cem.role, cem.phone) == ("Beratung", "Leitung", "02323 16-1652")
    assert Membership.objects.get(contact=dora)  # no second seat in the same group
    assert not Contact.objects.filter(name__startswith="Emil").exists()


def test_taking_back_a_list_leaves_what_was_edited_and_a_house_that_others_joined(user):
    for name in ("Amt Eins", "Amt Zwei"):
        InstitutionFactory(name=name)
    old = ContactFactory(name="Alt Bekannt", role="", partner__institution__name="Schule")
    run = brought_in(
        "Anna Muster;Amt Eins;;02323 161651;nein;;;",
        "Bert Beispiel;Amt Zwei;;02323 161652;;;;",
        "Alt Bekannt;Schule;Beratung;02323 161653;ja;01.03.2026;Ich will Mails.;schriftlich",
        header=f"Name;Einrichtung;Funktion;Mobil;{CONSENT}",
        by=user,
    )
    old.refresh_from_db()
    assert (old.role, old.agrees_to_mail) == ("Beratung", True)
    old.role = "Leitung"
    old.save()
    second = ContactFactory(
        name="Zweite", partner=Partner.objects.get(institution__name="Amt Zwei")
    )

    imports.undo(run)

    assert set(Contact.objects.all()) == {old, second}
    assert set(Partner.objects.all()) == {old.partner, second.partner}  # the other made one is gone
    old.refresh_from_db()
    assert (old.role, old.mobile) == ("Leitung", "")
    assert old.mail_consent_given_on is None
    [row] = run.rows.filter(is_applied=True)  # something of it stays
    assert row.hints == ["Aufgabe wurde seit dem Import geändert und bleibt."]


def test_taking_back_says_so_where_the_person_is_gone_or_cannot_be_as_before(house):
    reached_by_mail = ContactFactory(partner=house, name="Alt Bekannt", email="", phone="02323 1")
    gone = ContactFactory(partner=house, name="Bert Beispiel", role="")
    run = brought_in(
        "Alt Bekannt;Kita Sonnenschein;;alt@kita.example",
        "Bert Beispiel;Kita Sonnenschein;Leitung;",
        header="Name;Einrichtung;Funktion;E-Mail",
    )
    Contact.objects.filter(pk=reached_by_mail.pk).update(phone="")
    Contact.objects.filter(pk=gone.pk).delete()

    imports.undo(run)

    told = {row.name: (row.is_applied, row.hints) for row in run.rows.all()}
    assert told["Bert Beispiel"] == (False, ["Den Menschen gibt es nicht mehr."])
    stays, [words] = told["Alt Bekannt"]
    assert stays
    assert "Telefonnummer oder eine E-Mail-Adresse" in words
    reached_by_mail.refresh_from_db()
    assert reached_by_mail.email == "alt@kita.example"


def test_a_no_of_a_list_counts_once_and_a_newer_yes_than_a_no_counts(house):
    no = ContactFactory(partner=house, name="Anna Muster", wants_mail=True)
    later = ContactFactory(
        partner=house, name="Bert Beispiel", mail_consent_withdrawn_on=dt.date(2025, 1, 1)
    )
    lines = (
        "Anna Muster;Kita Sonnenschein;nein;;;",
        "Bert Beispiel;Kita Sonnenschein;ja;01.03.2026;Ich will Mails.;schriftlich",
    )
    header = f"Name;Einrichtung;{CONSENT}"
    run = brought_in(*lines, header=header)
    no.refresh_from_db()
    later.refresh_from_db()
    assert (no.agrees_to_mail, later.agrees_to_mail) == (False, True)
    assert no.mail_consent_withdrawn_on

    assert imports.outcomes(run_of(*lines, header=header)) == ["unchanged", "unchanged"]
    imports.undo(run)
    no.refresh_from_db()
    assert no.agrees_to_mail
    assert no.mail_consent_withdrawn_on is None


def test_who_is_erased_is_gone_from_imported_lists_too(house):
    brought_in(
        "Anna Muster;Kita Sonnenschein;;anna@kita.example;",
        "Ohne Haus;Gibt es nicht;;fremd@kita.example;",
    )

    erasing.erase(Contact.objects.all(), "auf Wunsch")
    personal_data.erase("fremd@kita.example", people=[], by=None)

    assert not ImportRow.objects.exists()


@pytest.mark.parametrize(("role", "may"), [("Koordination", True), ("Redaktion", False)])
def test_only_coordinators_see_lists_of_people(client, signed_in, django_user_model, role, may):
    user = django_user_model.objects.create_user("wer", is_staff=True)
    user.groups.add(Role.objects.get(name=role))
    office = signed_in(client, user)
    run = ImportRun.objects.create(kind="people", file_name="x.csv", state="checked")

    page = office.get(reverse("admin:offers_importrun_change", args=[run.pk]))
    upload = office.get(reverse("admin:offers_importrun_add")).content.decode()

    assert (page.status_code == 200) is may
    assert ("Menschen im Netzwerk" in upload) is may


def test_groups_stand_beside_each_other_ticked_with_x_or_ja_or_1(house):
    for name in ["AK Frühe Hilfen", "AK Schule", "Steuerungsgruppe"]:
        GroupFactory(name=name)

    run = brought_in(
        "Anna Muster;Kita Sonnenschein;anna@kita.example;X;;ja",
        "Bert Beispiel;Kita Sonnenschein;bert@kita.example;nein;1;-",
        "Cem Dritter;Kita Sonnenschein;cem@kita.example;;;",
        "Dora Vier;Kita Sonnenschein;dora@kita.example;✓;vielleicht;",
        header="Name;Einrichtung;E-Mail;ak frühe hilfen;AK Schule;Steuerungsgruppe",
    )

    assert imports.outcomes(run) == ["created", "created", "created", "refused"]
    assert imports.problems(run)[5] == [["AK Schule", "„vielleicht“ ist weder ein „x“ noch leer."]]
    seats = Membership.objects.values_list("contact__name", "group__name")
    assert sorted(seats) == [
        ("Anna Muster", "AK Frühe Hilfen"),
        ("Anna Muster", "Steuerungsgruppe"),
        ("Bert Beispiel", "AK Schule"),
    ]


def test_a_column_of_ticks_that_names_no_group_is_asked_and_makes_one(house, user, signed_in):
    GroupFactory(name="AK Schule")
    run = imports.upload(
        "Name;Einrichtung;E-Mail;Verteiler;AK Schule;Runder Tisch\n"
        "Anna Muster;Kita Sonnenschein;a@k.example;;x;x\n",
        kind="people",
    )
    office = signed_in(Client(), user)
    page = reverse("admin:offers_importrun_columns", args=[run.pk])
    keys = ["name", "institution", "email", "groups", "ticked:groups", "ticked:groups"]
    columns = {f"column_{number}": key for number, key in enumerate(keys)}
    assert run.mapping["columns"]["AK Schule"] == "ticked:groups"
    assert "Runder Tisch" not in run.mapping["columns"]

    asked = office.post(page, columns).content.decode()
    assert "neu anlegen: Runder Tisch" in asked
    office.post(page, columns | {"value_0": "+ Runder Tisch"})
    run.refresh_from_db()
    imports.commit(imports.check(run))

    groups = Membership.objects.values_list("group__name", flat=True)
    assert sorted(groups) == ["AK Schule", "Runder Tisch"]


def test_refused_people_are_a_file_that_goes_in_when_mended(house, user, signed_in):
    GroupFactory(name="Steuerungsgruppe")
    run = run_of(
        "Anna Muster;Kita Sonnenschein;siehe Homepage;anna@kita.example;x",
        "Bert Beispiel;Kita Sonnenschein;02323 161651;bert@kita.example;",
        "Cem Dritter;Kita Sonnenschein;;cem(at)kita.example;x",
        header="Name;Einrichtung;Telefon;E-Mail;Steuerungsgruppe",
        by=user,
    )
    office = signed_in(Client(), user)
    page = reverse("admin:offers_importrun_change", args=[run.pk])
    address = reverse("admin:offers_importrun_refused", args=[run.pk])
    assert address in office.get(page).content.decode()

    answer = office.get(address)
    rows = list(openpyxl.load_workbook(io.BytesIO(b"".join(answer))).active.values)
    assert rows[0][4:] == ("Steuerungsgruppe", "Zeile", "Warum abgelehnt")
    assert [(row[0], row[5]) for row in rows[1:]] == [("Anna Muster", "2"), ("Cem Dritter", "4")]
    assert "keine Telefonnummer" in rows[1][6]
    assert "keine E-Mail-Adresse" in rows[2][6]

    mended = openpyxl.Workbook()
    mended.active.append(rows[0])
    mended.active.append([*rows[1][:2], "02323 161651", *rows[1][3:]])
    mended.active.append([*rows[2][:3], "cem@kita.example", *rows[2][4:]])
    mended.save(file := io.BytesIO())
    again = imports.upload(file.getvalue(), kind="people", name="gemendet.xlsx")
    again = imports.commit(imports.check(again))

    assert imports.outcomes(again) == ["created", "created"], imports.problems(again)
    assert Membership.objects.count() == 2


@pytest.mark.parametrize("role", ["Redaktion", "Administration"])
def test_nobody_else_gets_the_refused_people(house, signed_in, django_user_model, role):
    run = run_of("Anna Muster;Kita Sonnenschein;siehe Homepage;anna@kita.example;")
    other = django_user_model.objects.create_user("wer", is_staff=True)
    other.groups.add(Role.objects.get(name=role))

    answer = signed_in(Client(), other).get(
        reverse("admin:offers_importrun_refused", args=[run.pk])
    )

    assert answer.status_code in {403, 404}
