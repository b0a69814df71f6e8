"""Herne's facts behind a server that a real browser talks to."""

import pytest
from django.core.management import call_command

from tests import rows
from tests.conftest import FACTS


@pytest.fixture
def herne(transactional_db, herne_as_rows):
    """The facts and the city's texts, poured in for each test."""
    rows.pour(herne_as_rows)
    call_command("load_pages", FACTS, verbosity=0)
