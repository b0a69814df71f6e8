"""An institution says on a phone, by the link of its letter, what of its entries is still true."""

import datetime as dt
from threading import Thread

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lifephases import ages
from network.models import HouseLink
from offers.curation import proposals
from offers.models import ChangeProposal, Feedback, Offer, Schedule
from tests import html_forms
from tests.factories.offers import (
    CostOptionFactory,
    InstitutionFactory,
    OfferFactory,
    OfferPlaceFactory,
    ProtectedLocationFactory,
    ScheduleFactory,
)
from tests.network.asking.conftest import now_of

pytestmark = pytest.mark.django_db


def test_the_page_shows_what_is_due_as_families_read_it_and_folds_the_rest(client, page, entry):
    due = entry(title="Elterncafé", phone="02323 777", cost_kind="free")
    ScheduleFactory(place=OfferPlaceFactory(offer=due, location__street="Marktgasse 3"))
    entry(title="Spielkreis", confirmed_at=timezone.now())
    OfferFactory(title="Von einem anderen Haus")
    entry(title="Noch ein Entwurf", status="draft")

    html = client.get(page).content.decode()

    shown = html.index("Elterncafé"), html.index("1 weiteres Angebot"), html.index("Spielkreis")
    assert list(shown) == sorted(shown)
    for words in (now_of(due).when_words, "Marktgasse 3", "Kostenlos", "02323 777"):
        assert words in html
    assert "Von einem anderen Haus" not in html
    assert "Entwurf" not in html


def test_one_tap_confirms_and_the_family_s_page_says_by_whom_and_since_when(
    client, page, entry, seen
):
    offer = entry(title="Elterncafé")

    answer = client.post(page, {"stimmt": seen(client, page, offer)})

    assert answer.status_code == 303
    told = client.get(answer["Location"]).content.decode()
    assert "„Elterncafé“ ist bestätigt" in told
    assert now_of(offer).confirm_method == "partner"
    assert timezone.localdate(now_of(offer).confirmed_at) == timezone.localdate()
    assert "Bestätigt vom Träger am" in client.get(offer.get_absolute_url()).content.decode()
    newest, before, *_earlier = offer.history.order_by("-history_id")
    assert "vom Träger" in newest.history_change_reason
    assert before.confirm_method == "phone"  # what was before is in the history too


def test_all_stimmt_confirms_what_is_due_and_nothing_else(client, page, entry):
    due = [entry(), entry(), entry()]
    fresh = entry(confirmed_at=timezone.now(), confirm_method="visit")
    foreign = OfferFactory()
    values = [one.seen for one in client.get(page).context["house"].due]

    answer = client.post(page, {"alles": "1", "gesehen": [*values, f"{foreign.pk}-x"]})

    assert "3 Einträge sind bestätigt" in client.get(answer["Location"]).content.decode()
    assert {now_of(one).confirm_method for one in due} == {"partner"}
    assert now_of(fresh).confirm_method == "visit"
    assert now_of(foreign).confirmed_at is None


def test_what_changed_while_they_read_is_not_confirmed_but_shown_again(client, page, entry, seen):
    offer = entry(title="Elterncafé")
    button = seen(client, page, offer)
    Offer.objects.filter(pk=offer.pk).update(phone="+49232399")

    answer = client.post(page, {"stimmt": button})

    assert "inzwischen geändert" in client.get(answer["Location"]).content.decode()
    assert now_of(offer).confirm_method == "phone"


def test_a_colleague_who_taps_the_same_a_moment_later_is_not_told_that_it_changed(
    client, page, entry, seen
):
    """The times and number of an old page are said otherwise as soon as somebody confirmed them."""
    offer = entry(confirmed_at=None, confirm_method="", phone="02323 777 (Mo-Fr 9-12)")
    ScheduleFactory(place=OfferPlaceFactory(offer=offer))
    offer.sources.create(page="https://example.org", year=2020, facts=["schedule", "phone"])
    button = seen(client, page, offer)

    for _person in range(2):
        answer = client.post(page, {"stimmt": button})
        assert "ist bestätigt" in client.get(answer["Location"]).content.decode()


def test_looking_changes_nothing_however_often_a_mail_scanner_looks(client, page, entry):
    offer = entry()
    before, versions = now_of(offer).updated_at, offer.history.count()

    for address in (page, f"{page}?stimmt={offer.pk}&getan=weg", f"{page}/aendern/{offer.pk}"):
        for look in (client.get, client.head):
            assert look(address).status_code == 200

    link = HouseLink.objects.get()
    assert (link.used_count, link.used_at) == (0, None)
    assert now_of(offer).updated_at == before
    assert offer.history.count() == versions
    assert not Feedback.objects.exists()


def test_each_answer_counts_as_a_use(client, page, entry, seen):
    offer = entry()
    client.post(page, {"stimmt": seen(client, page, offer)})
    client.post(page, {"weg": offer.pk})

    assert HouseLink.objects.get().used_count == 2


def test_gone_is_told_to_the_office_once_archives_nothing_and_is_taken_back_by_stimmt_noch(
    client, page, entry, seen, kita
):
    offer = entry(title="Elterncafé")

    for _tap in range(2):
        answer = client.post(page, {"weg": offer.pk})

    assert "nicht mehr gibt" in client.get(answer["Location"]).content.decode()
    [report] = Feedback.objects.open()
    assert (report.offer, report.institution, report.topic) == (offer, kita, "gone")
    assert now_of(offer).status == "published"
    assert offer in Offer.objects.with_open_feedback()  # the pile of the office
    assert client.get(page).context["house"].due == []  # now it is the office's turn

    client.post(page, {"stimmt": seen(client, page, offer)})
    assert not Feedback.objects.open().exists()


def test_a_note_reaches_the_office_once_with_the_house_and_every_word(client, page, kita):
    for _tap in range(2):
        answer = client.post(page, {"nachricht": "1", "note": "Fragen Sie Frau Aydın."})

    assert (
        "Ihre Nachricht liegt bei der Redaktion" in client.get(answer["Location"]).content.decode()
    )
    [note] = Feedback.objects.open().about_a_house()
    assert (note.institution, note.message) == (kita, "Fragen Sie Frau Aydın.")


def form_of(client, address):
    return html_forms.form_of(client.get(address), "aendern")


def test_a_changed_time_and_price_reach_the_office_are_accepted_and_families_read_them(
    client, page, entry, kita, signed_in
):
    offer = entry(
        title="Elterncafé", phone="02323 777", cost_kind="paid", schedule_text="dienstags"
    )
    CostOptionFactory(offer=offer, amount=4)
    place = OfferPlaceFactory(offer=offer)
    ScheduleFactory(place=place)
    address = f"{page}/aendern/{offer.pk}"
    fields = form_of(client, address)
    assert "16–18 Uhr" in fields["when"][0].replace(" bis ", "–")
    assert fields["cost"] == ["4 Euro"]

    fields |= {"when": "mittwochs 9 bis 11 Uhr", "cost": "5 Euro", "note": "Seit dem Umzug."}
    answer = client.post(address, fields)

    assert "liegt bei der Redaktion" in client.get(answer["Location"]).content.decode()
    assert now_of(offer).schedule_text == "dienstags"  # nothing changes by itself
    [proposal] = ChangeProposal.objects.open()
    assert (proposal.institution, proposal.by, proposal.reason) == (kita, None, "Seit dem Umzug.")

    office = User.objects.create_user("redaktion", is_staff=True)
    office.groups.add(Group.objects.get(name="Redaktion"))
    desk = signed_in(Client(), office)
    shown = desk.get(reverse("admin:offers_changeproposal_change", args=[proposal.pk]))
    assert "Kita Sonnenschein" in shown.content.decode()
    desk.post(reverse("admin:offers_changeproposal_decide", args=[proposal.pk]), {"_accept": "1"})

    [wish] = Feedback.objects.open()  # in no field, so it is still to be done
    assert (wish.offer, wish.institution, wish.message) == (offer, kita, "Seit dem Umzug.")
    families = client.get(offer.get_absolute_url()).content.decode()
    assert now_of(offer).when_words == "Mi 9–11 Uhr"
    assert "Mi 9–11 Uhr" in families
    assert "5 Euro" in families
    assert "16–18" not in families
    assert "02323 777" in families
    assert "Bestätigt vom Träger am" in families


def test_the_age_is_read_with_the_rest_and_put_right_in_the_words_of_a_house(client, page, entry):
    offer = entry(ages=ages.span(14 * 12, None))
    address = f"{page}/aendern/{offer.pk}"
    assert "ab 14 Jahren" in client.get(page).content.decode()
    fields = form_of(client, address)
    assert fields["ages"] == ["ab 14 Jahren"]

    for unreadable in ("Schulkinder", ""):
        refused = client.post(address, fields | {"ages": unreadable}).content.decode()
        assert f"„{unreadable}“ ist kein Alter wie" in refused
    client.post(address, fields | {"ages": "12 bis 17 Jahre"})

    assert (
        "<li>Alter: 12–17 Jahre</li>" in client.get(page).content.decode()
    )  # waits for the office
    [proposal] = ChangeProposal.objects.open()
    proposals.accept(proposal, by=None)
    assert now_of(offer).age_words == "12–17 Jahre"
    assert now_of(offer).confirm_method == "partner"


def test_times_become_dates_at_their_place_and_stay_words_where_that_is_in_doubt(
    client, page, entry
):
    """One place meets on Tuesdays until summer, the other on Fridays and by arrangement."""
    offer = entry(schedule_text="nach Absprache")
    hall, park = OfferPlaceFactory(offer=offer), OfferPlaceFactory(offer=offer)
    moved = ScheduleFactory(place=hall, ends_on=dt.date(2030, 7, 1), note="im Saal")
    ScheduleFactory(place=park, rrule="FREQ=WEEKLY;BYDAY=FR")
    tidy = Schedule.objects.order_by("pk").values_list("place", "rrule", "ends_on", "note")
    address = f"{page}/aendern/{offer.pk}"

    def say(old, new):
        fields = form_of(client, address)
        assert old in fields["when"][0]
        for _tap in range(2):
            client.post(address, fields | {"when": fields["when"][0].replace(old, new)})
        [proposal] = ChangeProposal.objects.open()  # the very same once
        proposals.accept(proposal, by=None)

    say("Di 16–18 Uhr, im Saal", "mittwochs 9 bis 11 Uhr, im Saal; donnerstags 9 Uhr")
    assert list(tidy.all()) == [
        (hall.pk, "FREQ=WEEKLY;BYDAY=WE", moved.ends_on, "im Saal"),
        (park.pk, "FREQ=WEEKLY;BYDAY=FR", None, ""),
        (hall.pk, "FREQ=WEEKLY;BYDAY=TH", None, ""),
    ]
    assert now_of(offer).schedule_text == "nach Absprache"

    say("Fr 16–18 Uhr", "freitags nach Wetter")
    assert [row[0] for row in tidy.all()] == [hall.pk, hall.pk]
    assert now_of(offer).schedule_text == "freitags nach Wetter; nach Absprache"


def test_only_what_somebody_changed_is_proposed_whatever_the_office_did_meanwhile(
    client, page, entry
):
    offer = entry(phone="02323 777", email="alt@kita.de")
    address = f"{page}/aendern/{offer.pk}"
    fields = form_of(client, address)
    Offer.objects.filter(pk=offer.pk).update(phone="+492323888")

    client.post(address, fields | {"email": "neu@kita.de"})
    proposals.accept(ChangeProposal.objects.get(), by=None)

    assert (now_of(offer).phone, now_of(offer).email) == ("02323 888", "neu@kita.de")


def test_why_a_change_was_declined_is_read_by_who_proposed_it_until_the_entry_is_confirmed(
    client, page, entry, seen
):
    ProtectedLocationFactory(street="Kanarienpfad 88")
    offer = entry(email="alt@kita.de")
    address = f"{page}/aendern/{offer.pk}"
    client.post(address, form_of(client, address) | {"email": "neu@kita.de"})
    proposals.decline(ChangeProposal.objects.get(), None, "Die Adresse nimmt keine Post an.")

    assert "Die Adresse nimmt keine Post an." in client.get(page).content.decode()
    ChangeProposal.objects.update(answer="Kanarienpfad 88 bleibt geheim.")
    assert "Kanarienpfad" not in client.get(page).content.decode()

    client.post(page, {"stimmt": seen(client, page, offer)})
    assert "nicht übernommen" not in client.get(page).content.decode()


def test_what_a_house_contradicts_it_no_longer_vouches_for_and_a_colleague_reads_what_was_sent(
    client, page, entry, seen
):
    ProtectedLocationFactory(street="Kanarienpfad 88")
    offer = entry(phone="02323 777", email="alt@kita.de", schedule_text="dienstags")
    button = seen(client, page, offer)
    client.post(page, {"stimmt": button})
    families = offer.get_absolute_url()
    assert "Bestätigt vom Träger am" in client.get(families).text

    address = f"{page}/aendern/{offer.pk}"
    new = {"phone": "02323 999", "email": "", "when": "mittwochs 10 bis 12 Uhr"}
    client.post(address, form_of(client, address) | new | {"note": "Kanarienpfad 88"})

    assert "Bestätigt" not in client.get(families).text
    shown = client.get(page).text
    assert "Telefon: 02323 999" in shown
    assert "mittwochs 10 bis 12 Uhr" in shown
    assert "E-Mail: nicht mehr alt@kita.de" in shown
    assert "Kanarienpfad" not in shown
    assert 'name="stimmt"' not in shown
    told = client.get(client.post(page, {"stimmt": button})["Location"]).text  # an older page
    assert "Noch nicht bestätigt" in told
    assert now_of(offer).confirmed_at is None

    proposals.accept(ChangeProposal.objects.get(), by=None)
    assert "Bestätigt vom Träger am" in client.get(families).text
    assert 'name="stimmt"' in client.get(page).text

    client.post(page, {"weg": offer.pk})
    told = client.get(families).text
    assert "Bestätigt" not in told
    assert "Bitte fragen Sie vorher nach" in told


def test_a_change_taken_over_in_part_confirms_nothing_and_its_house_reads_what_was_left(
    client, page, entry, seen
):
    offer = entry(phone="02323 777", email="alt@kita.de")
    address = f"{page}/aendern/{offer.pk}"
    changed = {"phone": "02323 999", "email": "neu@kita.de"}
    client.post(address, form_of(client, address) | changed)

    proposals.accept(ChangeProposal.objects.get(), by=None, left=["root.phone"])

    now = now_of(offer)
    assert (now.phone, now.email) == ("02323 777", "neu@kita.de")
    assert now.confirmed_at == offer.confirmed_at, (
        "the house has just said that its number is wrong"
    )
    assert "zum Teil übernommen. Nicht übernommen: Telefon" in client.get(page).text
    client.post(page, {"stimmt": seen(client, page, offer)})
    assert "Nicht übernommen" not in client.get(page).text


def test_two_people_with_one_letter_change_one_entry_and_both_are_heard(client, page, entry):
    offer = entry(phone="02323 777")
    address = f"{page}/aendern/{offer.pk}"
    first, second = form_of(client, address), form_of(client, address)

    client.post(address, first | {"email": "buero@kita.de"})
    client.post(address, second | {"when": "montags"})
    for proposal in ChangeProposal.objects.open():
        proposals.accept(proposal, by=None)

    assert (now_of(offer).email, now_of(offer).schedule_text) == ("buero@kita.de", "montags")


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("note", "x" * 10_000),
        ("when", "x" * 10_000),
        ("cost", "x" * 10_000),
        ("phone", "siehe Homepage"),
        ("email", "keine Adresse"),
        ("note", "a\x00b"),
        ("when", "a\x00b"),
        ("cost_kind", "viel"),
    ],
)
def test_what_cannot_be_taken_is_said_and_nothing_typed_is_lost(client, page, entry, name, typed):
    offer = entry()
    address = f"{page}/aendern/{offer.pk}"
    fields = form_of(client, address) | {"email": "neu@kita.de", name: typed}

    answer = client.post(address, fields)

    assert answer.status_code == 200
    html = answer.content.decode()
    assert "Bitte prüfen Sie Ihre Angaben" in html
    assert typed in html or name == "cost_kind"
    assert "neu@kita.de" in html or name == "email"
    assert not ChangeProposal.objects.exists()


@pytest.mark.parametrize("typed", ["x" * 10_000, "a\x00b", "", "  "])
def test_a_note_that_cannot_be_taken_stays_in_its_field(client, page, typed):
    answer = client.post(page, {"nachricht": "1", "note": typed})

    assert answer.status_code == 200
    assert typed.strip() in answer.content.decode()
    assert not Feedback.objects.exists()


def test_nothing_changed_is_said_and_a_note_alone_is_a_message(client, page, entry, kita):
    offer = entry()
    address = f"{page}/aendern/{offer.pk}"
    fields = form_of(client, address)

    assert "noch nichts geändert" in client.post(address, fields).content.decode()
    client.post(address, fields | {"note": "Der Eingang ist hinten."})

    assert not ChangeProposal.objects.exists()
    assert Feedback.objects.get().message == "Der Eingang ist hinten."


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"stimmt": "x"},
        {"stimmt": "1\x00"},
        {"stimmt": "9" * 400},
        {"stimmt": "-1-x"},
        {"weg": "²"},
        {"weg": "9" * 30},
        {"alles": "1"},
        {"gesehen": "-"},
    ],
)
def test_an_answer_that_means_nothing_does_nothing_and_is_told(client, page, entry, sent):
    offer = entry()

    answer = client.post(page, sent)

    assert "nichts geschehen" in client.get(answer["Location"]).content.decode()
    assert now_of(offer).confirm_method == "phone"


def test_entries_of_other_houses_cannot_be_answered_for(client, page, entry):
    foreign = OfferFactory(provider=InstitutionFactory(), provider_name="")

    for sent in ({"weg": foreign.pk}, {"stimmt": f"{foreign.pk}-x"}):
        client.post(page, sent)
    client.post(f"{page}/aendern/{foreign.pk}", {"cost_kind": "free", "when": "nie"})

    assert not Feedback.objects.exists()
    assert not ChangeProposal.objects.exists()
    assert now_of(foreign).confirmed_at is None


def test_a_protected_address_stands_nowhere_on_the_pages(client, page, entry):
    place = ProtectedLocationFactory(street="Kanarienpfad 88", name="Haus Schutz")
    offer = entry(title="Wohnen auf Zeit")
    OfferPlaceFactory(offer=offer, location=place, note="hinter dem Park")

    for address in (page, f"{page}/aendern/{offer.pk}"):
        html = client.get(address).content.decode()
        assert "Wohnen auf Zeit" in html
        assert "Ort ist geschützt" in html or address != page
        for secret in ("Kanarienpfad", "Haus Schutz", "hinter dem Park"):
            assert secret not in html


@pytest.mark.django_db(transaction=True)
def test_two_people_who_say_gone_at_the_same_moment_are_one_report(page, entry):
    offer = entry()

    def say():
        try:
            Client().post(page, {"weg": offer.pk})
        finally:
            connection.close()

    people = [Thread(target=say) for _ in range(4)]
    for one in people:
        one.start()
    for one in people:
        one.join()

    assert Feedback.objects.count() == 1
    assert HouseLink.objects.get().used_count == 4


def test_an_institution_of_many_entries_costs_no_more_queries(
    client, page, entry, django_assert_max_num_queries
):
    for number in range(6):
        offer = entry(title=f"Kurs {number}")
        ScheduleFactory(place=OfferPlaceFactory(offer=offer))

    with django_assert_max_num_queries(22):
        client.get(page)


def test_who_confirmed_long_ago_is_asked_again_who_did_today_is_not(client, page, entry, seen):
    offer = entry()
    client.post(page, {"stimmt": seen(client, page, offer)})

    assert not Offer.objects.due().filter(pk=offer.pk).exists()
    assert Offer.objects.due(timezone.localdate() + dt.timedelta(days=190)).exists()
