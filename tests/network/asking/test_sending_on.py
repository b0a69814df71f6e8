"""A house names somebody else who knows; they get one letter with a link of their own."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from network import tasks
from network.asking import letters
from network.models import AddressHealth, HouseLetter, HouseLink
from network.newsletters.subscribing import personal_data
from offers.models import Institution
from tests.factories.network import ContactFactory
from tests.factories.offers import InstitutionFactory, OfferFactory

pytestmark = pytest.mark.django_db
LINK = re.compile(r"https?://[^/\s]+(/partner/\S+)")
LETTERS = reverse("admin:network_houseletter_changelist")


@pytest.fixture
def offer(entry):
    return entry(title="Elterncafé")


def name(client, page, address):
    """Name somebody on the page; send what waits."""
    answer = client.post(page, {"weiter": "1", "to": address})
    letters.send_waiting()
    return answer


def test_somebody_else_gets_a_letter_whose_link_is_their_own(client, page, offer, seen, mailoutbox):
    assert "Fragen Sie jemand anderen" in client.get(page).content.decode()

    answer = name(client, page, "ida@kita.de")

    assert "Wir schreiben an die Adresse" in client.get(answer["Location"]).content.decode()
    assert "ida" not in answer["Location"]
    [sent] = mailoutbox
    assert sent.to == ["ida@kita.de"]
    assert "Kita Sonnenschein hat uns Ihre Adresse genannt" in sent.body
    own = LINK.search(sent.body)[1]
    assert own != page
    assert client.post(own, {"stimmt": seen(client, own, offer)}).status_code == 303
    assert HouseLink.objects.get(letter__isnull=False).used_count == 1


def test_the_letter_does_not_ask_about_what_the_house_just_said_is_gone(
    client, page, offer, entry, mailoutbox
):
    gone = entry(title="Nähtreff")
    client.post(page, {"weg": gone.pk})

    name(client, page, "ida@kita.de")

    assert "Elterncafé" in mailoutbox[0].body
    assert "Nähtreff" not in mailoutbox[0].body


def test_who_was_named_names_nobody_else(client, page, offer, mailoutbox):
    name(client, page, "ida@kita.de")
    own = LINK.search(mailoutbox[0].body)[1]
    assert "Fragen Sie jemand anderen" not in client.get(own).content.decode()

    assert "geht das nicht mehr" in name(client, own, "noch@kita.de").content.decode()

    assert len(mailoutbox) == 1


def test_nobody_gets_two_letters_in_a_week_whoever_names_them(
    client, page, offer, mailoutbox, kita
):
    other = InstitutionFactory(email="Ida@KITA.de")
    OfferFactory(provider=other, provider_name="")
    kita.email = "info@kita.de"
    kita.save()
    letters.ask(Institution.objects.filter(pk=kita.pk))
    for address in ("ida@kita.de", "IDA@kita.de", "info@kita.de"):
        name(client, page, address)
    letters.ask(Institution.objects.all())
    letters.send_waiting()

    assert sorted(one.to[0] for one in mailoutbox) == ["ida@kita.de", "info@kita.de"]


def test_after_three_people_a_link_names_no_more(client, page, offer, mailoutbox):
    for number in range(5):
        name(client, page, f"nummer{number}@kita.de")

    assert len(mailoutbox) == 3


@pytest.mark.parametrize(
    "address", ["", "keine", "a@b", "x" * 300 + "@kita.de", "a@kita.de\nb@c.de"]
)
def test_what_is_no_address_is_said_and_kept_in_the_field(client, page, offer, address):
    answer = name(client, page, address)

    assert answer.status_code == 200
    assert "<details" in answer.content.decode()
    assert answer.context["send_on"].errors
    assert not HouseLetter.objects.exists()


def test_nobody_is_written_to_who_wants_no_mail_or_gets_none(client, page, offer, mailoutbox):
    ContactFactory(email="nein@kita.de", mail_consent_withdrawn_on=timezone.localdate())
    AddressHealth.objects.create(address="tot@kita.de", stopped_at=timezone.now())
    for address in ("nein@kita.de", "tot@kita.de"):
        assert "nicht schreiben" in name(client, page, address).content.decode()

    assert mailoutbox == []


def test_a_letter_sent_on_is_in_the_list_and_taken_back_with_the_link_it_came_from(
    client, page, offer, mailoutbox, coordinator
):
    name(client, page, "ida@kita.de")
    own = LINK.search(mailoutbox[0].body)[1]
    listed = coordinator.get(LETTERS).content.decode()
    assert "von der Einrichtung weitergegeben" in listed
    assert "ida@kita.de" in listed

    HouseLink.objects.exclude(sent_on=None).revoke()

    assert client.get(own).status_code == 410


def test_a_letter_sent_on_is_no_letter_to_the_house_and_its_address_is_forgotten(
    client, page, offer, mailoutbox, kita
):
    kita.email = "info@kita.de"
    kita.save()
    name(client, page, "ida@kita.de")
    assert letters.ask(Institution.objects.all()) == 1
    assert personal_data.about_mailbox("ida@kita.de")
    tasks.forget_old_recipients()
    assert HouseLetter.objects.exclude(sent_on_to="").exists()

    HouseLink.objects.update(expires_at=timezone.now() - dt.timedelta(days=1))
    tasks.forget_old_recipients()

    assert not HouseLetter.objects.exclude(sent_on_to="").exists()
    assert not personal_data.about_mailbox("ida@kita.de")
