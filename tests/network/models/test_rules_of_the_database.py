"""People stand in the network only as they agreed to, and can be reached."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from network.models import Contact
from tests.factories.network import (
    AgreementFactory,
    ContactFactory,
    MembershipFactory,
)

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 12, 1)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"phone": "", "mobile": "", "email": ""}, "contact_has_a_channel"),
        (
            {"visibility": "public", "consent_given_on": None},
            "contact_is_public_only_with_consent",
        ),
        ({"since": DAY, "until": DAY - dt.timedelta(days=1)}, "contact_ends_after_it_starts"),
    ],
)
def test_the_database_refuses_what_cannot_be(change, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        ContactFactory(**change)


def test_who_has_left_always_has_an_end_of_data():
    person = ContactFactory(until=DAY)

    with pytest.raises(IntegrityError, match="contact_who_left_has_an_end"), transaction.atomic():
        Contact.objects.filter(pk=person.pk).update(kept_until=None)


def test_a_house_sits_in_a_group_once_and_may_come_back():
    seat = MembershipFactory(until=DAY)
    MembershipFactory(group=seat.group, partner=seat.partner)

    with pytest.raises(IntegrityError, match="membership_open_once"), transaction.atomic():
        MembershipFactory(group=seat.group, partner=seat.partner)


@pytest.mark.parametrize(
    ("factory", "first", "last", "constraint"),
    [
        (MembershipFactory, "since", "until", "membership_ends_after_it_starts"),
        (AgreementFactory, "valid_from", "valid_until", "agreement_ends_after_it_starts"),
    ],
)
def test_nothing_ends_before_it_begins(factory, first, last, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        factory(**{first: DAY, last: DAY - dt.timedelta(days=1)})
