"""One letter a house and week with all its entries that are due, whoever and however many send."""

import datetime as dt
import re
import smtplib
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from kekiz_portal.lib import mails
from network.asking import letters, whom
from network.models import AddressHealth, Bounce, HouseLetter, HouseLink
from network.newsletters.bounces import scoring
from network.newsletters.bounces.recognising import recognise
from network.newsletters.sending.return_addresses import delivery_id_in
from offers.models import Institution
from tests import html_forms
from tests.factories.network import ContactFactory, PartnerFactory
from tests.factories.offers import InstitutionFactory, OfferFactory
from tests.network.newsletters.bounces.samples import POSTFIX, mail

pytestmark = pytest.mark.django_db
LINK = re.compile(r"https?://[^/\s]+(/partner/\S+)")
PARTNERS = reverse("admin:network_partner_changelist")
HOUSES = reverse("admin:offers_institution_changelist")
LETTERS = reverse("admin:network_houseletter_changelist")


@pytest.fixture
def house(kita, entry):
    """The house with a mailbox and two entries that are due."""
    kita.email = "info@kita.de"
    kita.save()
    entry(title="Elterncafé")
    entry(title="Spielkreis")
    entry(title="Frisch bestätigt", confirmed_at=timezone.now())
    return PartnerFactory(institution=kita)


def ask_all():
    return letters.ask(Institution.objects.all())


def a_week_later():
    """Let the letters there are be a week old."""
    for letter in HouseLetter.objects.all():
        letter.week = letters.week_from(letter.week.lower - dt.timedelta(days=7))
        letter.save()


def test_a_house_gets_one_letter_with_all_that_is_due_and_its_link_opens_its_page(
    house, client, mailoutbox
):
    assert ask_all() == 1
    letters.send_waiting()

    [sent] = mailoutbox
    assert sent.to == ["info@kita.de"]
    assert sent.subject == "Stimmen Ihre 2 Angebote noch? Kita Sonnenschein"
    assert "- Elterncafé\n- Spielkreis\n" in sent.body
    assert "Frisch bestätigt" not in sent.body
    opened = client.get(LINK.search(sent.body)[1])
    assert [one.offer.title for one in opened.context["house"].due] == ["Elterncafé", "Spielkreis"]


def test_within_a_week_no_second_letter_leaves_after_it_one_does(house, mailoutbox):
    for _day in range(3):
        ask_all()
        letters.send_waiting()
    assert len(mailoutbox) == 1

    a_week_later()
    ask_all()
    letters.send_waiting()
    assert len(mailoutbox) == 2


def test_a_letter_that_waited_into_the_week_of_another_one_goes(house, mailoutbox):
    ask_all()
    late = HouseLetter.objects.get()
    late.week = letters.week_from(late.week.lower - dt.timedelta(days=7))
    late.save()
    ask_all()

    letters.send_waiting()

    assert len(mailoutbox) == 1
    assert HouseLetter.objects.count() == 1


@pytest.fixture
def second(house):
    """Another house that answers at the same mailbox, in another spelling."""
    second = InstitutionFactory(name="Kita Mondschein", email="INFO@kita.de")
    OfferFactory(title="Vorlesen", provider=second, provider_name="")
    return second


def test_houses_of_one_mailbox_get_one_mail_with_a_link_for_each(
    house, second, client, mailoutbox, coordinator
):
    assert ask_all() == 2
    letters.send_waiting()

    [sent] = mailoutbox
    assert "Kita Sonnenschein, Kita Mondschein" in sent.subject
    assert "- Elterncafé\n- Spielkreis\n" in sent.body
    first, other = LINK.findall(sent.body)
    assert [one.offer.title for one in client.get(other).context["house"].due] == ["Vorlesen"]
    assert first != other
    HouseLetter.objects.get(institution=house.institution).note_return()
    assert HouseLetter.objects.come_back().count() == 2


def test_a_mailbox_that_had_a_letter_this_week_waits_with_its_other_house(
    house, second, mailoutbox, coordinator
):
    letters.ask(Institution.objects.filter(pk=house.institution_id))
    letters.send_waiting()
    assert "keine Woche her" in act(coordinator, [second], HOUSES).content.decode()
    assert ask_all() == 0
    HouseLetter.objects.create(institution=second, week=letters.week_from(timezone.localdate()))
    letters.send_waiting()  # wanted in the same moment as the other one
    assert len(mailoutbox) == 1

    sent = HouseLetter.objects.exclude(begun_at=None).get()
    sent.week = letters.week_from(sent.week.lower - dt.timedelta(days=7))
    sent.save()
    letters.send_waiting()
    assert ["Vorlesen" in one.body for one in mailoutbox] == [False, True]


@pytest.mark.parametrize("code", [550, 450])
def test_what_is_refused_is_refused_for_all_houses_of_a_mailbox(
    house, second, monkeypatch, mailoutbox, code
):
    ask_all()
    failing(monkeypatch, smtplib.SMTPRecipientsRefused({"info@kita.de": (code, b"5.1.1 unknown")}))

    assert HouseLetter.objects.filter(refused_with=550).count() == (2 if code == 550 else 0)
    assert not HouseLink.objects.exists()
    letters.send_waiting()
    assert len(mailoutbox) == (0 if code == 550 else 1)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_ask_once_and_send_once(house, mailoutbox):
    start = Barrier(2)

    def work():
        try:
            start.wait()
            ask_all()
            letters.send_waiting()
        finally:
            connection.close()

    workers = [Thread(target=work) for _ in range(2)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    letters.send_waiting()

    assert len(mailoutbox) == 1
    assert HouseLetter.objects.count() == 1


def test_nobody_is_written_to_who_is_archived_has_nothing_due_or_answered_already(
    house, kita, client, key
):
    closed = InstitutionFactory(email="zu@haus.de", archived_on=timezone.localdate())
    OfferFactory(provider=closed, provider_name="")
    InstitutionFactory(email="nichts@haus.de")
    for offer in kita.offers.filter(title__in=["Elterncafé", "Spielkreis"]):
        client.post(f"/partner/{key}", {"weg": offer.pk})

    assert ask_all() == 0


def test_what_was_answered_while_the_letter_waited_is_not_asked(
    house, kita, client, key, mailoutbox
):
    ask_all()
    for offer in kita.offers.all():
        client.post(f"/partner/{key}", {"weg": offer.pk})

    letters.send_waiting()

    assert mailoutbox == []
    assert not HouseLetter.objects.exists()


def test_the_person_who_answers_gets_it_without_consent_but_not_who_refused_mails(house, kita):
    assert whom.recipient(kita)[1] == "info@kita.de"

    person = ContactFactory(partner=house, email="ida@kita.de", answers_for_entries=True)
    ContactFactory(partner=house, email="andere@kita.de")
    assert whom.recipient(kita) == (person, "ida@kita.de")

    for gone in (
        {"mail_consent_withdrawn_on": timezone.localdate()},
        {"until": timezone.localdate() - dt.timedelta(days=1), "kept_until": dt.date(2099, 1, 1)},
        {"email": ""},
    ):
        other = ContactFactory(partner=house, answers_for_entries=True, **gone)
        person.answers_for_entries = False
        person.save()
        assert whom.recipient(kita) == (None, "info@kita.de"), gone
        other.delete()


def test_no_letter_goes_to_an_address_at_which_nothing_arrives(house, kita):
    AddressHealth.objects.create(address="INFO@kita.de", stopped_at=timezone.now())

    assert ask_all() == 0


def failing(monkeypatch, error):
    """Send while the mail server answers with an error."""

    def fail(_mail):
        raise error

    with monkeypatch.context() as patched:
        patched.setattr(mails.Mail, "send", fail)
        letters.send_waiting()


def test_a_server_that_is_away_costs_no_letter(house, mailoutbox, monkeypatch):
    ask_all()
    failing(monkeypatch, ConnectionRefusedError())
    assert not HouseLink.objects.exists()

    letters.send_waiting()
    assert len(mailoutbox) == 1


def test_a_refused_mailbox_is_seen_and_a_broken_connection_is_no_second_letter(
    house, mailoutbox, monkeypatch, coordinator
):
    ask_all()
    refused = smtplib.SMTPRecipientsRefused({"info@kita.de": (550, b"info@kita.de unknown")})
    failing(monkeypatch, refused)
    assert list(AddressHealth.objects.values_list("address", "score")) == [("info@kita.de", 1)]
    assert "vom Mailserver abgelehnt (550)" in coordinator.get(LETTERS).content.decode()

    a_week_later()
    ask_all()
    failing(monkeypatch, TimeoutError())
    letters.send_waiting()
    assert mailoutbox == []
    assert "vielleicht angekommen" in coordinator.get(LETTERS).content.decode()


def test_what_a_server_refuses_as_spam_says_nothing_about_the_mailbox(
    house, mailoutbox, monkeypatch
):
    ask_all()
    words = b"5.7.1 message rejected as spam"
    failing(monkeypatch, smtplib.SMTPRecipientsRefused({"info@kita.de": (554, words)}))

    assert not AddressHealth.objects.exists()
    assert Bounce.objects.get().effect == Bounce.Effect.CONTENT


def test_a_letter_that_comes_back_later_is_seen_and_counts_against_its_address(
    house, mailoutbox, coordinator, settings
):
    settings.BOUNCE_ADDRESS = "bounces@portal.example"
    ask_all()
    letters.send_waiting()
    [sent] = mailoutbox
    assert sent.message()["From"] == settings.DEFAULT_FROM_EMAIL

    scoring.take_in(recognise(mail(POSTFIX, sent.from_email, recipient="info@kita.de")))

    assert "zurückgekommen" in coordinator.get(LETTERS, {"stand": "zurueck"}).content.decode()
    assert list(AddressHealth.objects.values_list("address", "score")) == [("info@kita.de", 1)]
    assert delivery_id_in(sent.from_email) is None  # no newsletter has this number's signature


def act(office, rows, list_address=PARTNERS):
    """Choose rows of a list and "Um Bestätigung bitten"; return the page that asks first."""
    data = {"action": "ask_houses", "_selected_action": [one.pk for one in rows]}
    return office.post(list_address, data, follow=True)


def agree(office, asked, list_address=PARTNERS):
    """Say yes on the page that asked first; return what the list says."""
    fields = html_forms.form_of(asked, "bitten")
    return office.post(list_address, fields, follow=True).content.decode()


def test_the_coordinator_sees_who_would_be_asked_agrees_and_takes_a_link_back(
    house, coordinator, client, mailoutbox, seen
):
    nobody = PartnerFactory(institution=InstitutionFactory(name="Haus ohne Post"))
    OfferFactory(provider=nobody.institution, provider_name="")
    at_rest = PartnerFactory(institution=InstitutionFactory(name="Haus ohne Einträge"))

    asked = act(coordinator, [house, nobody, at_rest])
    shown = asked.content.decode()
    assert "an info@kita.de" in shown
    assert "2 Einträge" in shown
    assert shown.index("Bitte anrufen") < shown.index("Haus ohne Post")
    assert shown.index("nichts zu bestätigen") < shown.index("Haus ohne Einträge")
    assert not HouseLetter.objects.exists()  # nothing leaves before somebody said yes

    assert "1 Einrichtung bekommt einen Brief" in agree(coordinator, asked)
    assert "keine Woche her" in act(coordinator, [house]).content.decode()
    letters.send_waiting()
    assert "gesendet, noch keine Antwort" in coordinator.get(LETTERS).content.decode()

    family = type(client)()
    page = LINK.search(mailoutbox[0].body)[1]
    family.post(page, {"nachricht": "1", "note": "Danke"})
    listed = coordinator.get(LETTERS).content.decode()
    assert "beantwortet" in listed
    assert (
        "Kita Sonnenschein" in coordinator.get(LETTERS, {"stand": "beantwortet"}).content.decode()
    )

    data = {"action": "revoke", "_selected_action": [HouseLetter.objects.get().pk]}
    assert "1 Link gilt nicht mehr" in coordinator.post(LETTERS, data, follow=True).content.decode()
    assert family.get(page).status_code == 410


def test_who_agreed_to_something_else_is_asked_again(house, coordinator, entry):
    asked = act(coordinator, [house])
    entry(title="Seitdem fällig")

    assert "noch einmal hin" in agree(coordinator, asked)
    assert not HouseLetter.objects.exists()


def test_an_editor_asks_from_institutions_and_offers_and_learns_no_name(house, kita, of_role):
    ContactFactory(partner=house, name="Ida Geheim", email="ida@kita.de", answers_for_entries=True)
    editor = of_role("Redaktion")
    for rows, name in (([kita], "institution"), (kita.offers.all()[:1], "offer")):
        address = reverse(f"admin:offers_{name}_changelist")
        asked = act(editor, rows, address)
        assert "die für die Angebote antwortet" in asked.content.decode()
        assert "Geheim" not in asked.content.decode()
        assert "1 Einrichtung bekommt einen Brief" in agree(editor, asked, address)
        assert HouseLetter.objects.get().institution == kita
        HouseLetter.objects.all().delete()


def test_who_may_not_write_to_institutions_cannot_ask(house, kita, of_role):
    address = reverse("admin:offers_institution_changelist")
    act(of_role("Träger-Redaktion"), [kita], address)

    assert not HouseLetter.objects.exists()


def test_a_person_is_asked_in_their_language_and_the_page_stays_german(house, client, mailoutbox):
    ContactFactory(partner=house, email="ayse@kita.de", answers_for_entries=True, language="tr")
    ask_all()
    letters.send_waiting()

    [sent] = mailoutbox
    assert sent.to == ["ayse@kita.de"]
    assert "Hesap gerekmez." in sent.body
    assert "“Alles stimmt” (hepsi doğru)" in sent.body  # as the button of the page is called
    assert "Ein Konto brauchen Sie nicht" not in sent.body
    page = client.get(LINK.search(sent.body)[1])
    assert "Alles stimmt" in page.text
