"""One mailbox in two spellings is one: one mail, one sign-off, one disclosure."""

import pytest
from django.db import IntegrityError, transaction

from network.models import (
    AddressHealth,
    Contact,
    Delivery,
    MailingList,
    Newsletter,
    Segment,
    Subscription,
    Suppression,
)
from network.newsletters.sending import audience, ledger
from network.newsletters.subscribing import personal_data, signing_up
from tests.factories.network import ContactFactory

pytestmark = pytest.mark.django_db
PEOPLES, MACHINES = "Info@Kita-Grün.example", "info@xn--kita-grn-d6a.example"


def subscription(address):
    subscription = Subscription.objects.create(
        address=address,
        language="de",
        state=Subscription.State.ACTIVE,
        asked_at="2026-11-01T10:00Z",
        confirmed_at="2026-11-01T10:00Z",
    )
    subscription.lists.set(MailingList.objects.all())


@pytest.fixture
def newsletter():
    everybody = Segment.objects.create(name="Alle")
    newsletter = Newsletter.objects.create(title="Neues", segment=everybody)
    newsletter.mailing_lists.set(MailingList.objects.all())
    return newsletter


def test_contact_and_subscription_of_one_person_get_one_mail(newsletter):
    ContactFactory(email=PEOPLES, wants_mail=True)
    subscription(MACHINES)

    ledger.freeze(newsletter)

    delivery = Delivery.objects.get()
    assert (delivery.address, delivery.domain) == (
        "info@kita-grün.example",
        "xn--kita-grn-d6a.example",
    )
    assert audience.RollCall(newsletter).present([MACHINES]) == {MACHINES}


def test_weisse_rose_with_sharp_s_is_another_mailbox(newsletter):
    subscription("a@weiße-rose.example")
    subscription("a@weisse-rose.example")

    ledger.freeze(newsletter)

    assert sorted(Delivery.objects.values_list("domain", flat=True)) == [
        "weisse-rose.example",
        "xn--weie-rose-i1a.example",
    ]


def test_one_sign_off_is_enough(newsletter):
    ContactFactory(email=MACHINES, wants_mail=True)
    subscription(PEOPLES)

    signing_up.stop(PEOPLES.upper())
    ledger.freeze(newsletter)

    assert Delivery.objects.count() == 0
    assert Suppression.objects.get().address.lower() == PEOPLES.lower()


def test_one_disclosure_tells_and_one_erasure_takes_all_of_it():
    ContactFactory(email=MACHINES)
    subscription(PEOPLES)
    AddressHealth.objects.create(address=MACHINES)

    told = personal_data.about("INFO@KITA-GRÜN.EXAMPLE.")
    personal_data.erase(PEOPLES, Contact.objects.all(), None)

    assert len(told) >= 3
    assert personal_data.about(MACHINES) == []


def test_the_database_takes_a_mailbox_once():
    subscription(PEOPLES)

    with pytest.raises(IntegrityError), transaction.atomic():
        subscription(MACHINES)


def test_people_stand_by_family_name():
    for name in ["Zoe Beck", "Ada Beck-Adler", "Öz, Ali", "Dr. Otto Maier", "Anna von der Heide"]:
        ContactFactory(name=name)

    assert list(Contact.objects.values_list("name", flat=True)) == [
        "Zoe Beck",
        "Ada Beck-Adler",
        "Anna von der Heide",
        "Dr. Otto Maier",
        "Öz, Ali",
    ]
