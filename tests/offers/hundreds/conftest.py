"""Hundreds of offers; these tests stand side by side so that one process makes them once."""

import pytest
from django.core.management import call_command

from tests import rows

MANY = 150  # beside Herne's: several pages of a list


@pytest.fixture(scope="session")
def many_offers_as_rows(herne_as_rows, rows_made_once):
    """Herne's facts and hundreds of made-up offers, ready to be poured in."""

    def make():
        rows.pour(herne_as_rows)
        call_command("generate_offers", MANY, force=True, verbosity=0)

    return rows_made_once("many", lambda: rows.made_by(make))
