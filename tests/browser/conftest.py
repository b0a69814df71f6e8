"""Herne's facts behind a server that a real browser talks to."""

import pytest
from django.core.management import call_command

from tests import rows
from tests.conftest import FACTS, KEPT


@pytest.fixture(scope="session")
def herne_with_pages_as_rows(herne_as_rows, rows_made_once):
    """Herne's facts and the city's texts, ready to be poured in."""

    def make():
        rows.pour(herne_as_rows)
        call_command("load_pages", FACTS, verbosity=0)

    return rows_made_once("herne_with_pages", lambda: rows.made_by(make))


@pytest.fixture
def herne_for_browsers(transactional_db, herne_with_pages_as_rows):
    """The facts and the city's texts, poured in for each test that does not find them."""
    rows.pour_and_keep(KEPT, herne_with_pages_as_rows)


@pytest.fixture
def herne(herne_for_browsers):
    """Herne behind the server; tests may change it."""
