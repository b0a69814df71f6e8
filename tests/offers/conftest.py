"""Herne's facts in the database, loaded once for a module and read independently from the files."""

import csv
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction

FACTS = Path(__file__).resolve().parents[2] / "data" / "herne"


@pytest.fixture(scope="module")
def herne(django_db_setup, django_db_blocker):
    """The portal as it is after its first start; nothing a test changes stays."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_facts", FACTS, verbosity=0)
        yield FACTS
        transaction.set_rollback(True)


@pytest.fixture(scope="session")
def facts():
    """Read a file of facts without any code of the portal: facts("offers.csv") -> dicts."""

    def read(name):
        with (FACTS / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return read
