"""Herne's facts behind a server that a real browser talks to."""

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

from tests import rows
from tests.conftest import FACTS


@pytest.fixture(scope="session")
def herne_with_pages_as_rows(herne_as_rows, rows_made_once):
    """Herne's facts and the city's texts, ready to be poured in."""

    def make():
        rows.pour(herne_as_rows)
        call_command("load_pages", FACTS, verbosity=0)

    return rows_made_once("herne_with_pages", lambda: rows.made_by(make))


@pytest.fixture(scope="module", autouse=True)
def files_as_released(collected):
    """One sheet and one script instead of sixty files, which each test would ask for anew."""
    # The server of the tests looks for files where they are written.
    with override_settings(STATICFILES_DIRS=[collected, *settings.STATICFILES_DIRS]):
        yield


@pytest.fixture
def herne(transactional_db, herne_with_pages_as_rows, database_with):
    """Herne behind the server; tests may change it."""
    database = database_with("pages", herne_with_pages_as_rows)
    with database.opened():
        yield
        database.go_back()
