"""An institution learns by mail what became of what it proposed, with the reason and a link."""

import datetime as dt
import re
import smtplib

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from kekiz_portal.lib import mails
from network import tasks
from network.asking import replies
from network.models import AddressHealth, ProposalAnswer
from offers.curation import proposals
from offers.models import ChangeProposal
from tests.factories.offers import ProtectedLocationFactory

pytestmark = pytest.mark.django_db
LINK = re.compile(r"https?://[^/\s]+(/partner/\S+)")


@pytest.fixture
def proposed(kita, entry, client, page):
    """Have the house propose a mailbox for a new entry of a title; returns the proposal."""
    kita.email = "info@kita.de"
    kita.save()

    def propose(title):
        offer = entry(title=title, email="alt@kita.de")
        address = f"{page}/aendern/{offer.pk}"
        sent = {"email": "neu@kita.de", "initial-email": "alt@kita.de"}
        client.post(address, sent | {"cost_kind": "unknown", "ages": offer.age_words})
        return ChangeProposal.objects.get(offer=offer)

    return propose


@pytest.fixture
def office():
    return User.objects.create_user("redaktion", is_staff=True)


def some_minutes_later():
    ProposalAnswer.objects.update(wanted_at=timezone.now() - dt.timedelta(minutes=11))


def test_one_mail_tells_what_was_taken_over_what_not_and_why_and_its_link_opens_the_page(
    proposed, office, client, mailoutbox
):
    proposals.accept(proposed("Elterncafé"), by=office)
    proposals.decline(proposed("Spielkreis"), office, "Die Adresse nimmt keine Post an.")
    tasks.send_waiting_mails()
    assert mailoutbox == []  # perhaps more is decided in a minute

    some_minutes_later()
    for _run in range(2):
        tasks.send_waiting_mails()

    [sent] = mailoutbox
    assert sent.to == ["info@kita.de"]
    assert "Familien lesen es jetzt so:\n- Elterncafé" in sent.body
    assert "Nicht übernommen: Spielkreis\nWarum: Die Adresse nimmt keine Post an." in sent.body
    assert client.get(LINK.search(sent.body)[1]).status_code == 200


def test_an_answer_names_no_protected_address(proposed, office, mailoutbox):
    ProtectedLocationFactory(street="Kanarienpfad 88")
    proposals.decline(proposed("Spielkreis"), office, "Kanarienpfad 88 bleibt geheim.")
    some_minutes_later()

    replies.send_waiting()

    assert "Kanarienpfad" not in mailoutbox[0].body


def test_what_a_colleague_proposed_is_no_mail_to_the_house(entry, office):
    offer = entry()
    base = proposals.take(offer)
    proposals.accept(proposals.propose(offer, base, base, office), by=office)

    assert not ProposalAnswer.objects.exists()


def test_a_server_that_is_away_costs_no_answer_and_a_refused_mailbox_counts(
    proposed, office, mailoutbox, monkeypatch
):
    proposals.accept(proposed("Elterncafé"), by=office)
    some_minutes_later()
    refused = smtplib.SMTPRecipientsRefused({"info@kita.de": (550, b"unknown")})
    for error in (ConnectionRefusedError(), refused):

        def fail(_mail, error=error):
            raise error

        with monkeypatch.context() as patched:
            patched.setattr(mails.Mail, "send", fail)
            replies.send_waiting()
    replies.send_waiting()

    assert mailoutbox == []
    assert list(AddressHealth.objects.values_list("address", "score")) == [("info@kita.de", 1)]


def test_one_house_that_nobody_can_write_to_or_a_full_mailbox_keeps_no_other_house_waiting(
    proposed, kita, office, mailoutbox, monkeypatch
):
    proposals.accept(proposed("Elterncafé"), by=office)
    some_minutes_later()
    full = smtplib.SMTPRecipientsRefused({"info@kita.de": (452, b"mailbox full")})
    broken = smtplib.SMTPServerDisconnected()
    for error, begun in ((full, False), (broken, True)):

        def fail(_mail, error=error):
            raise error

        with monkeypatch.context() as patched:
            patched.setattr(mails.Mail, "send", fail)
            replies.send_waiting()
        assert bool(ProposalAnswer.objects.get().begun_at) is begun
    replies.send_waiting()
    assert mailoutbox == []  # the last may have arrived: nobody gets it twice
    assert ProposalAnswer.objects.get().sent_at is None

    proposals.accept(proposed("Spielkreis"), by=office)
    some_minutes_later()
    kita.email = ""
    kita.save()
    replies.send_waiting()
    assert mailoutbox == []
    assert ProposalAnswer.objects.count() == 1  # the page of the house says the other
