"""People who leave are ended; at the stated end their data is gone, everywhere."""

import datetime as dt

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from psycopg.sql import SQL, Identifier

from network.models import AuditEntry, Contact, Membership
from network.tasks import erase_ended_contacts
from tests.factories.network import ContactFactory, ConversationFactory, MembershipFactory
from tests.html_forms import form_of

pytestmark = pytest.mark.django_db
NAME = "Xanthippe Beispielhaft"


def days(number):
    return timezone.localdate() + dt.timedelta(days=number)


def everything_written():
    """Return all text of all tables, as somebody with the whole database reads it."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        for (table,) in cursor.fetchall():
            cursor.execute(SQL("SELECT t::text FROM {} t").format(Identifier(table)))
            found += [row for (row,) in cursor.fetchall()]
    return "\n".join(found)


def test_who_leaves_gets_an_end_of_data_a_year_later():
    person = ContactFactory(until=days(0))

    assert person.kept_until == days(365)


def test_at_the_stated_end_nothing_of_the_person_is_left(coordinator):
    person = ContactFactory(name="Vorher", email="vorher@example.org", until=days(-10))
    address = reverse("admin:network_contact_change", args=[person.pk])
    form = form_of(coordinator.get(address), "contact_form")
    coordinator.post(address, form | {"name": NAME, "kept_until": f"{days(-1):%d.%m.%Y}"})
    seat = MembershipFactory(partner=person.partner, contact=person)
    talk = ConversationFactory(partner=person.partner, contact=person)
    assert NAME in everything_written()

    erase_ended_contacts()

    left = everything_written()
    assert NAME not in left
    assert "vorher@example.org" not in left
    assert not LogEntry.objects.filter(object_id=person.pk, content_type__model="contact").exists()
    seat.refresh_from_db()
    talk.refresh_from_db()
    assert (seat.contact, seat.until, talk.contact) == (None, days(-10), None)


def test_the_audit_log_says_by_number_that_somebody_was_erased():
    person = ContactFactory(name=NAME, kept_until=days(-1))

    erase_ended_contacts()

    entry = AuditEntry.objects.get(action="deleted")
    assert entry.subject == f"network.contact:{person.pk}"
    assert entry.details == {"reason": "Ende der Aufbewahrung"}


@pytest.mark.parametrize("kept_until", [None, 0, 30])
def test_nobody_goes_before_the_stated_end(kept_until):
    ContactFactory(kept_until=None if kept_until is None else days(kept_until))

    erase_ended_contacts()
    erase_ended_contacts()

    assert Contact.objects.count() == 1


def test_two_ended_seats_of_one_house_do_not_hinder_each_other():
    first = ContactFactory(kept_until=days(-1))
    second = ContactFactory(partner=first.partner, kept_until=days(-1))
    seat = MembershipFactory(partner=first.partner, contact=first)
    MembershipFactory(partner=first.partner, group=seat.group, contact=second)
    MembershipFactory(partner=first.partner, group=seat.group)

    erase_ended_contacts()

    assert Membership.objects.filter(contact=None).count() == 3
    assert Membership.objects.filter(until=None).count() == 1


def test_coordinators_end_people_but_cannot_delete_them(coordinator):
    person = ContactFactory()

    response = coordinator.post(reverse("admin:network_contact_delete", args=[person.pk]))

    assert response.status_code == 403


def test_an_administrator_deletes_somebody_with_a_reason_and_without_a_trace(of_role):
    person = ContactFactory(name=NAME)
    client = of_role("Administration")
    address = reverse("admin:network_contact_delete", args=[person.pk])

    client.post(address, {"post": "yes", "reason": "hat es verlangt"})

    assert AuditEntry.objects.get(action="deleted").details == {"reason": "hat es verlangt"}
    client.logout()  # a message to the reader still names the person until it is read
    assert NAME not in everything_written()


@pytest.mark.parametrize("until", ["31.12.9999", "30.12.9999"])
def test_a_last_day_far_away_is_no_error(coordinator, until):
    person = ContactFactory()
    address = reverse("admin:network_contact_change", args=[person.pk])
    form = form_of(coordinator.get(address), "contact_form")

    coordinator.post(address, form | {"until": until})

    person.refresh_from_db()
    assert person.kept_until == dt.date.max


def test_a_list_that_was_searched_for_somebody_goes_with_them(coordinator):
    person = ContactFactory(name=NAME, until=days(-10), kept_until=days(-1))
    coordinator.post(reverse("admin:network_contact_save_list") + f"?q={NAME}", {"name": "Suche"})
    assert NAME in everything_written()

    erase_ended_contacts()

    assert NAME not in everything_written()
    assert not Contact.objects.filter(pk=person.pk).exists()
