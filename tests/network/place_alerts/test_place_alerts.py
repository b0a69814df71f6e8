"""A family is told once when an offer has places again, and its address is gone then."""

import datetime as dt
import re
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from kekiz_portal.lib import mails
from network.models import MailRequest, PlaceAlert
from network.newsletters.subscribing import mailing, personal_data, signing_up
from network.place_alerts import telling
from offers.models import FreePlaces
from tests.factories.offers import OfferFactory

LINK = re.compile(r"https?://[^/\s]+((?:/[a-z]{2})?/platz-frei/\S+)")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fast_writers(settings):
    settings.FORMS_TAKE_SECONDS = 0
    cache.clear()


@pytest.fixture
def client():
    """A visitor whose browser keeps no CSRF cookie: forms must work without."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def course():
    offer = OfferFactory(title="Schwimmkurs", access_modes=["registration"], phone="02323 12345")
    say(offer, "full")
    return offer


def say(offer, state):
    said = {"state": state, "said_at": timezone.now()}
    FreePlaces.objects.update_or_create(offer=offer, defaults=said)


def wish(client, offer, address="ida@beispiel.de", language="", **typed):
    return client.post(
        f"{language}/angebote/{offer.slug}/platz-frei/", {"address": address} | typed
    )


def mails_after(mailoutbox):
    """What the worker of asked-for mails writes now."""
    MailRequest.objects.filter(sent_at__isnull=False).delete()  # the hour is over
    before = len(mailoutbox)
    for waiting in MailRequest.objects.waiting():
        mailing.send(waiting.pk)
    return mailoutbox[before:]


def link(mail):
    return LINK.search(mail.body)[1]


def confirm(client, page):
    numbers = re.findall(r'name="wunsch" value="(\d+)"', client.get(page).content.decode())
    return client.post(page, {"wunsch": numbers})


def confirmed(client, mailoutbox, offer, **wished):
    wish(client, offer, **wished)
    [mail] = mails_after(mailoutbox)
    confirm(client, link(mail))
    return link(mail)


def test_from_full_to_the_one_mail_and_nothing_is_left(client, course, mailoutbox):
    family = client.get(course.get_absolute_url()).content.decode()
    assert f"/angebote/{course.slug}/platz-frei/" in family
    answer = wish(client, course)
    assert "Postfach" in client.get(answer["Location"]).content.decode()
    [asked] = mails_after(mailoutbox)
    assert "Schwimmkurs" in asked.body
    page = link(asked)

    telling.send_waiting()
    say(course, "free")
    telling.send_waiting()
    assert len(mailoutbox) == 1  # nobody confirmed yet
    say(course, "full")
    assert "Sollen wir Ihnen schreiben" in client.get(page).content.decode()
    assert PlaceAlert.objects.confirmed().count() == 0  # mail scanners open links
    assert "ida@beispiel.de" in confirm(client, page).content.decode()
    telling.send_waiting()
    assert len(mailoutbox) == 1  # still full

    say(course, "few")
    telling.send_waiting()
    telling.send_waiting()

    [_asked, told] = mailoutbox
    assert told.to == ["ida@beispiel.de"]
    assert told.subject == "Freie Plätze: Schwimmkurs"
    assert "02323 12345" in told.body
    assert course.get_absolute_url() in told.body
    assert not PlaceAlert.objects.exists()
    over = client.get(page)
    assert over.status_code == 410
    assert "Sie ist gelöscht" in over.content.decode()
    assert 'href="/angebote/">Alle Angebote ansehen' in over.content.decode()


def test_a_tap_of_the_house_calls_the_worker(
    course, client, mailoutbox, monkeypatch, django_capture_on_commit_callbacks
):
    called = []
    monkeypatch.setattr(mails.current_app, "send_task", lambda name, *_, **__: called.append(name))
    with django_capture_on_commit_callbacks(execute=True):
        say(course, "free")
    assert called == []  # nobody waits
    say(course, "full")
    confirmed(client, mailoutbox, course)
    called.clear()

    with django_capture_on_commit_callbacks(execute=True):
        say(course, "waiting_list")
        say(course, "free")

    assert called == [telling.SEND]


def test_the_mail_comes_in_the_language_of_the_page(client, course, mailoutbox):
    page = confirmed(client, mailoutbox, course, language="/tr")
    assert page.startswith("/tr/")

    say(course, "free")
    telling.send_waiting()

    assert "Freie Plätze" not in mailoutbox[-1].subject
    assert f"/tr/angebote/{course.slug}/" in mailoutbox[-1].body


def test_one_link_confirms_all_that_was_asked_and_ends_each_alone(client, course, mailoutbox):
    other = OfferFactory(title="Turnen", access_modes=["registration"])
    for offer in (course, other, course):  # the same twice is once
        wish(client, offer, address="Ida@Beispiel.de" if offer is other else "ida@beispiel.de")
    [mail] = mails_after(mailoutbox)
    assert "Schwimmkurs" in mail.body
    assert "Turnen" in mail.body
    confirm(client, link(mail))
    assert PlaceAlert.objects.confirmed().count() == 2

    ended = PlaceAlert.objects.get(offer=course)
    shown = client.post(link(mail), {"ende": ended.pk}).content.decode()

    assert "Turnen" in shown
    assert "Schwimmkurs" not in shown
    shown = client.post(link(mail), {"ende": PlaceAlert.objects.get().pk}).content.decode()
    assert "Ihre Adresse ist gelöscht" in shown


@pytest.mark.parametrize("sent", ["", "x", "0", "9" * 30, "\x00", "-1", "²"])
def test_what_means_nothing_confirms_and_ends_nothing(client, course, mailoutbox, sent):
    wish(client, course)
    [mail] = mails_after(mailoutbox)

    for name in ("wunsch", "ende"):
        assert client.post(link(mail), {name: sent}).status_code == 200

    assert PlaceAlert.objects.confirmed().count() == 0
    assert PlaceAlert.objects.count() == 1


def test_a_link_does_nothing_to_others_and_a_guessed_one_nothing_at_all(client, course, mailoutbox):
    mine = confirmed(client, mailoutbox, course)
    wish(client, course)
    [again] = mails_after(mailoutbox)
    assert "Bescheid" in client.get(link(again)).content.decode()
    wish(client, course, address="omar@beispiel.de")
    theirs = PlaceAlert.objects.of("omar@beispiel.de").get()

    client.post(mine, {"wunsch": theirs.pk})
    client.post(mine, {"ende": theirs.pk})

    theirs.refresh_from_db()
    assert theirs.confirmed_at is None
    assert "omar" not in client.get(mine).content.decode()
    for wrong in (mine + "x", mine[:-1], "/platz-frei/1.abc", "/platz-frei/%00"):
        assert client.post(wrong, {"wunsch": theirs.pk}).status_code == 404


@pytest.mark.parametrize("address", ["", "ida", "ida@", "a\x00b@c.de", "i@" + "d" * 300 + ".de"])
def test_an_address_that_is_none_is_said_beside_what_was_typed(client, course, address):
    page = wish(client, course, address=address)

    assert page.status_code == 200
    assert page.context["form"].errors
    assert not PlaceAlert.objects.exists()


def test_machines_are_not_told_that_they_are_seen(client, course):
    assert wish(client, course, website="https://x.example").status_code == 303
    assert not PlaceAlert.objects.exists()


def test_an_offer_nobody_reads_is_not_asked_about(client):
    draft = OfferFactory(status="draft")
    assert client.get(f"/angebote/{draft.slug}/platz-frei/").status_code == 404
    assert wish(client, draft).status_code == 404


def test_where_places_are_free_one_asks_the_house(client, course):
    say(course, "free")
    assert "platz-frei" not in client.get(course.get_absolute_url()).content.decode()
    assert "<form method" not in client.get(f"/angebote/{course.slug}/platz-frei/").content.decode()


def test_a_mail_server_that_is_down_is_asked_again_and_a_doubtful_mail_is_not_sent_twice(
    client, course, mailoutbox, monkeypatch
):
    confirmed(client, mailoutbox, course)
    say(course, "free")
    monkeypatch.setattr(mails.Mail, "send", raising(ConnectionRefusedError))
    telling.send_waiting()
    monkeypatch.setattr(mails.Mail, "send", raising(SMTPServerDisconnected))
    telling.send_waiting()
    monkeypatch.undo()

    telling.send_waiting()

    assert len(mailoutbox) == 1
    assert PlaceAlert.objects.get().begun_at
    signing_up.forget(timezone.now() + dt.timedelta(hours=7))
    assert not PlaceAlert.objects.exists()


def test_a_mailbox_that_refuses_for_now_is_asked_again_and_keeps_nobody_else_waiting(
    client, course, mailoutbox, monkeypatch
):
    for address in ("ida@beispiel.de", "omar@beispiel.de", "uwe@beispiel.de"):
        confirmed(client, mailoutbox, course, address=address)
    say(course, "free")
    codes = {"ida@beispiel.de": 451, "omar@beispiel.de": 550}
    send = mails.Mail.send

    def refuse(mail):
        if code := codes.get(mail.to[0]):
            raise SMTPRecipientsRefused({mail.to[0]: (code, b"no")})
        return send(mail)

    monkeypatch.setattr(mails.Mail, "send", refuse)
    telling.send_waiting()

    assert mailoutbox[-1].to == ["uwe@beispiel.de"]
    assert PlaceAlert.objects.get().address == "ida@beispiel.de"
    codes.clear()
    telling.send_waiting()
    assert mailoutbox[-1].to == ["ida@beispiel.de"]


def raising(error):
    def send(_mail):
        raise error

    return send


def test_wishes_end_by_themselves(client, course, mailoutbox, settings):
    wish(client, course, address="omar@beispiel.de")
    signing_up.forget(timezone.now() + dt.timedelta(days=8))
    assert not PlaceAlert.objects.exists()

    confirmed(client, mailoutbox, course)
    signing_up.forget(timezone.now() + dt.timedelta(days=settings.PLACE_ALERT_DAYS - 1))
    assert PlaceAlert.objects.exists()
    signing_up.forget(timezone.now() + dt.timedelta(days=settings.PLACE_ALERT_DAYS + 1))
    assert not PlaceAlert.objects.exists()


def test_who_asks_for_their_data_sees_the_wish_and_erases_it(client, course):
    wish(client, course)

    told = personal_data.about_mailbox("IDA@beispiel.de")
    assert "Schwimmkurs" in str(told)
    personal_data.erase_mailbox("ida@beispiel.de")
    assert not PlaceAlert.objects.exists()


def test_no_mail_begins_without_a_yes(course):
    with pytest.raises(IntegrityError), transaction.atomic():
        PlaceAlert.objects.create(
            offer=course,
            address="ida@beispiel.de",
            language="de",
            asked_at=timezone.now(),
            begun_at=timezone.now(),
        )
