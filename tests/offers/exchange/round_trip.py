"""Take a portal out as files and in again."""

from itertools import zip_longest

from django.core.management import call_command
from django.db import connection

from offers.exchange.city import facts
from offers.exchange.city.whole_lists import WholeList
from offers.models import Institution, LoadedRow, Location, Offer
from tests.rows import table_of

FILES = ("institutions.csv", "offers.csv")


def exported(folder):
    """Return what this portal exports, by file."""
    folder.mkdir(exist_ok=True)
    call_command("export_facts", folder)
    return {name: (folder / name).read_bytes() for name in FILES}


def emptied():
    """Leave the portal with its words and parts of the city, but no entry."""
    connection.check_constraints()  # no table is emptied while some wait
    tables = ", ".join(table_of(model) for model in [Offer, Institution, Location, LoadedRow])
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {tables} CASCADE")


def loaded(folder):
    """Load the lists of a folder; returns what was refused."""
    reports = [WholeList(kind).load(folder) for kind in facts.WHOLE_LISTS]
    return [str(problem) for report in reports for problem in report.problems]


def differences(before, after):
    """Return the first cells that differ, by file: comparing whole files would take minutes."""
    found = {}
    for name in FILES:
        pairs = zip_longest(*(text.decode().splitlines() for text in (before[name], after[name])))
        found[name] = next((pair for pair in pairs if pair[0] != pair[1]), None)
    return {name: pair for name, pair in found.items() if pair}


def comes_back_the_same(folder):
    before = exported(folder)
    emptied()
    assert loaded(folder) == []
    after = exported(folder / "again")
    assert differences(before, after) == {}
    assert all(before[name] == after[name] for name in FILES)
