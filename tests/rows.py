"""Rows taken out of the database once and poured in again: far faster than making them anew."""

import fcntl
import hashlib
import pickle

import psycopg
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import OperationalError, connection, transaction
from django.db.models import AutoField

OUR_APPS = ["lifephases", "offers", "network", "kekiz_portal"]
HURRIED = ["synchronous_commit = off", "jit = off", "statement_timeout = '60s'"]
HURRIED += ["lock_timeout = '30s'"]
SAYS_WHERE = {"host", "port", "user", "password", "dbname", "autocommit"}


def made_once(folder, name, make):
    """Return the rows that calling this returns; of all processes with the folder one calls it.

    Rows refer to groups and kinds of content, so only a database where those are the same may use
    what another one made.
    """
    around = read([ContentType, Permission, Group])
    digest = hashlib.sha256(repr(around).encode()).hexdigest()
    kept = folder / f"{name}-{digest}"
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            half = kept.with_suffix(".half")
            half.write_bytes(pickle.dumps(make()))
            half.rename(kept)
    made = pickle.loads(kept.read_bytes())  # noqa: S301, written by these tests
    count_on_from(made)
    return made


def count_on_from(rows):
    """Let the numbers of new rows begin after those of these rows, whichever database made them."""
    numbered = {table_of(one): one._meta.pk.column for one in every_model() if is_numbered(one)}
    with connection.cursor() as cursor:
        for place, written in rows.items():
            table, _, columns = place.rstrip(")").partition(" (")
            if table in numbered:
                at = columns.split(", ").index(connection.ops.quote_name(numbered[table]))
                last = max(int(line.split(b"\t")[at]) for line in written.splitlines())
                cursor.execute(
                    "SELECT setval(sequence, greatest(%s, nextval(sequence))) "
                    "FROM CAST(pg_get_serial_sequence(%s, %s) AS regclass) AS sequence",
                    [last, table, numbered[table]],
                )


def is_numbered(model):
    return isinstance(model._meta.pk, AutoField)


def made_by(make):
    """Return the rows that calling this writes into empty tables of ours; none of them stays."""
    with transaction.atomic():
        empty = [model for model in of_our_apps() if not model._base_manager.exists()]
        make()
        made = read(empty)
        transaction.set_rollback(True)
    return made


def of_our_apps():
    return [model for model in every_model() if model._meta.app_label in OUR_APPS]


def every_model():
    models = apps.get_models(include_auto_created=True)
    return [model for model in models if model._meta.managed and not model._meta.proxy]


def read(models):
    """Return all rows of these models: (table, columns) -> what COPY wrote."""
    found = {}
    with connection.cursor() as cursor:
        for model in models:
            if model._base_manager.exists():
                place = named(model)
                with cursor.copy(f"COPY {place} TO STDOUT") as copy:
                    found[place] = b"".join(map(bytes, copy))
    return found


def pour(rows):
    """Write rows into tables that hold none of them.

    Sequences stay: as the rows were made in this very database, no number comes twice.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        for place, written in rows.items():
            pour_table(cursor, place, written)
        connection.check_constraints()  # now, or at the end of each test of a module


def pour_table(cursor, place, written):
    with cursor.copy(f"COPY {place} FROM STDIN") as copy:
        copy.write(written)


def pour_instead(rows):
    """Let our apps hold these rows and no others, as long as the transaction lasts."""
    connection.check_constraints()
    tables = ", ".join(map(table_of, of_our_apps()))
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {tables}")
    pour(rows)


def hurry():
    """Let nobody who uses this database wait for the disk, as no test outlives a power cut, for
    questions to be compiled, or for one that takes minutes: it fails and is read in the report."""
    with connection.cursor() as cursor:
        name = connection.ops.quote_name(connection.settings_dict["NAME"])
        for said in HURRIED:
            cursor.execute(f"ALTER DATABASE {name} SET {said}")
    connection.close()  # the next one knows


def name_what_takes_too_long(execute, question, parameters, many, context):
    """Ask the database, and let the failure of a question that took too long say which it was,
    and what others ask meanwhile: the reports of a whole run are cut short."""
    try:
        return execute(question, parameters, many, context)
    except OperationalError as error:
        if "timeout" in str(error):
            error.args = (f"{error} {str(question)[:400]} {what_others_ask()}",)
        raise


def what_others_ask():
    with link_to(connection.settings_dict["NAME"]) as other:
        return other.execute(
            "SELECT pid, state, now() - xact_start, pg_blocking_pids(pid), left(query, 300) "
            "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        ).fetchall()


def link_to(database):
    """Return a connection of its own to a database of this server."""
    settings = connection.get_connection_params() | {"dbname": database, "autocommit": True}
    return psycopg.connect(**{name: settings[name] for name in SAYS_WHERE & set(settings)})


def count():
    """Let PostgreSQL plan by what is there now, not by what stood there in other tests.

    A table that it is tidying just now is left out: waiting for that took a minute and more.
    """
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE (SKIP_LOCKED)")


def end_other_sessions():
    """Let nobody keep the database from being dropped; a server may outlive its test a little."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid() "
            "AND usename = current_user AND backend_type = 'client backend'"
        )


def is_superuser():
    with connection.cursor() as cursor:
        cursor.execute("SHOW is_superuser")
        return cursor.fetchone() == ("on",)


def named(model):
    """Return a table with those of its columns that can be written."""
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    return f"{table_of(model)} ({columns})"


def table_of(model):
    return connection.ops.quote_name(model._meta.db_table)
