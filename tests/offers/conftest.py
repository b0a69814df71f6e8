"""Herne's facts in the database, poured in for a module, and read independently from the files."""

import csv

import pytest
from django.db import transaction

from tests import rows
from tests.conftest import FACTS


@pytest.fixture(scope="module")
def herne(herne_as_rows, django_db_blocker):
    """The portal as it is after its first start; nothing a test changes stays."""
    with django_db_blocker.unblock(), transaction.atomic():
        rows.pour(herne_as_rows)
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
    """The rows of offers as families should see them: later facts laid over them by hand.

    Only what is shown: no ended entries and none that wait for an answer. ``places`` are the rows
    that name the places one by one.
    """
    later = {(row["offer_id"], row["field"]): row["value"] for row in facts("offer_facts.csv")}
    later |= {(row["offer_id"], row["field"]): row["value"] for row in facts("offer_readings.csv")}
    status = {row["offer_id"]: row["decision"] for row in facts("offer_status.csv")}
    found = []
    for row in facts("offers.csv"):
        if status.get(row["id"], "shown") == "shown":
            own = {field: value for (key, field), value in later.items() if key == row["id"]}
            places = [one for one in facts("offer_places.csv") if one["offer_id"] == row["id"]]
            found.append(row | own | {"places": places})
    return found
