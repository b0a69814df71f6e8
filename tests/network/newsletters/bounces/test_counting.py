"""Who often gives a bounce gets no newsletter any more, and a full mailbox counts half."""

from datetime import timedelta

import pytest
from django.utils import timezone

from network.models import AddressHealth, Bounce, Delivery
from network.newsletters.bounces import scoring
from network.newsletters.bounces.recognising import recognise
from network.newsletters.sending.return_addresses import return_path
from network.tasks import forget_old_bounces
from tests.network.newsletters.bounces.samples import COMPLAINT, POSTFIX, mail

Effect, Kind = Bounce.Effect, Bounce.Kind
ADDRESS = "leitung@kita.example"


@pytest.fixture(autouse=True)
def threshold(settings):
    settings.BOUNCE_THRESHOLD = 2


def come_back(delivery, **report):
    return scoring.take_in(recognise(mail(POSTFIX, return_path(delivery), **report)))


def days_ago(number):
    return timezone.localdate() - timedelta(days=number)


def scores():
    return dict(AddressHealth.objects.values_list("address", "score"))


def test_a_hard_bounce_counts_for_the_address_that_was_written_to(sent_to):
    delivery = sent_to("Leitung@kita.example")

    bounce = come_back(delivery, recipient="weiterleitung@anderswo.example")

    assert (bounce.delivery, bounce.address) == (delivery, "Leitung@kita.example")
    assert bounce.effect == Effect.COUNTED
    assert scores() == {ADDRESS: 1}


def test_the_same_bounce_counts_once(sent_to):
    delivery = sent_to()

    assert come_back(delivery)
    assert come_back(delivery) is None

    assert Bounce.objects.count() == 1


def test_an_address_counts_once_a_day(sent_to):
    come_back(sent_to())

    second = come_back(sent_to())

    assert second.effect == Effect.SAME_DAY
    assert scores() == {ADDRESS: 1}


def test_a_soft_bounce_counts_half(sent_to):
    come_back(sent_to(), status="4.2.2", words="452 4.2.2 Mailbox full")

    assert scores() == {ADDRESS: 0.5}


def test_an_address_is_stopped_at_the_threshold(db):
    scoring.count(ADDRESS, Kind.HARD, on=days_ago(30))
    assert not AddressHealth.objects.stopped().exists()

    scoring.count(ADDRESS, Kind.HARD)

    assert AddressHealth.objects.stopped().get().address == ADDRESS


def test_bounces_of_long_ago_do_not_count_together_with_new_ones(db, settings):
    scoring.count(ADDRESS, Kind.HARD, on=days_ago(settings.BOUNCE_SCORE_FORGOTTEN_DAYS + 1))

    scoring.count(ADDRESS, Kind.HARD)

    assert scores() == {ADDRESS: 1}


@pytest.mark.parametrize(
    ("report", "effect"),
    [
        ({"words": "554 5.7.1 spam", "status": "5.7.1"}, Effect.CONTENT),
        (
            {"words": "connection timed out", "status": "4.4.1", "action": "delayed"},
            Effect.UNDER_WAY,
        ),
    ],
)
def test_what_says_nothing_about_the_mailbox_does_not_count(sent_to, report, effect):
    assert come_back(sent_to(), **report).effect == effect
    assert scores() == {}


def test_a_made_up_bounce_stops_nobody(sent_to):
    sent_to()
    raw = mail(POSTFIX, "bounces+1-aaaaaaaaaaaaaaaa@portal.example", recipient=ADDRESS)

    bounce = scoring.take_in(recognise(raw))

    assert (bounce.effect, bounce.delivery) == (Effect.UNSIGNED, None)
    assert scores() == {}


def test_a_bounce_of_a_forgotten_recipient_counts_for_nobody(sent_to):
    delivery = sent_to()
    Delivery.objects.forget_people()

    assert come_back(delivery).effect == Effect.UNSIGNED
    assert scores() == {}


def test_old_bounces_are_forgotten_and_stopped_addresses_stay_stopped(sent_to, settings):
    long_ago = timezone.now() - timedelta(days=settings.BOUNCE_SCORE_FORGOTTEN_DAYS + 2)
    come_back(sent_to())
    Bounce.objects.update(received_at=long_ago)
    AddressHealth.objects.update(changed_at=long_ago)
    AddressHealth.objects.create(address="gestoppt@kita.example", score=3, stopped_at=long_ago)

    forget_old_bounces()
    forget_old_bounces()

    assert not Bounce.objects.exists()
    assert scores() == {"gestoppt@kita.example": 3}


def test_bounces_of_lately_are_kept(sent_to):
    come_back(sent_to())

    forget_old_bounces()

    assert Bounce.objects.count() == len(scores()) == 1


def test_who_calls_a_newsletter_spam_gets_none_from_now_on(sent_to):
    delivery = sent_to()
    come_back(delivery)  # also where something came back on the same day already

    bounce = scoring.take_in(recognise(mail(COMPLAINT, return_path(delivery), number=2)))

    assert bounce.effect == Effect.COUNTED
    assert AddressHealth.objects.stopped().get().address == ADDRESS


def test_a_refusal_that_minds_us_is_shown_to_the_coordinators_and_counts_for_nobody(sent_to):
    come_back(sent_to(), words="554 refused due to policy restrictions", status="5.0.0")

    assert Bounce.objects.about_us().count() == 1
    assert scores() == {}
