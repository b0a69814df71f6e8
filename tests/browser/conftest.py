"""Herne's facts behind a server that a real browser talks to."""

import pytest
from django.core.management import call_command

from tests.offers.conftest import FACTS


@pytest.fixture
def herne(transactional_db):
    call_command("load_facts", FACTS, verbosity=0)
    call_command("load_pages", FACTS, verbosity=0)
