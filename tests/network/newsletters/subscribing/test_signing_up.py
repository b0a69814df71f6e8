"""Families ask for the newsletter: nothing is sent to anybody who has not confirmed."""

import datetime as dt
import hashlib

import pytest
from celery import Celery
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from network.models import Consent, MailRequest, Subscription, Suppression
from network.newsletters.subscribing import evidence, mailing, signing_up
from tests.factories.offers import TopicFactory
from tests.network.newsletters.conftest import mail_server  # noqa: F401 - a fixture
from tests.network.newsletters.subscribing.conftest import link

pytestmark = pytest.mark.django_db
State = Subscription.State


@pytest.fixture
def without_redis(monkeypatch):
    """A Redis that nobody can connect to, for messages and for results."""
    nowhere = "redis://127.0.0.1:1/0"
    app = Celery("nowhere", broker=nowhere, backend=nowhere, set_as_current=False)
    app.conf.task_publish_retry_policy = {"max_retries": 1, "interval_start": 0}
    monkeypatch.setattr("kekiz_portal.lib.mails.current_app", app)


def only():
    return Subscription.objects.get()


def test_a_link_in_the_mail_and_a_button_make_a_subscription(client, sign_up):
    topic = TopicFactory(name="Geburt")
    [mail] = sign_up("Ida@Beispiel.de", interests=[topic.pk])
    address = link(mail, "bestaetigen")

    page = client.get(address)
    assert "Ja, ich möchte den Newsletter" in page.content.decode()
    assert only().state == State.ASKED

    page = client.post(address)
    assert "Sie sind angemeldet" in page.content.decode()
    assert (only().state, only().address) == (State.ACTIVE, "Ida@beispiel.de")
    assert list(only().interests.all()) == [topic]
    assert client.cookies == {}


@pytest.mark.parametrize("method", ["get", "head"])
def test_programs_that_only_look_at_links_confirm_nothing(client, sign_up, method):
    [mail] = sign_up()

    for _ in range(3):
        getattr(client, method)(link(mail, "bestaetigen"))

    assert only().state == State.ASKED


def test_confirming_twice_is_told_kindly_and_changes_nothing(client, sign_up):
    [mail] = sign_up()
    client.post(link(mail, "bestaetigen"))
    first = only().confirmed_at

    page = client.post(link(mail, "bestaetigen"))

    assert "Sie sind angemeldet" in page.content.decode()
    assert only().confirmed_at == first


def test_the_evidence_says_what_was_agreed_when_and_where_without_the_visitor(client, post_office):
    topic = TopicFactory(name="Geburt")
    data = {"address": "ida@beispiel.de", "language": "de", "interests": [topic.pk]}
    before = timezone.now()
    [mail] = post_office(lambda: client.post("/newsletter/", data, REMOTE_ADDR="203.0.113.9"))
    client.post(link(mail, "bestaetigen"), REMOTE_ADDR="203.0.113.9")

    consent = Consent.objects.get()
    token = link(mail, "bestaetigen").rpartition("/")[2]
    assert consent.wording in client.get("/newsletter/").content.decode()
    assert consent.text_version
    assert (consent.purposes, consent.language, consent.source) == (
        ["Geburt"],
        "de",
        "/newsletter/",
    )
    assert before < consent.asked_at < consent.confirmed_at < timezone.now()
    assert consent.token_hash == hashlib.sha256(token.encode()).hexdigest()
    row = str(Consent.objects.values().get())
    assert "203.0.113.9" not in row
    assert "ida@" not in row


def test_the_evidence_is_found_by_the_address_also_after_a_new_key(subscribed, settings):
    subscribed("Ida@beispiel.de")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another" * 8

    assert evidence.of("ida@BEISPIEL.de").exists()
    assert not evidence.of("otto@beispiel.de").exists()


def test_the_answer_tells_nobody_whether_an_address_is_known(client, subscribed, called):
    subscribed("known@beispiel.de")
    answers = [
        client.post("/newsletter/", {"address": address, "language": "de"})
        for address in ["known@beispiel.de", "KNOWN@beispiel.de", "new@beispiel.de"]
    ]

    assert {answer.status_code for answer in answers} == {303}
    assert {answer["Location"] for answer in answers} == {"/newsletter/fast-fertig/"}
    assert {answer.content for answer in answers} == {b""}


def test_signing_up_a_known_address_changes_nothing_and_tells_its_owner(subscribed, sign_up):
    topic, other = TopicFactory(), TopicFactory()
    subscribed("ida@beispiel.de", interests=[topic.pk])

    [mail] = sign_up("IDA@beispiel.de", interests=[other.pk])

    assert "Sie sind schon angemeldet" in mail.body
    assert list(only().interests.all()) == [topic]
    assert only().state == State.ACTIVE


def test_an_address_gets_one_mail_an_hour_and_the_next_one_later(sign_up, mailoutbox, called):
    assert len(sign_up()) == 1
    assert [len(sign_up()) for _ in range(3)] == [0, 0, 0]

    mailing.send_waiting()
    assert called == []

    an_hour_ago = timezone.now() - dt.timedelta(minutes=61)
    MailRequest.objects.exclude(sent_at=None).update(sent_at=an_hour_ago)
    mailing.send_waiting()
    assert len(called) == 1
    mailing.send(called[0])
    assert len(mailoutbox) == 2


def test_a_mail_leaves_once_though_its_message_comes_twice(sign_up, mailoutbox):
    sign_up()
    mailing.send(MailRequest.objects.get().pk)

    assert len(mailoutbox) == 1


def test_without_redis_a_sign_up_is_kept_and_sent_later(
    client, without_redis, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post("/newsletter/", {"address": "ida@beispiel.de", "language": "de"})

    assert page.status_code == 303
    mailing.send(MailRequest.objects.due().get().pk)
    assert [mail.to for mail in mailoutbox] == [["ida@beispiel.de"]]


def test_a_mail_the_server_did_not_take_is_tried_again(client, called, settings, mailoutbox):
    client.post("/newsletter/", {"address": "ida@beispiel.de", "language": "de"})
    number = MailRequest.objects.get().pk
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens
    mailing.send(number)

    settings.EMAIL_BACKEND = working
    assert MailRequest.objects.due().filter(pk=number).exists()
    mailing.send(number)
    assert len(mailoutbox) == 1


@pytest.mark.parametrize(
    ("address", "waits"),
    [("greylisted-1@kita.example", True), ("spam-1@kita.example", True), ("unknown-1@k.de", False)],
)
@pytest.mark.usefixtures("called", "mail_server")
def test_no_log_names_whom_a_server_refused(client, caplog, address, waits):
    client.post("/newsletter/", {"address": address, "language": "de"})
    number = MailRequest.objects.get().pk

    mailing.send(number)

    assert "a requested mail" in caplog.text
    assert address not in caplog.text
    assert MailRequest.objects.due().filter(pk=number).exists() is waits


def test_no_program_answers_the_mail_and_it_advertises_nothing(sign_up):
    [mail] = sign_up()
    message = mail.message()

    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "All"
    assert "Impressum" in mail.body
    assert "Bitte bestätigen" in mail.subject


def test_a_machine_that_fills_in_the_trap_gets_the_answer_and_no_mail(sign_up):
    assert sign_up(website="https://example.org") == []
    assert not Subscription.objects.exists()


@pytest.mark.parametrize("address", ["", "ida", "ida@", "ida\x00@beispiel.de", f"{'i' * 300}@b.de"])
def test_a_wrong_address_is_told_and_nothing_typed_is_lost(client, address):
    topic = TopicFactory()
    data = {"address": address, "language": "de", "interests": [topic.pk]}

    page = client.post("/newsletter/", data)

    assert page.status_code == 200
    assert "Bitte prüfen Sie Ihre Angaben" in page.content.decode()
    assert f'value="{topic.pk}"' in page.content.decode()
    assert "checked" in page.content.decode()


@pytest.mark.parametrize("interest", ["9" * 40, "x", "-1"])
def test_a_topic_that_does_not_exist_is_told(client, interest):
    data = {"address": "ida@beispiel.de", "language": "de", "interests": [interest]}

    page = client.post("/newsletter/", data)

    assert "Wählen Sie bitte neu" in page.content.decode()


def test_a_flood_from_one_connection_is_stopped_and_told(client, called):
    answers = [
        client.post("/newsletter/", {"address": f"a{n}@beispiel.de", "language": "de"})
        for n in range(31)
    ]

    assert answers[29].status_code == 303
    assert "in einer Stunde noch einmal" in answers[30].content.decode()
    assert MailRequest.objects.count() == 30


def test_a_sign_up_nobody_confirms_is_gone_after_seven_days(client, sign_up):
    [mail] = sign_up()
    asked = only().asked_at

    signing_up.forget(asked + dt.timedelta(days=6, hours=23))
    assert Subscription.objects.exists()
    signing_up.forget(asked + dt.timedelta(days=7, minutes=1))

    assert not Subscription.objects.exists()
    assert not Consent.objects.exists()
    assert not MailRequest.objects.exists()
    page = client.post(link(mail, "bestaetigen"))
    assert page.status_code == 404
    assert "Dieser Link gilt nicht" in page.content.decode()


def test_a_confirmed_subscription_stays(subscribed):
    subscribed()

    signing_up.forget(timezone.now() + dt.timedelta(days=4000))

    assert only().state == State.ACTIVE
    assert Consent.objects.exists()


def test_whoever_signs_up_again_is_no_longer_suppressed(subscribed):
    Suppression.objects.create(address="IDA@beispiel.de")

    subscribed("ida@beispiel.de")

    assert not Suppression.objects.exists()


def test_the_footer_leads_to_the_newsletter(client):
    assert 'href="/newsletter/"' in client.get("/newsletter/").content.decode()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ida@müller.example", "ida@xn--mller-kva.example"),
        ("ida@İstanbul.example", "ida@xn--istanbul-o0e.example"),
    ],
)
def test_a_domain_with_umlauts_is_one_address_however_it_is_typed(sign_up, typed, kept):
    [mail] = sign_up(typed)

    assert mail.to == [kept]
    assert Subscription.objects.of(kept).exists()


@pytest.mark.parametrize(
    "address",
    ["ida@[127.0.0.1]", f"{'a' * 65}@beispiel.de", "a@b.de\r\nBcc: c@d.de", f"a@{'ü.' * 60}de"],
)
def test_an_address_no_mail_can_go_to_is_told_and_stays_in_the_form(client, address):
    page = client.post("/newsletter/", {"address": address, "language": "de"})

    assert page.status_code == 200
    assert "nicht vollständig" in page.content.decode() or "zu lang" in page.content.decode()
    assert not Subscription.objects.exists()


def test_a_known_address_costs_as_many_questions_as_a_new_one(client, subscribed, called):
    topic = TopicFactory()
    subscribed("known@beispiel.de", interests=[topic.pk])
    subscribed("other-topics@beispiel.de", interests=[TopicFactory().pk])

    numbers = []
    for address in [
        "known@beispiel.de",
        "other-topics@beispiel.de",
        "new@beispiel.de",
        "new@beispiel.de",  # now it waits to be confirmed
    ]:
        with CaptureQueriesContext(connection) as asked:
            client.post(
                "/newsletter/", {"address": address, "language": "de", "interests": [topic.pk]}
            )
        numbers.append(sum("SAVEPOINT" not in one["sql"] for one in asked.captured_queries))

    # One more where there are old topics to take away.
    assert max(numbers) - min(numbers) <= 1, numbers
    assert Consent.objects.filter(confirmed_at=None).count() == 1
