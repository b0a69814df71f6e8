"""The office sees who gets the newsletter, and answers for the data of one address."""

import json

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.urls import reverse

from network.models import AuditEntry, Contact, DataRequest, Subscription, Suppression
from tests.factories.network import ContactFactory
from tests.factories.offers import TopicFactory
from tests.html_forms import form_of
from tests.network.newsletters.subscribing.conftest import link

pytestmark = pytest.mark.django_db
LIST = reverse("admin:network_subscription_changelist")
DATA = reverse("admin:network_personal_data")
ERASE = reverse("admin:network_personal_data_erase")


@pytest.fixture
def office(client, signed_in, django_user_model):
    user = django_user_model.objects.create_user("koordination", is_staff=True)
    user.groups.add(Group.objects.get(name="Koordination"))
    client.handler.enforce_csrf_checks = False
    return signed_in(client, user)


def test_the_list_counts_and_nobody_is_signed_up_here(subscribed, office):
    subscribed("ida@beispiel.de")
    page = office.get(LIST).content.decode()

    assert "ida@beispiel.de" in page
    assert "aktiv: <strong>1</strong>" in page
    assert office.get(reverse("admin:network_subscription_add")).status_code == 403
    number = Subscription.objects.get().pk
    shown = office.get(reverse("admin:network_subscription_change", args=[number]))
    assert "abgemeldet am" in shown.content.decode().lower()


def test_the_office_hands_out_the_data_of_an_address_and_that_is_noted(subscribed, office):
    subscribed("ida@beispiel.de")
    assert "Wortlaut" in office.post(DATA, {"address": "IDA@beispiel.de"}).content.decode()

    file = office.post(reverse("admin:network_personal_data_file"), {"address": "ida@beispiel.de"})

    assert json.loads(file.content)["data"][0]["title"] == "Abos"
    entry = AuditEntry.objects.filter(action="export").get()
    assert entry.actor_name == "koordination"
    assert "ida" not in str(AuditEntry.objects.values().get(pk=entry.pk))


def test_the_office_erases_an_address_and_that_is_noted(subscribed, office):
    subscribed("ida@beispiel.de")

    question = office.post(ERASE, {"address": "ida@beispiel.de"}).content.decode()
    assert "Abos: 1" in question
    assert Subscription.objects.filter(state="active").exists()
    page = office.post(ERASE, {"address": "ida@beispiel.de", "agreed": "1"}, follow=True)

    assert "sind gelöscht" in page.content.decode()
    assert not Subscription.objects.exists()
    assert AuditEntry.objects.filter(action="deleted", actor_name="koordination").exists()


def test_the_office_says_which_of_the_people_with_one_address_goes(office):
    anna = ContactFactory(name="Anna Muster", email="info@kita.example", wants_mail=True)
    bert = ContactFactory(name="Bert Beispiel", email="INFO@kita.example", wants_mail=True)
    wish = {"address": "info@kita.example", "kind": "erasure"}
    DataRequest.objects.create(**wish, note="Anna")
    asked = office.post(ERASE, {"address": "info@kita.example"})
    assert "Anna Muster" in asked.content.decode()
    assert "Bert Beispiel" in asked.content.decode()

    typed = {"address": "info@kita.example", "agreed": "1"}
    office.post(ERASE, typed | {"person": [anna.pk, "999999", "x"]})

    assert list(Contact.objects.all()) == [bert]
    assert not Contact.history.filter(id=anna.pk).exists()
    assert Contact.history.filter(id=bert.pk).exists()
    assert DataRequest.objects.open().exists()

    office.post(ERASE, typed | {"person": [bert.pk]})
    assert not Contact.history.exists()
    assert not DataRequest.objects.open().exists()


@pytest.mark.parametrize("address", ["", "quatsch", "x" * 5000])
def test_a_wrong_address_is_told(office, address):
    page = office.post(DATA, {"address": address})

    assert page.status_code == 200
    assert "errorlist" in page.content.decode()


def test_only_the_network_office_sees_addresses(client, signed_in, django_user_model):
    user = django_user_model.objects.create_user("redaktion", is_staff=True)
    user.groups.add(Group.objects.get(name="Redaktion"))
    editor = signed_in(client, user)
    ContactFactory(email="ida@beispiel.de")

    assert editor.get(LIST).status_code == 403
    assert editor.post(DATA, {"address": "ida@beispiel.de"}).status_code == 403


def correct(office, **changes):
    """Send the form of the only subscription as a browser would, with changes."""
    subscription = Subscription.objects.exclude(state="ended").get()
    data = {
        "address": subscription.address,
        "language": subscription.language,
        "interests": [topic.pk for topic in subscription.interests.all()],
    }
    address = reverse("admin:network_subscription_change", args=[subscription.pk])
    return office.post(address, data | changes, follow=True)


def test_the_office_corrects_topics_and_that_is_noted_without_the_address(subscribed, office):
    topic = TopicFactory(name="Geburt")
    subscribed("ida@beispiel.de")

    correct(office, interests=[topic.pk])

    subscription = Subscription.objects.get()
    assert list(subscription.interests.all()) == [topic]
    entry = AuditEntry.objects.filter(action="corrected").get()
    assert (entry.actor_name, entry.subject) == (
        "koordination",
        f"network.subscription:{subscription.pk}",
    )
    assert "ida@" not in str(AuditEntry.objects.values().get(pk=entry.pk))
    assert "ida@" not in str(list(LogEntry.objects.values()))


def test_a_corrected_address_gets_nothing_before_its_owner_confirms(
    client, subscribed, office, post_office
):
    topic = TopicFactory()
    subscribed("ida@beispeil.de", interests=[topic.pk])

    [mail] = post_office(lambda: correct(office, address="ida@beispiel.de"))

    assert mail.to == ["ida@beispiel.de"]
    asked = Subscription.objects.of("ida@beispiel.de").get()
    assert (asked.state, list(asked.interests.all())) == ("asked", [topic])
    assert not Subscription.objects.of("ida@beispeil.de").exists()
    client.post(link(mail, "bestaetigen"))
    asked.refresh_from_db()
    assert asked.state == "active"


@pytest.mark.parametrize("address", ["otto@beispiel.de", "quatsch", "a\x00@b.de", ""])
def test_an_address_that_cannot_be_is_told_and_nothing_changes(subscribed, office, address):
    subscribed("otto@beispiel.de")
    Subscription.objects.update(state="asked", confirmed_at=None)
    subscribed("ida@beispiel.de")
    number = Subscription.objects.get(state="active").pk

    data = {"address": address, "language": "de"}
    page = office.post(reverse("admin:network_subscription_change", args=[number]), data)

    assert "errorlist" in page.content.decode()
    assert Subscription.objects.get(pk=number).address == "ida@beispiel.de"


def test_who_has_not_confirmed_is_not_corrected(called, client, office):
    client.post("/newsletter/", {"address": "ida@beispiel.de", "language": "de"})

    assert correct(office, address="otto@beispiel.de").status_code == 403


def test_whoever_wants_no_newsletter_wants_none_at_a_new_address(office):
    person = ContactFactory(email="alt@kita.example")
    Suppression.objects.create(address="ALT@kita.example")
    address = reverse("admin:network_contact_change", args=[person.pk])

    office.post(
        address, form_of(office.get(address), "contact_form") | {"email": "neu@kita.example"}
    )

    assert Suppression.objects.filter(address="neu@kita.example").exists()
