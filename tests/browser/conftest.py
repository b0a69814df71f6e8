"""Herne's facts behind a server that a real browser talks to."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction

from tests.offers.conftest import FACTS

OUR_APPS = ["lifephases", "offers", "network", "kekiz_portal"]


def our_tables():
    """Return the filled tables of our apps, each with the columns that can be written."""
    models = [
        model
        for app in OUR_APPS
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
        if model._base_manager.exists()
    ]
    return {
        model._meta.db_table: [
            field.column for field in model._meta.concrete_fields if not field.generated
        ]
        for model in models
    }


def named(table, columns):
    quoted = ", ".join(map(connection.ops.quote_name, columns))
    return f"{connection.ops.quote_name(table)} ({quoted})"


@pytest.fixture(scope="session")
def herne_as_rows():
    """What the first load wrote, for all tests of a session: table -> (columns, rows)."""
    return {}


@pytest.fixture
def herne(transactional_db, herne_as_rows):
    """The facts, loaded once a session and poured in again for each test."""
    if not herne_as_rows:
        call_command("load_facts", FACTS, verbosity=0)
        call_command("load_pages", FACTS, verbosity=0)
        herne_as_rows.update(read_rows())
        return
    with transaction.atomic(), connection.cursor() as cursor:
        for table, (columns, rows) in herne_as_rows.items():
            with cursor.copy(f"COPY {named(table, columns)} FROM STDIN") as copy:
                copy.write(rows)
            if "id" in columns:
                cursor.execute(
                    "SELECT setval(pg_get_serial_sequence(%s, 'id'), "  # noqa: S608, names of our own
                    f'(SELECT max(id) FROM "{table}"))',
                    [table],
                )


def read_rows():
    found = {}
    with connection.cursor() as cursor:
        for table, columns in our_tables().items():
            with cursor.copy(f"COPY {named(table, columns)} TO STDOUT") as copy:
                found[table] = columns, b"".join(bytes(part) for part in copy)
    return found
