"""A newsletter leaves over a real mail server, and what is refused or comes back is counted."""

import pytest
from django.utils import timezone

from network.models import AddressHealth, Bounce
from network.newsletters.sending import sending
from network.newsletters.sending.return_addresses import delivery_id_in
from network.tasks import read_bounces
from tests.network.newsletters.bounces.samples import POSTFIX, mail
from tests.network.newsletters.conftest import (  # noqa: F401 - fixtures
    mail_server,
    newsletter_to,
    nobody_called,
)


@pytest.fixture(autouse=True)
def unhurried(settings):
    settings.NEWSLETTER_PER_MINUTE = settings.NEWSLETTER_PER_MINUTE_AND_DOMAIN = 0


def effects():
    return dict(Bounce.objects.values_list("address", "effect"))


def test_a_mail_that_left_comes_back_and_counts(newsletter_to, mail_server, put):  # noqa: F811
    newsletter = newsletter_to("gone@m.example", "here@m.example")
    sending.send(newsletter.pk)
    sender = {one["to"]: one["from"] for one in mail_server.accepted()}
    put(mail(POSTFIX, sender["gone@m.example"], recipient="gone@m.example"))

    read_bounces()

    gone = newsletter.deliveries.get(address="gone@m.example")
    assert delivery_id_in(sender["gone@m.example"]) == gone.pk
    assert Bounce.objects.get().delivery == gone
    assert AddressHealth.objects.get().address == "gone@m.example"


def test_who_is_refused_at_once_counts_too_and_only_once(newsletter_to, mail_server):  # noqa: F811
    newsletter = newsletter_to("unknown-1@m.example", "spam-1@m.example", "here@m.example")
    sending.send(newsletter.pk)

    read_bounces()
    read_bounces()

    assert effects() == {
        "unknown-1@m.example": Bounce.Effect.COUNTED,
        "spam-1@m.example": Bounce.Effect.CONTENT,
    }
    assert AddressHealth.objects.get().score == 1


def test_who_was_erased_after_a_refusal_is_not_counted(newsletter_to, mail_server):  # noqa: F811
    newsletter = newsletter_to("unknown-1@m.example")
    sending.send(newsletter.pk)
    newsletter.deliveries.forget_people()

    read_bounces()

    assert not Bounce.objects.exists()


def test_a_stopped_address_gets_no_newsletter_until_it_is_released(
    newsletter_to,  # noqa: F811
    mail_server,  # noqa: F811
):
    stop("Gone@m.example")
    newsletter = newsletter_to("gone@m.example", "here@m.example")
    sending.send(newsletter.pk)
    assert mail_server.counts() == {"here@m.example": 1}

    AddressHealth.objects.release(by=None)
    newsletter = newsletter_to("gone@m.example")
    sending.send(newsletter.pk)

    assert newsletter.deliveries.filter(address="gone@m.example", state="sent").count() == 1


def test_an_address_stopped_after_the_freezing_is_left_out_too(
    newsletter_to,  # noqa: F811
    mail_server,  # noqa: F811
):
    newsletter = newsletter_to("gone@m.example", "here@m.example")
    stop("gone@m.example")

    sending.send(newsletter.pk)

    assert mail_server.counts() == {"here@m.example": 1}


def stop(address):
    AddressHealth.objects.create(address=address.lower(), score=9, stopped_at=timezone.now())
