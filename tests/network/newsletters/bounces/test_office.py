"""The office sees what came back, and lets an address get newsletters again."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils import timezone

from network.models import AddressHealth, AuditEntry, Bounce, Delivery
from network.newsletters.bounces import scoring
from network.newsletters.bounces.recognising import recognise
from network.newsletters.sending.return_addresses import return_path
from tests.factories.network import ContactFactory
from tests.network.newsletters.bounces.samples import POSTFIX, mail

BOUNCES = reverse("admin:network_bounce_changelist")
ADDRESSES = reverse("admin:network_addresshealth_changelist")
QUERIES = 20


@pytest.fixture
def coordinator(django_user_model):
    user = django_user_model.objects.create_user("koordination", is_staff=True)
    user.groups.add(Group.objects.get(name="Koordination"))
    return user


@pytest.fixture
def office(client, signed_in, coordinator):
    return signed_in(client, coordinator)


@pytest.fixture
def stopped(sent_to, settings):
    settings.BOUNCE_THRESHOLD = 1
    scoring.take_in(recognise(mail(POSTFIX, return_path(sent_to()))))
    return AddressHealth.objects.get()


def release(office, health):
    chosen = {"action": "release", "_selected_action": [health.pk]}
    return office.post(ADDRESSES, chosen, follow=True).content.decode()


def test_a_coordinator_reads_who_came_back_and_why(office, stopped):
    page = office.get(BOUNCES, {"art": "hard", "folge": "counted"}).content.decode()

    assert "leitung@kita.example" in page
    assert "550 5.1.1 User unknown" in page
    assert "Neues im Oktober" in page
    assert "gezählt" in page


def test_a_coordinator_lets_an_address_get_newsletters_again(office, stopped, coordinator):
    page = release(office, stopped)

    stopped.refresh_from_db()
    assert (stopped.score, stopped.stopped_at, stopped.released_by) == (0, None, coordinator)
    assert "1 Adresse bekommt wieder Newsletter." in page
    entry = AuditEntry.objects.get(action="released")
    assert (entry.actor, entry.subject) == (coordinator, f"network.addresshealth:{stopped.pk}")
    assert stopped.address not in str(AuditEntry.objects.values().get(pk=entry.pk))
    assert "Keine der gewählten Adressen war angehalten." in release(office, stopped)
    assert AuditEntry.objects.filter(action="released").count() == 1


def test_a_released_address_starts_anew_on_the_same_day(office, stopped, sent_to):
    release(office, stopped)

    scoring.take_in(recognise(mail(POSTFIX, return_path(sent_to()), number=2)))

    stopped.refresh_from_db()
    assert stopped.score == 1


def test_the_ledger_shows_which_mails_came_back(office, stopped, sent_to):
    sent_to("angekommen@kita.example")
    scoring.take_in(
        recognise(mail(POSTFIX, return_path(Delivery.objects.earliest("pk")), number=2))
    )

    address = reverse("admin:network_delivery_changelist")
    page = office.get(address, {"stand": "zurueck"}).content.decode()

    assert page.count('field-address">') == 1
    assert "leitung@kita.example" in page
    assert "angekommen@kita.example" not in page


def test_a_stopped_partner_is_a_task_of_the_coordinators_until_the_address_is_right(
    office, stopped
):
    person = ContactFactory(name="Frau Unerreichbar", email="Leitung@Kita.example")
    ContactFactory(name="Frau Erreichbar", email="da@kita.example")
    start = office.get(reverse("admin:index")).content.decode()
    address = f"{reverse('admin:network_contact_changelist')}?fehlt=zustellung"
    listed = office.get(address).content.decode()

    assert "an deren E-Mail-Adresse nichts mehr ankommt" in start
    assert address in start
    assert "Frau Unerreichbar" in listed
    assert "Frau Erreichbar" not in listed

    person.email = "neu@kita.example"
    person.save()
    assert "nichts mehr ankommt" not in office.get(reverse("admin:index")).content.decode()


def test_who_may_only_look_releases_nobody(client, signed_in, django_user_model, stopped):
    reader = django_user_model.objects.create_user("leserin", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_addresshealth"))

    release(signed_in(client, reader), stopped)

    stopped.refresh_from_db()
    assert stopped.stopped_at is not None


@pytest.mark.parametrize("name", ["bounce", "addresshealth"])
def test_nobody_writes_bounces_by_hand(office, stopped, name):
    pk = Bounce.objects.get().pk if name == "bounce" else stopped.pk
    changing = office.get(reverse(f"admin:network_{name}_change", args=[pk]))

    assert changing.status_code == 200
    assert b'name="score"' not in changing.content
    assert office.get(reverse(f"admin:network_{name}_add")).status_code == 403
    assert office.post(reverse(f"admin:network_{name}_delete", args=[pk])).status_code == 403


def test_lists_take_few_questions_with_many_rows(office, sent_to, django_assert_max_num_queries):
    for number in range(30):
        raw = mail(POSTFIX, return_path(sent_to(f"p{number}@kita.example")), number=number)
        scoring.take_in(recognise(raw))
    AddressHealth.objects.filter(address__startswith="p1").update(stopped_at=timezone.now())

    for page in (
        BOUNCES,
        f"{BOUNCES}?art=hard&folge=counted&q=p1",
        ADDRESSES,
        f"{ADDRESSES}?newsletter=nein",
        f"{ADDRESSES}?newsletter=ja&q=p2&o=-2",
    ):
        with django_assert_max_num_queries(QUERIES):
            answer = office.get(page)
        assert answer.status_code == 200, page


def test_signs_that_are_none_find_nothing(office, stopped):
    for page in (BOUNCES, ADDRESSES):
        assert office.get(page, {"q": "\0"}).status_code in {200, 400}
