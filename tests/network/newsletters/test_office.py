"""A person decides in the office about mails whose fate is unclear."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils import timezone

from network.models import Delivery, Newsletter
from network.newsletters.sending import sending
from network.tasks import forget_old_recipients

State = Delivery.State
LIST = reverse("admin:network_delivery_changelist")


@pytest.fixture
def coordinator(django_user_model):
    user = django_user_model.objects.create_user("koordination", is_staff=True)
    user.groups.add(Group.objects.get(name="Koordination"))
    return user


@pytest.fixture
def office(client, signed_in, coordinator):
    return signed_in(client, coordinator)


@pytest.fixture
def unclear(newsletter_to, mail_server):
    """An unclear mail beside one that arrived."""
    newsletter = newsletter_to("silent-1@m.example", "fine@m.example")
    sending.send(newsletter.pk)
    return newsletter.deliveries.get(address="silent-1@m.example")


def decide(office, action, *deliveries):
    chosen = {"action": action, "_selected_action": [one.pk for one in deliveries]}
    return office.post(f"{LIST}?stand=unclear", chosen, follow=True).content.decode()


def test_unclear_mails_are_listed_with_what_to_do(office, unclear):
    page = office.get(LIST, {"stand": "unclear"}).content.decode()

    assert "silent-1@m.example" in page
    assert "fine@m.example" not in page
    assert "Von selbst werden sie nicht noch einmal gesendet" in page


def test_a_coordinator_sends_an_unclear_mail_again(office, unclear, coordinator):
    page = decide(office, "send_again", unclear)

    unclear.refresh_from_db()
    assert (unclear.state, unclear.decided_by) == (State.QUEUED, coordinator)
    assert "1 Nachricht wird noch einmal gesendet" in page


def test_a_coordinator_closes_an_unclear_mail(office, unclear):
    page = decide(office, "take_for_delivered", unclear)

    unclear.refresh_from_db()
    assert unclear.state == State.CLOSED
    assert "1 Nachricht ist abgeschlossen" in page


def test_a_mail_that_arrived_is_not_sent_again(office, unclear):
    arrived = unclear.newsletter.deliveries.get(address="fine@m.example")

    page = decide(office, "send_again", arrived)

    arrived.refresh_from_db()
    assert arrived.state == State.SENT
    assert "Keine der gewählten Nachrichten" in page


def test_who_may_not_send_may_not_decide(client, signed_in, django_user_model, unclear):
    reader = django_user_model.objects.create_user("leserin", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_delivery"))
    office = signed_in(client, reader)

    decide(office, "send_again", unclear)

    unclear.refresh_from_db()
    assert unclear.state == State.UNCLEAR


def test_nobody_writes_the_ledger_by_hand(office, unclear):
    address = reverse("admin:network_delivery_change", args=[unclear.pk])

    assert office.get(address).status_code == 200
    assert office.post(address, {"state": "sent"}).status_code == 403
    assert office.get(reverse("admin:network_delivery_add")).status_code == 403
    assert (
        office.post(reverse("admin:network_delivery_delete", args=[unclear.pk])).status_code == 403
    )


def test_who_got_a_newsletter_long_ago_is_forgotten_and_the_numbers_stay(unclear):
    Newsletter.objects.update(finished_at=timezone.now() - timedelta(days=200))

    forget_old_recipients()
    forget_old_recipients()

    rows = unclear.newsletter.deliveries.order_by("pk")
    assert {one.address.partition("@")[2] for one in rows} == {"geloescht.invalid"}
    assert {one.contact for one in rows} == {None}
    assert {one.state for one in rows} == {State.CLOSED, State.SENT}


def test_who_was_to_get_a_newsletter_that_was_halted_and_left_lying_is_forgotten(unclear):
    long_ago = timezone.now() - timedelta(days=200)
    Newsletter.objects.update(finished_at=None, state="paused", frozen_at=long_ago)

    forget_old_recipients()

    rows = unclear.newsletter.deliveries.all()
    assert {one.address.partition("@")[2] for one in rows} == {"geloescht.invalid"}


def test_who_got_a_newsletter_lately_is_known(unclear):
    forget_old_recipients()

    unclear.refresh_from_db()
    assert unclear.address == "silent-1@m.example"
