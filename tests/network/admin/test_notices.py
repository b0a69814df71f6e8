"""Colleagues learn by mail what became of their entries; nobody writes to themselves."""

import pytest
from django.contrib.auth.models import User

from network.admin import notices
from offers.admin import bulk
from offers.curation import proposals, publishing
from offers.curation.record import take
from offers.models import Offer
from tests.factories.offers import OfferFactory, TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def letters(monkeypatch, mailoutbox):
    """Let the worker be this process: what is handed to it is sent at once."""
    monkeypatch.setattr(notices.mails, "call_worker", lambda _task, *letter: notices.send(*letter))
    return mailoutbox


@pytest.fixture
def lead():
    return User.objects.create_superuser("leitung", email="leitung@example.org")


@pytest.fixture
def colleague():
    names = {"first_name": "Ayşe", "last_name": "Yılmaz"}
    return User.objects.create_user("ayse", "ayse@example.org", is_staff=True, **names)


def offer_with(**fields):
    return OfferFactory(topics=[TopicFactory()], **fields)


def test_whoever_gets_entries_is_told_which(
    letters, lead, colleague, django_capture_on_commit_callbacks
):
    offer_with(title="Babycafé"), offer_with(title="Schwimmen")

    with django_capture_on_commit_callbacks(execute=True):
        bulk.hand_over(Offer.objects.all(), colleague, lead)

    [mail] = letters
    assert (mail.to, mail.subject) == (["ayse@example.org"], "2 Einträge sind jetzt Ihre")
    assert "leitung hat Ihnen übergeben:" in mail.body
    assert "- Babycafé" in mail.body


def test_whoever_looks_after_an_entry_reads_the_question(
    letters, lead, colleague, django_capture_on_commit_callbacks
):
    offer = offer_with(title="Babycafé", responsible=colleague)

    with django_capture_on_commit_callbacks(execute=True):
        publishing.take_step("return", offer, by=lead, reason="Ist montags noch offen?")

    [mail] = letters
    assert mail.to == ["ayse@example.org"]
    assert "Ist montags noch offen?" in mail.body


def test_whoever_proposed_reads_the_decision(
    letters, lead, colleague, django_capture_on_commit_callbacks
):
    offer = offer_with(title="Babycafé")
    base = take(offer)
    proposal = proposals.propose(offer, base, base, colleague)

    with django_capture_on_commit_callbacks(execute=True):
        proposals.decline(proposal, lead, "Das Café ist umgezogen.")

    [mail] = letters
    assert mail.subject == "Nicht übernommen: Babycafé"
    assert "Das Café ist umgezogen." in mail.body


def test_nobody_writes_to_themselves_nor_to_who_has_left(
    letters, lead, colleague, django_capture_on_commit_callbacks
):
    offer_with()
    User.objects.filter(pk=colleague.pk).update(is_active=False)

    with django_capture_on_commit_callbacks(execute=True):
        bulk.hand_over(Offer.objects.all(), lead, lead)
        bulk.hand_over(Offer.objects.all(), colleague, lead)

    assert letters == []
