"""The links of newsletters: they work without cookie or login, for ever, and tell nobody."""

import datetime as dt
import logging
from email import message_from_bytes
from email.policy import strict

import pytest
from django.test import Client
from django.urls import path as route
from django.utils import timezone

from kekiz_portal import logs
from kekiz_portal.logs import WithoutQuery
from network.models import (
    Consent,
    Delivery,
    MailingList,
    Newsletter,
    NewsletterEdition,
    Subscription,
    Suppression,
)
from network.newsletters import links
from network.newsletters.composing import messages
from network.newsletters.sending import steering
from network.newsletters.subscribing import signing_up
from tests.factories.network import ContactFactory
from tests.factories.offers import TopicFactory
from tests.network.newsletters.subscribing.conftest import link

pytestmark = pytest.mark.django_db


def delivery_to(address, contact=None):
    """A mail of a newsletter that has left."""
    newsletter, _ = Newsletter.objects.get_or_create(title="Neues", slug="neues")
    subscription = Subscription.objects.of(address).first()
    return Delivery.objects.create(
        newsletter=newsletter,
        address=address,
        domain="beispiel.de",
        language="de",
        contact=contact,
        subscription_id=subscription.pk if subscription else None,
    )


def path(url):
    return "/" + url.split("/", 3)[3]


@pytest.fixture
def delivery(subscribed):
    subscribed("ida@beispiel.de")
    return delivery_to("ida@beispiel.de")


def state():
    return Subscription.objects.get().state


def test_links_ask_the_database_nothing(delivery, django_assert_num_queries):
    with django_assert_num_queries(0):
        links.unsubscribe_url(delivery), links.settings_url(delivery)
        links.web_url(delivery.newsletter)


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_at_the_link_unsubscribes_nobody(client, delivery, method):
    for url in [links.unsubscribe_url(delivery), links.settings_url(delivery)]:
        assert getattr(client, method)(path(url)).status_code == 200

    assert state() == "active"


@pytest.mark.parametrize(
    "content_type", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=b"]
)
def test_a_mail_program_unsubscribes_with_one_post_and_may_repeat_it(delivery, content_type):
    body = "List-Unsubscribe=One-Click"
    if "multipart" in content_type:
        part = 'Content-Disposition: form-data; name="List-Unsubscribe"'
        body = f"--b\r\n{part}\r\n\r\nOne-Click\r\n--b--\r\n"
    for _ in range(2):
        program = Client(enforce_csrf_checks=True)
        answer = program.post(
            path(links.unsubscribe_url(delivery)), body, content_type=content_type
        )
        assert answer.status_code == 200
        assert program.cookies == {}

    assert state() == "ended"


def test_the_header_of_a_mail_names_the_link_that_unsubscribes(client, delivery):
    edition = NewsletterEdition(
        language="de", subject="Neues", html="<p>Hallo</p>", text="Hallo %%SETTINGS%%"
    )
    mail = messages.Mailing(delivery.newsletter, edition).to(delivery)
    message = message_from_bytes(mail, policy=strict)
    link_in_text = message.get_body(("plain",)).get_content().split()[1]

    assert client.get(path(link_in_text)).status_code == 200
    answer = client.post(
        path(message["List-Unsubscribe"].strip("<>")),
        message["List-Unsubscribe-Post"],
        content_type="application/x-www-form-urlencoded",
    )

    assert answer.status_code == 200
    assert state() == "ended"


def test_who_opens_the_link_again_reads_that_it_is_done_until_mails_come_again(
    client, delivery, subscribed
):
    link = path(links.unsubscribe_url(delivery))
    client.post(link)

    again = client.get(link).content.decode()
    assert "Sie sind abgemeldet" in again
    assert "Wieder anmelden" in again
    subscribed()
    assert "Newsletter abmelden?" in client.get(link).content.decode()


def test_unsubscribing_takes_the_address_at_once_and_leaves_the_evidence(client, delivery):
    client.post(path(links.unsubscribe_url(delivery)))

    row = Subscription.objects.get()
    assert (row.address, row.interests.count()) == (None, 0)
    consent = Consent.objects.get()
    assert consent.subscription is None
    assert consent.withdrawn_at is not None
    assert not Suppression.objects.exists()


def test_the_evidence_goes_after_the_end_of_the_third_year(client, delivery):
    client.post(path(links.unsubscribe_url(delivery)))
    Consent.objects.update(withdrawn_at=dt.datetime(2026, 3, 1, tzinfo=dt.UTC))

    signing_up.forget(dt.datetime(2029, 12, 31, 12, tzinfo=dt.UTC))
    assert Consent.objects.exists()
    signing_up.forget(dt.datetime(2030, 1, 1, 12, tzinfo=dt.UTC))
    assert not Consent.objects.exists()


def test_a_person_of_the_network_who_unsubscribes_is_remembered(client):
    contact = ContactFactory(email="Frau.Kurt@traeger.de", wants_mail=True)
    delivery = delivery_to("frau.kurt@traeger.de", contact)

    for _ in range(2):
        assert client.post(path(links.unsubscribe_url(delivery))).status_code == 200

    assert Suppression.objects.get().address.lower() == "frau.kurt@traeger.de"
    contact.refresh_from_db()
    assert contact.email == "Frau.Kurt@traeger.de"


def test_links_of_old_issues_work_after_a_new_key_and_when_the_ledger_has_forgotten(
    client, delivery, settings
):
    unsubscribe, preferences = links.unsubscribe_url(delivery), links.settings_url(delivery)
    Delivery.objects.all().forget_people()
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another" * 8

    assert "ida@beispiel.de" in client.get(path(preferences)).content.decode()
    client.post(path(unsubscribe))
    assert state() == "ended"


def test_an_old_link_ends_the_subscription_somebody_made_anew(client, delivery, subscribed):
    client.post(path(links.unsubscribe_url(delivery)))
    subscribed("Ida@beispiel.de")

    client.post(path(links.unsubscribe_url(delivery)))

    assert not Subscription.objects.active().exists()


def test_a_link_is_good_for_its_own_purpose_alone(client, delivery):
    token = links.settings_url(delivery).rpartition("/")[2]

    for page in ["abmelden", "bestaetigen", "meine-daten"]:
        assert client.post(f"/newsletter/{page}/{token}").status_code in {403, 404}
    assert client.get(f"/newsletter/meine-daten/{token}").status_code == 404
    assert state() == "active"


@pytest.mark.parametrize("token", ["x", "1-2-3", "1-2-3.abc", "%00", "ü", "1" * 500])
@pytest.mark.parametrize("page", ["abmelden", "bestaetigen", "einstellungen", "meine-daten"])
def test_a_damaged_link_is_told_in_words(client, page, token):
    answer = client.get(f"/newsletter/{page}/{token}")

    assert answer.status_code in {400, 404}
    assert "<h1" in answer.content.decode()


def test_a_link_to_confirm_ends_after_seven_days(client, sign_up, monkeypatch):
    [mail] = sign_up()
    late = (timezone.now() + dt.timedelta(days=7, minutes=1)).timestamp()
    monkeypatch.setattr("django.core.signing.time.time", lambda: late)

    assert client.post(link(mail, "bestaetigen")).status_code == 404
    assert state() == "asked"


def test_pages_behind_a_token_are_neither_kept_nor_passed_on(client, delivery, sign_up):
    [mail] = sign_up("otto@beispiel.de")
    pages = [
        path(links.unsubscribe_url(delivery)),
        path(links.settings_url(delivery)),
        link(mail, "bestaetigen"),
        "/newsletter/abmelden/wrong",
    ]
    for page in pages:
        answer = client.get(page)
        assert answer["Referrer-Policy"] == "no-referrer"
        assert answer["X-Robots-Tag"] == "noindex"
        assert "no-store" in answer["Cache-Control"]


def test_settings_change_topics(client, delivery):
    topic = TopicFactory(name="Ferien")
    page = path(links.settings_url(delivery))

    answer = client.post(page, {"language": "de", "interests": [topic.pk]})

    assert "Ihre Auswahl ist gespeichert" in answer.content.decode()
    assert list(Subscription.objects.get().interests.all()) == [topic]


def test_wrong_settings_are_told_and_change_nothing(client, delivery):
    answer = client.post(path(links.settings_url(delivery)), {"interests": ["7777"]})

    assert "Wählen Sie bitte neu" in answer.content.decode()
    assert Subscription.objects.get().interests.count() == 0


def test_settings_of_nobody_offer_to_begin_or_to_end(client):
    delivery = delivery_to(
        "frau.kurt@traeger.de", ContactFactory(email="frau.kurt@traeger.de", wants_mail=True)
    )

    answer = client.get(path(links.settings_url(delivery))).content.decode()

    assert "/newsletter/abmelden/" in answer


WITH_A_KEY = ["abmelden", "bestaetigen", "einstellungen", "einwilligung", "meine-daten"]


@pytest.mark.parametrize("page", WITH_A_KEY)
def test_no_key_of_a_link_reaches_the_log(page):
    line = logging.makeLogRecord({"msg": f'"GET /newsletter/{page}/1-2-3.geheim HTTP/1.1" 404'})

    WithoutQuery().filter(line)

    assert line.getMessage() == f'"GET /newsletter/{page}/… HTTP/1.1" 404'


def test_a_page_with_a_key_that_gets_another_name_is_kept_out_of_the_log_by_its_new_one(settings):
    renamed = route("tschuess/<str:token>", Client)
    settings.ROOT_URLCONF = type("urls", (), {"urlpatterns": [renamed]})

    assert logs.fronts_of_keys.__wrapped__() == ["/tschuess/"]


def test_robots_leave_every_page_with_a_key_alone(client):
    told = client.get("/robots.txt").content.decode()

    assert all(f"Disallow: /newsletter/{page}/\n" in told for page in WITH_A_KEY)


@pytest.mark.parametrize(
    ("address", "days", "stays"),
    [
        ("leitung@kita.example", 4000, True),
        ("niemand@kita.example", 300, True),
        ("niemand@kita.example", 400, False),
    ],
)
def test_a_wish_is_forgotten_a_year_later_when_nobody_has_the_address(address, days, stays):
    ContactFactory(email="Leitung@kita.example")
    since = timezone.now() - dt.timedelta(days=days)
    Suppression.objects.create(address=address, since=since)

    signing_up.forget()

    assert Suppression.objects.exists() is stays


def test_who_signed_up_in_turkish_signs_off_in_turkish(client, subscribed):
    subscribed("elif@beispiel.de")
    Subscription.objects.update(language="tr")
    newsletter = Newsletter.objects.create(title="Neues", slug="neues")
    newsletter.mailing_lists.set(MailingList.objects.all())
    newsletter.blocks.create(text="<p>Guten Tag!</p>")
    assert steering.start(newsletter)
    delivery = Delivery.objects.get(newsletter=newsletter)

    mail = message_from_bytes(
        messages.Mailing(newsletter, newsletter.editions.get()).to(delivery), policy=strict
    )

    sign_off = mail["List-Unsubscribe"].strip("<>")
    text = mail.get_body(["plain"]).get_content()
    assert mail["Content-Language"] == "de"
    assert "/tr/newsletter/einstellungen/" in text
    assert sign_off in text
    page = client.get(path(sign_off), headers={"Accept-Language": "de"}).content.decode()
    assert '<html lang="tr"' in page
    assert client.post(path(sign_off), {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert state() == Subscription.State.ENDED
