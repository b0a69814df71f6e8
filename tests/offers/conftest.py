"""Herne's facts in the database, poured in for a module, and read independently from the files."""

import csv

import pytest
from django.db import transaction

from tests.conftest import FACTS


@pytest.fixture(scope="module")
def herne(herne_as_rows, database_with, django_db_blocker):
    """The portal as it is after its first start; nothing a test changes stays."""
    herne = database_with("herne", herne_as_rows)
    with django_db_blocker.unblock(), herne.opened(), transaction.atomic():
        yield FACTS
        transaction.set_rollback(True)


@pytest.fixture(scope="session")
def facts():
    """Read a file of facts without any code of the portal: facts("offers.csv") -> dicts."""

    def read(name):
        with (FACTS / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return read


@pytest.fixture(scope="session")
def entries(facts):
    """The rows of offers that families should see: no ended ones and none that wait."""
    return [row for row in facts("offers.csv") if row["Status"] == "veröffentlicht"]
