"""Thousands of offers; these tests stand side by side so that one process makes them once."""

import pytest
from django.core.management import call_command

from tests import rows

MANY = 5_000


@pytest.fixture(scope="session")
def many_offers_as_rows(herne_as_rows, django_db_blocker):
    """Herne's facts and five thousand made-up offers, ready to be poured in."""

    def make():
        rows.pour(herne_as_rows)
        call_command("generate_offers", MANY, force=True, verbosity=0)

    with django_db_blocker.unblock():
        return rows.made_by(make)
