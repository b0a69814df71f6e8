"""People see, take along and erase what is known about their address."""

import json
import re

import pytest
from dateutil.relativedelta import relativedelta
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from network.lists import work_list
from network.models import (
    Bounce,
    Consent,
    Contact,
    DataRequest,
    Delivery,
    MailRequest,
    Subscription,
    Suppression,
)
from tests.factories.network import ContactFactory
from tests.network.newsletters.subscribing.conftest import link
from tests.network.newsletters.subscribing.test_links import delivery_to
from tests.network.people.test_erasing import everything_written

pytestmark = pytest.mark.django_db


@pytest.fixture
def data_page(client, post_office):
    """Ask for the link: data_page("a@b.example") -> path of the page with the data."""

    def ask(address):
        [mail] = post_office(lambda: client.post("/newsletter/meine-daten/", {"address": address}))
        return link(mail, "meine-daten")

    return ask


def test_a_mailed_link_shows_everything_about_one_address_and_nobody_else(
    client, subscribed, data_page
):
    for address in ["ida@beispiel.de", "otto@beispiel.de"]:
        subscribed(address)
        delivery_to(address)
    ContactFactory(name="Ida Kurt", email="IDA@beispiel.de")

    page = data_page("Ida@beispiel.de")
    shown = client.get(page).content.decode()
    file = client.get(f"{page}/herunterladen")

    assert "Ida Kurt" not in shown + file.content.decode()
    assert "Neues" in shown
    assert "Wortlaut" in shown
    assert "otto@" not in shown + file.content.decode()
    titles = [section["title"] for section in json.loads(file.content)["data"]]
    assert titles[:3] == ["Abos", "Einwilligungen", "Zustellungen"]
    assert "attachment" in file["Content-Disposition"]


def test_what_is_stored_is_called_by_names_of_the_reader_s_language(client, subscribed, data_page):
    subscribed("ida@beispiel.de")
    delivery_to("ida@beispiel.de")
    Delivery.objects.update(state="sent", answer_code=250, answer="ok")
    page = data_page("ida@beispiel.de")

    for section in client.get(page).context["sections"]:
        assert all(row["told"] for row in section["rows"])
    shown = client.get(f"/tr{page}").content.decode()
    at_sight = re.sub("<details.*?</details>", "", shown, flags=re.DOTALL)
    assert "Size gönderilen e-postalar" in at_sight
    assert "kabul edildi" in at_sight
    for german in ["Einwilligungen", "angemeldet am", ">Sprache<", "Code der Antwort", "Fassung"]:
        assert german not in at_sight, german
    assert "Code der Antwort" in shown


def test_the_answer_is_the_same_for_an_address_nobody_knows(client, called, subscribed, data_page):
    subscribed("ida@beispiel.de")
    answers = [
        client.post("/newsletter/meine-daten/", {"address": address})
        for address in ["ida@beispiel.de", "fremd@beispiel.de"]
    ]

    assert {(one.status_code, one["Location"]) for one in answers} == {
        (303, "/newsletter/meine-daten/unterwegs/")
    }


def test_a_page_about_nobody_says_so(client, data_page):
    page = client.get(data_page("fremd@beispiel.de")).content.decode()

    assert "Angeforderte" not in page
    assert "fremd@beispiel.de" in page


def test_erasing_reaches_subscription_and_ledger_but_no_person(client, subscribed, data_page):
    subscribed("ida@beispiel.de")
    contact = ContactFactory(
        name="Ida Kurt", email="ida@beispiel.de", phone="02323 1", wants_mail=True
    )
    Contact.objects.filter(pk=contact.pk).get().save()  # a second version
    other = ContactFactory(name="Otto", email="otto@beispiel.de")
    delivery = delivery_to("IDA@beispiel.de", contact)
    Delivery.objects.update(state="sent", answer="250 ida@beispiel.de ok")
    Suppression.objects.create(address="ida@beispiel.de")
    page = data_page("ida@beispiel.de")

    assert client.get(f"{page}/loeschen").status_code == 200
    assert Subscription.objects.exists()
    answer = client.post(f"{page}/loeschen")

    assert "Ihre Daten sind gelöscht" in answer.content.decode()
    assert not Subscription.objects.exists()
    assert not Suppression.objects.exists()
    assert not MailRequest.objects.exists()
    assert list(Contact.objects.order_by("pk")) == [contact, other]
    contact.refresh_from_db()
    assert not contact.agrees_to_mail
    delivery.refresh_from_db()
    assert (delivery.state, delivery.answer) == ("sent", "")
    assert "ida" not in delivery.address
    consent = Consent.objects.get()  # the evidence, without the address
    assert (consent.subscription, consent.withdrawn_at is None) == (None, False)
    assert client.get(page).status_code == 404


def test_a_mail_just_being_handed_over_is_told_and_erased_a_little_later(
    client, subscribed, data_page
):
    subscribed("ida@beispiel.de")
    delivery_to("ida@beispiel.de")
    holder = "00000000-0000-0000-0000-000000000001"
    Delivery.objects.update(
        state="sending", claimed_by=holder, leased_until="2030-01-01T00:00:00+00:00"
    )
    page = data_page("ida@beispiel.de")

    first = client.post(f"{page}/loeschen").content.decode()
    Delivery.objects.update(state="sent")
    second = client.post(f"{page}/loeschen").content.decode()

    assert "Fast alles ist gelöscht" in first
    assert "Ihre Daten sind gelöscht" in second
    assert "ida@" not in Delivery.objects.get().address


def test_erasing_an_unconfirmed_sign_up_leaves_nothing(client, called, data_page):
    client.post("/newsletter/", {"address": "ida@beispiel.de", "language": "de"})
    called.clear()

    client.post(f"{data_page('ida@beispiel.de')}/loeschen")

    assert not Subscription.objects.exists()
    assert not Consent.objects.exists()


def test_erasing_leaves_no_trace_of_the_address_in_any_table(
    client, subscribed, data_page, signed_in, django_user_model
):
    """Neither in Django's own log, nor in kept searches, nor in what servers said."""
    address = "ida@beispiel.de"
    subscribed(address)
    office = signed_in(Client(), django_user_model.objects.create_superuser("verwaltung"))
    office.post(reverse("admin:network_suppression_add"), {"address": address})
    office.post(reverse("admin:network_contact_save_list") + f"?q={address}", {"name": "Suche"})
    Bounce.objects.create(
        kind="hard", effect="unsigned", diagnostic=f"no {address}", message_hash="1"
    )
    page = data_page(address)
    assert everything_written().count(address) > 4

    client.post(f"{page}/loeschen")

    assert address not in everything_written()


def test_two_people_with_one_shared_address_do_not_see_or_erase_each_other(client, data_page):
    """Whoever reads info@ is one of them, or has taken the address over."""
    anna = ContactFactory(name="Anna Muster", email="info@kita.example", phone="02323 1")
    bert = ContactFactory(name="Bert Beispiel", email="info@kita.example")
    former = ContactFactory(name="Frida Früher", email="info@kita.example")
    Contact.objects.filter(pk=former.pk).update(email="frida@example.org")
    delivery_to("info@kita.example", ContactFactory(name="Anna Muster", wants_mail=True))
    page = data_page("info@kita.example")

    shown = client.get(page).content.decode()
    shown += client.get(f"{page}/herunterladen").content.decode()
    client.post(f"{page}/loeschen")

    for person in [anna, bert, former]:
        assert person.name not in shown
        assert Contact.objects.filter(pk=person.pk).exists()
        assert Contact.history.filter(id=person.pk).exists()
    assert "Koordination" in shown
    assert "in einem Monat" in shown


def test_a_wish_about_a_person_says_which_one_and_waits_for_the_coordinators(client, data_page):
    for name in ["Anna Muster", "Bert Beispiel"]:
        ContactFactory(name=name, email="info@kita.example")
    page = data_page("info@kita.example") + "/person"
    assert "Anna" not in client.get(page).content.decode()
    empty = client.post(page, {"name": " ", "kind": "erasure"}).content.decode()
    assert "Schreiben Sie, um wen es geht." in empty
    assert not DataRequest.objects.exists()

    for _double_click in range(2):
        answer = client.post(page, {"name": "Anna Muster", "kind": "erasure"})

    request = DataRequest.objects.get()
    due = timezone.localdate() + relativedelta(months=1)
    assert (request.kind, request.address, request.due_on) == ("erasure", "info@kita.example", due)
    assert "Anna Muster" in request.note
    assert date_format(due, "j. F Y") in answer.content.decode()
    assert Contact.objects.count() == 2
    [waiting] = [one for one in work_list.QUEUES if one.model_name == "network_datarequest"]
    assert request in waiting.rows()


def test_erasing_by_the_link_leaves_the_wish_about_a_person_open(client, data_page):
    ContactFactory(name="Anna Muster", email="info@kita.example")
    page = data_page("info@kita.example")
    client.post(f"{page}/person", {"name": "Anna Muster", "kind": "access"})

    client.post(f"{page}/loeschen")

    assert DataRequest.objects.open().count() == 1
