"""The version of all that readers see: one number, raised with every change of it.

Each app says in its ``AppConfig`` which of its models pages for readers are made of
(``shown_to_readers``) and which not (``not_shown_to_readers``). Tables of the first raise the
number in the transaction of the change, whoever changes them
(``kekiz_portal/migrations/0004_content_version.py``).

Whoever keeps something made of those rows asks for the number first and reads the rows then: so
newer rows may lie under an older number, which nobody asks for again, but never older ones under
a newer number.

An entry is what a list shows a card of. ``shown_to_readers`` also says how the changed rows of a
table lead to the entries that changed with them: by a query over ``%I AS changed``, by
``NO_ENTRY``, or, if any may have changed, by ``ANY_ENTRY``. Of ``NO_ENTRY`` is also what pages of
entries show beside them, so it counts as one, ``OTHER``; of ``ONLY_FOUND`` nothing is shown, but
searches find others.
"""

from asgiref.local import Local
from django.apps import apps
from django.core.signals import request_finished, request_started
from django.db import connection
from django.dispatch import receiver

ANY_ENTRY = None
OTHER = 0
NO_ENTRY = "SELECT 0::bigint WHERE EXISTS (SELECT FROM %I AS changed)"
ONLY_FOUND = "SELECT NULL::bigint FROM %I AS changed WHERE false"

# A transaction that changed something sees a number of its own until it ends.
NUMBER = """
SELECT coalesce(nullif(current_setting('kekiz.content', true), '')::bigint, number)
FROM content_version
"""
OWN = "SELECT coalesce(current_setting('kekiz.content', true), '') <> ''"
LOG = "SELECT number, entries FROM content_log WHERE number >= %s ORDER BY number"

_request = Local()


def current():
    """Return the number of what readers see now; one request asks the database once."""
    if not getattr(_request, "runs", False):
        return fresh()
    if _request.number is None:
        _request.number = fresh()
    return _request.number


def ask_before_django():
    """Return the number where no request has begun; a connection that broke raises at once."""
    connection.health_check_done = True  # this very question finds out
    return fresh()


def begin_with(number):
    """Let the request that runs have a number asked for a moment ago, on the same connection."""
    connection.health_check_done = True
    if getattr(_request, "runs", False):
        _request.number = number


def is_own():
    """Return whether the number is one of this transaction, which others may never see."""
    return _answer(OWN)


def entries_changed(before, now):
    """Return the keys of the entries that changed from one number to another, maybe a few more;
    with ``OTHER`` if something else did that readers see.

    ``None`` means that any may have changed, or that nobody knows any more.
    """
    with connection.cursor() as cursor:
        cursor.execute(LOG, [before])
        log = cursor.fetchall()
    numbers, changes = [number for number, _ in log], [entries for _, entries in log[1:]]
    if not numbers or numbers[0] != before or now not in numbers or None in changes:
        return None
    return {entry for entries in changes for entry in entries}


def fresh():
    """Return the number as the database says it now, also in the middle of a request."""
    return _answer(NUMBER)


def _answer(question):
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]


@receiver(request_started)
def _begin(**_):
    _request.runs, _request.number = True, None


@receiver(request_finished)
def _end(**_):
    _request.runs = False


TRIGGER = "content_changed"
EVENTS = {
    "insert": "REFERENCING NEW TABLE AS rows_now",
    "update": "REFERENCING OLD TABLE AS rows_before NEW TABLE AS rows_now",
    "delete": "REFERENCING OLD TABLE AS rows_before",
    "truncate": "",
}
WATCH = """
CREATE OR REPLACE TRIGGER {trigger} AFTER {event} ON {table} {rows}
    FOR EACH STATEMENT EXECUTE FUNCTION content_changed({entries});
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {trigger};
"""
WATCHED = r"""
SELECT relname, tgname, split_part(encode(tgargs, 'escape'), '\000', 1)
FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid WHERE tgname LIKE 'content\_changed%'
"""
CAN_WATCH = "SELECT to_regproc('content_note') IS NOT NULL"


def shown_tables():
    """Return how changed rows lead to entries, by the name of the table."""
    found = {}
    for config in apps.get_app_configs():
        for name, entries in getattr(config, "shown_to_readers", {}).items():
            model, _, field = name.partition(".")
            shown = config.get_model(model)
            if field:
                shown = getattr(shown, field).through
            found[shown._meta.db_table] = entries  # noqa: SLF001, public in Django
    return found


def watch(**_):
    """Let every table of shown models raise the number, and no other; safe to repeat.

    Runs after every ``migrate``: a model is watched as soon as its app names it.
    """
    if not _answer(CAN_WATCH):
        return
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        wanted = {
            (table, f"{TRIGGER}_{event}", entries if rows and entries else "")
            for table, entries in shown_tables().items()
            for event, rows in EVENTS.items()
            if table in there
        }
        cursor.execute(WATCHED)
        watched = set(cursor.fetchall())
        for table, trigger, _entries in sorted(watched - wanted):
            cursor.execute(f"DROP TRIGGER {trigger} ON {connection.ops.quote_name(table)}")
        for one in sorted(wanted - watched):
            _watch(cursor, *one)


def _watch(cursor, table, trigger, entries):
    event = trigger.removeprefix(f"{TRIGGER}_")
    statement = WATCH.format(
        trigger=trigger,
        event=event.upper(),
        table=connection.ops.quote_name(table),
        rows=EVENTS[event] if entries else "",
        entries="'{}'".format(entries.replace("'", "''")) if entries else "",
    )
    cursor.execute(statement)
