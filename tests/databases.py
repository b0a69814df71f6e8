"""Databases of this process, each with the rows that many tests begin with.

Whatever a test commits is taken back table by table. Pouring Herne into empty tables for each
module that reads it took a seventh of the whole run.
"""

import os
import time
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.db import OperationalError, connection, transaction

from offers.search.query import memory
from tests import rows

TRIES = 3  # to take back what was committed, or to copy a database
COUNTER = "changes_of_"


class Database:
    """A database that holds the same rows whenever a test begins."""

    def __init__(self, name, written):
        """Take its name and what ``rows.read`` says, or would say, of it."""
        self.name = name
        self.written = {place.partition(" ")[0]: (place, lines) for place, lines in written.items()}
        self.counted = counted()

    @contextmanager
    def opened(self):
        """Let this process, and whatever it starts, use it; then again the one before."""
        before = connection.settings_dict["NAME"]
        use(self.name)
        try:
            yield
        finally:
            use(before)

    def go_back(self):
        """Let it hold its rows and no others.

        Neither guards nor foreign keys have a say in this, if we are a superuser; else all tables
        are emptied. A server or worker that a test started may still be writing: then the database
        ends one of the two.
        """
        for _ in range(TRIES - 1):
            with suppress(OperationalError):
                return self._go_back()
        return self._go_back()

    def _go_back(self):
        tables = [table for table, count in counted().items() if count != self.counted.get(table)]
        if not tables:
            return
        with transaction.atomic(), connection.cursor() as cursor:
            if rows.is_superuser():
                cursor.execute("SET LOCAL session_replication_role = replica")
                cursor.execute(f"LOCK TABLE {', '.join(tables)} IN EXCLUSIVE MODE")
                cursor.execute("; ".join(f"DELETE FROM {table}" for table in tables))  # noqa: S608, own names
            else:
                tables = list(map(rows.table_of, rows.every_model()))
                cursor.execute(f"TRUNCATE {', '.join(tables)}")
            for table in tables:
                if table in self.written:
                    rows.pour_table(cursor, *self.written[table])
            now = counted()
        self.counted |= {table: now[table] for table in tables}


def use(name):
    """Let this process, and whatever it starts, use the database of this name from now on."""
    connection.close()
    connection.settings_dict["NAME"] = name
    parts = urlsplit(os.environ["DATABASE_URL"])
    os.environ["DATABASE_URL"] = urlunsplit(parts._replace(path=f"/{name}"))
    memory._here.fingerprint = None  # words of another database may have the same numbers


def with_rows(name, poured, fresh):
    """Return a new database beside a fresh one, which is in use, with these rows beside its own."""
    own = connection.settings_dict["NAME"]
    new = f"{own}_{name}"
    connection.close()
    with rows.link_to("postgres") as link:
        link.execute(f"DROP DATABASE IF EXISTS {new} WITH (FORCE)")
        copy(link, connection.settings_dict["TEST"].get("TEMPLATE") or own, new)
    use(new)
    try:
        rows.hurry()
        rows.pour(poured)
        rows.count_on_from(poured)
        rows.count()
        return Database(new, dict(fresh.written.values()) | poured)
    finally:
        use(own)


def copy(link, database, new):
    """Copy a database; a session that just ends may still be there for a moment."""
    for _ in range(TRIES):
        with suppress(psycopg.errors.ObjectInUse):
            return link.execute(f"CREATE DATABASE {new} TEMPLATE {database}")
        time.sleep(1)
    users = "SELECT state, query FROM pg_stat_activity WHERE datname = %s"
    raise AssertionError(f"{database} stays in use: {link.execute(users, [database]).fetchall()}")


def drop(database):
    with rows.link_to("postgres") as link:
        link.execute(f"DROP DATABASE IF EXISTS {database.name} WITH (FORCE)")


def count_changes():
    """Let the database in use, and each copy of it, count changes of its tables from now on."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE OR REPLACE FUNCTION count_changes() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN PERFORM nextval('{COUNTER}' || TG_RELID); RETURN NULL; END $$"
        )
        for table in map(rows.table_of, rows.every_model()):
            cursor.execute("SELECT CAST(%s AS regclass)::oid", [table])
            counter = f"{COUNTER}{cursor.fetchone()[0]}"
            cursor.execute(
                f"CREATE SEQUENCE IF NOT EXISTS {counter}; "
                f"CREATE OR REPLACE TRIGGER count_changes "
                f"AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION count_changes(); "
                f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER count_changes"
            )


def counted():
    """Return for each table a number that grows with every change, also by other processes."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT '\"' || relname || '\"', last_value FROM pg_sequences "
            "JOIN pg_class ON sequencename = %s || pg_class.oid",
            [COUNTER],
        )
        return dict(cursor.fetchall())
