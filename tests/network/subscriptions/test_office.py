"""The office sees who gets the newsletter, and answers for the data of one address."""

import json

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from network.models import AuditEntry, Subscription
from tests.factories.network import ContactFactory

pytestmark = pytest.mark.django_db
LIST = reverse("admin:network_subscription_changelist")
DATA = reverse("admin:network_personal_data")


@pytest.fixture
def office(client, signed_in, django_user_model):
    user = django_user_model.objects.create_user("koordination", is_staff=True)
    user.groups.add(Group.objects.get(name="Koordination"))
    client.handler.enforce_csrf_checks = False
    return signed_in(client, user)


def test_the_list_counts_and_offers_no_way_to_write(subscribed, office):
    subscribed("ida@beispiel.de")
    page = office.get(LIST).content.decode()

    assert "ida@beispiel.de" in page
    assert "aktiv: <strong>1</strong>" in page
    assert office.get(reverse("admin:network_subscription_add")).status_code == 403
    number = Subscription.objects.get().pk
    shown = office.get(reverse("admin:network_subscription_change", args=[number]))
    assert 'name="address"' not in shown.content.decode()


def test_the_office_hands_out_the_data_of_an_address_and_that_is_noted(subscribed, office):
    subscribed("ida@beispiel.de")
    assert "Wortlaut" in office.get(DATA, {"adresse": "IDA@beispiel.de"}).content.decode()

    file = office.post(reverse("admin:network_personal_data_file"), {"adresse": "ida@beispiel.de"})

    assert json.loads(file.content)["data"][0]["title"] == "Abos"
    entry = AuditEntry.objects.filter(action="export").get()
    assert entry.actor_name == "koordination"
    assert "ida" not in str(AuditEntry.objects.values().get(pk=entry.pk))


def test_the_office_erases_an_address_and_that_is_noted(subscribed, office):
    subscribed("ida@beispiel.de")

    page = office.post(
        reverse("admin:network_personal_data_erase"), {"adresse": "ida@beispiel.de"}, follow=True
    )

    assert "sind gelöscht" in page.content.decode()
    assert not Subscription.objects.exists()
    assert AuditEntry.objects.filter(action="deleted", actor_name="koordination").exists()


@pytest.mark.parametrize("address", ["", "quatsch", "x" * 5000])
def test_a_wrong_address_is_told(office, address):
    page = office.get(DATA, {"adresse": address})

    assert page.status_code == 200
    assert "errorlist" in page.content.decode()


def test_only_the_network_office_sees_addresses(client, signed_in, django_user_model):
    user = django_user_model.objects.create_user("redaktion", is_staff=True)
    user.groups.add(Group.objects.get(name="Redaktion"))
    editor = signed_in(client, user)
    ContactFactory(email="ida@beispiel.de")

    assert editor.get(LIST).status_code == 403
    assert editor.get(DATA, {"adresse": "ida@beispiel.de"}).status_code == 403
