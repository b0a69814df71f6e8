"""The version of all that readers see: one number, raised with every change of it.

Each app says in its ``AppConfig`` which of its models pages for readers are made of
(``shown_to_readers``) and which not (``not_shown_to_readers``). Tables of the first raise the
number in the transaction of the change, whoever changes them
(``kekiz_portal/migrations/0004_content_version.py``).

Whoever keeps something made of those rows asks for the number first and reads the rows then: so
newer rows may lie under an older number, which nobody asks for again, but never older ones under
a newer number.
"""

from asgiref.local import Local
from django.apps import apps
from django.core.signals import request_finished, request_started
from django.db import connection
from django.dispatch import receiver

# A transaction that changed something sees a number of its own until it ends.
NUMBER = """
SELECT coalesce(nullif(current_setting('kekiz.content', true), '')::bigint, number)
FROM content_version
"""
TRIGGER = "content_changed"
WATCH = """
CREATE TRIGGER {trigger} AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION content_changed();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {trigger};
"""
WATCHED = "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = %s"
CAN_WATCH = "SELECT to_regproc('content_changed') IS NOT NULL"

_request = Local()


def current():
    """Return the number of what readers see now; one request asks the database once."""
    if not getattr(_request, "runs", False):
        return _asked()
    if _request.number is None:
        _request.number = _asked()
    return _request.number


def _asked():
    with connection.cursor() as cursor:
        cursor.execute(NUMBER)
        return cursor.fetchone()[0]


@receiver(request_started)
def _begin(**_):
    _request.runs, _request.number = True, None


@receiver(request_finished)
def _end(**_):
    _request.runs = False


def shown_models():
    """Return the models whose rows readers see, with the tables between them."""
    named = [
        config.get_model(name)
        for config in apps.get_app_configs()
        for name in getattr(config, "shown_to_readers", ())
    ]
    between = [
        field.remote_field.through
        for model in named
        for field in model._meta.local_many_to_many  # noqa: SLF001, public in Django
        if field.remote_field.through._meta.auto_created  # noqa: SLF001, as above
    ]
    return [*named, *between]


def watch(**_):
    """Let every table of shown models raise the number, and no other; safe to repeat.

    Runs after every ``migrate``: a model is watched as soon as its app names it.
    """
    with connection.cursor() as cursor:
        cursor.execute(CAN_WATCH)
        if not cursor.fetchone()[0]:
            return
        cursor.execute(WATCHED, [TRIGGER])
        watched = {table for (table,) in cursor.fetchall()}
        there = set(connection.introspection.table_names(cursor))
        wanted = there & {model._meta.db_table for model in shown_models()}  # noqa: SLF001, as above
        quoted = connection.ops.quote_name
        for table in sorted(wanted - watched):
            cursor.execute(WATCH.format(trigger=TRIGGER, table=quoted(table)))
        for table in sorted(watched - wanted):
            cursor.execute(f"DROP TRIGGER {TRIGGER} ON {quoted(table)}")
