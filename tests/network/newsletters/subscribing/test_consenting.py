"""People of the network are asked once whether mails may come, and answer with a click."""

import datetime as dt

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from network.models import AddressHealth, ConsentLetter, Contact, Suppression
from network.newsletters import links
from network.newsletters.subscribing import consenting
from tests.factories.network import ContactFactory
from tests.network.newsletters.subscribing.conftest import link
from tests.network.newsletters.subscribing.test_links import delivery_to, path

pytestmark = pytest.mark.django_db
PAGE = reverse("admin:network_ask_consent")


@pytest.fixture
def coordinator(signed_in, django_user_model):
    user = django_user_model.objects.create_user("koordination", is_staff=True)
    user.groups.add(Group.objects.get(name="Koordination"))
    return signed_in(Client(), user)


@pytest.fixture
def asked(mailoutbox, called):
    """Ask people as the office does: asked(person, ...) -> the mails that left."""

    def ask(*people):
        before = len(mailoutbox)
        keys = [person.pk for person in people]
        consenting.ask(Contact.objects.filter(pk__in=keys), by=None)
        consenting.send_waiting()
        return mailoutbox[before:]

    return ask


def test_the_coordinator_sees_whom_and_how_many_and_starts_the_letter_once(
    coordinator, mailoutbox, called
):
    people = [ContactFactory(name=f"Mensch {n}", email=f"m{n}@traeger.de") for n in range(3)]
    ContactFactory(name="Hat Ja gesagt", email="ja@traeger.de", wants_mail=True)

    page = coordinator.get(PAGE).content.decode()
    assert "Noch nicht gefragt: 3 Menschen" in page
    assert "Dürfen wir Ihnen E-Mails schicken?" in page
    assert "Hat Ja gesagt" not in page
    assert mailoutbox == []

    coordinator.post(PAGE, {"agreed": "3"})
    coordinator.post(PAGE, {"agreed": "3"})
    for _worker in range(2):
        consenting.send_waiting()

    assert sorted(mail.to[0] for mail in mailoutbox) == [one.email for one in people]
    assert "Noch nicht gefragt" not in coordinator.get(PAGE).content.decode()
    assert ConsentLetter.objects.exclude(sent_at=None).count() == 3


def test_who_came_in_meanwhile_is_not_asked_unseen(coordinator, called):
    ContactFactory(email="a@traeger.de")
    ContactFactory(email="b@traeger.de")

    answer = coordinator.post(PAGE, {"agreed": "1"})

    assert "Inzwischen sind es andere Menschen" in answer.content.decode()
    assert not ConsentLetter.objects.exists()


def test_nobody_else_may_start_it(client, signed_in, django_user_model):
    user = django_user_model.objects.create_user("redaktion", is_staff=True)
    user.groups.add(Group.objects.get(name="Redaktion"))
    client.handler.enforce_csrf_checks = False

    assert signed_in(client, user).get(PAGE).status_code == 403


def test_who_is_gone_said_no_or_gets_no_mail_is_not_asked():
    today = timezone.localdate()
    ContactFactory(email="")
    ContactFactory(email="weg@traeger.de", until=today - dt.timedelta(days=1))
    ContactFactory(email="nein@traeger.de", mail_consent_withdrawn_on=today)
    ContactFactory(email="Tot@traeger.de")
    AddressHealth.objects.create(address="tot@traeger.de", stopped_at=timezone.now())
    ContactFactory(email="Ab@traeger.de")
    Suppression.objects.create(address="ab@traeger.de")

    assert not Contact.objects.to_ask_for_mail_consent().exists()


@pytest.mark.parametrize(
    ("said", "agrees", "words"),
    [("ja", True, "Danke, Sie bekommen"), ("nein", False, "Sie bekommen keine E-Mails")],
)
def test_one_click_answers_and_wording_day_and_way_are_kept(client, asked, said, agrees, words):
    person = ContactFactory(name="Ida Kurt", email="ida@traeger.de")
    [mail] = asked(person)
    page = link(mail, "einwilligung")
    shown = client.get(page).content.decode()
    client.head(page)
    person.refresh_from_db()
    assert not person.agrees_to_mail
    assert "Ida Kurt" in shown

    answer = client.post(page, {"answer": said}).content.decode()

    person.refresh_from_db()
    assert words in answer
    assert person.agrees_to_mail is agrees
    assert Contact.history.filter(id=person.pk).first().history_change_reason
    if agrees:
        assert person.mail_consent_text in mail.body
        assert person.mail_consent_text in shown
        assert person.mail_consent_given_on == timezone.localdate()
        assert person.mail_consent_way == "link"


def test_two_people_at_one_shared_address_are_asked_and_answer_each_for_themselves(client, asked):
    anna = ContactFactory(name="Anna", email="info@kita.de")
    bert = ContactFactory(name="Bert", email="INFO@kita.de")
    mails = asked(anna, bert)
    assert len(mails) == 2

    of_anna = next(mail for mail in mails if "Anna" in mail.body)
    client.post(link(of_anna, "einwilligung"), {"answer": "ja"})

    assert list(Contact.objects.agreed_to_mail()) == [anna]


def test_the_link_to_sign_off_in_a_newsletter_withdraws_the_consent(client):
    person = ContactFactory(email="ida@traeger.de", wants_mail=True)
    address = links.unsubscribe_url(delivery_to("ida@traeger.de", person))

    client.post(path(address))

    person.refresh_from_db()
    assert person.mail_consent_withdrawn_on == timezone.localdate()
    assert person.mail_consent_text  # the proof that it was given stays
    assert not Contact.objects.agreed_to_mail().exists()
    assert not Contact.objects.to_ask_for_mail_consent().exists()


def test_a_letter_to_somebody_erased_meanwhile_leads_nowhere(client, asked):
    person = ContactFactory(email="ida@traeger.de")
    [mail] = asked(person)
    person.delete()

    assert client.get(link(mail, "einwilligung")).status_code == 404


@pytest.mark.parametrize("answer", ["", "vielleicht", "ja\x00"])
def test_what_is_no_answer_changes_nothing(client, asked, answer):
    person = ContactFactory(email="ida@traeger.de")
    [mail] = asked(person)

    assert client.post(link(mail, "einwilligung"), {"answer": answer}).status_code == 200
    assert Contact.objects.without_mail_consent().exists()


@pytest.mark.parametrize(
    "facts",
    [
        {"mail_consent_given_on": dt.date(2026, 1, 1)},
        {"mail_consent_given_on": dt.date(2026, 1, 1), "mail_consent_text": "Ja"},
        {"mail_consent_text": "Ja", "mail_consent_way": "written"},
    ],
)
def test_a_consent_without_wording_day_or_way_is_none(facts):
    with pytest.raises(IntegrityError, match="mail_consent_has_wording"):
        ContactFactory(**facts)
