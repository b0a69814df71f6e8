"""People stand in the network only as they agreed to, and can be reached."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from tests.factories.network import ContactFactory

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
