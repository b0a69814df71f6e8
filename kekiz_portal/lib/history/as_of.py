"""Rows as they were at a moment, read by the very queries that read those of today.

Inside ``as_it_was`` temporary tables of the same names stand before the tables of some tracked
models, which PostgreSQL looks into first. They hold what the histories tell: the newest row up to
the moment; of a row whose history begins later what was written down before its first change, if it
was there by then; and rows without a history as they are, for nobody has changed them.
"""

import datetime as dt
from contextlib import contextmanager

from django.db import connection, transaction
from django.utils import timezone

SHADOW = """
CREATE TEMPORARY TABLE {table} ON COMMIT DROP AS
WITH told AS (
    SELECT DISTINCT ON ({key}) * FROM {history} WHERE history_date <= %(moment)s
    ORDER BY {key}, history_date DESC, history_id DESC
), begun AS (
    SELECT DISTINCT ON ({key}) * FROM {history} ORDER BY {key}, history_date, history_id
)
SELECT {columns}, history_id FROM told WHERE history_type <> '-'
UNION ALL
SELECT {columns}, history_id FROM begun
WHERE history_date > %(moment)s AND history_type <> '+' AND {came}
UNION ALL
SELECT {columns}, NULL FROM {real}
WHERE {came} AND {key} NOT IN (SELECT {key} FROM {history})
"""
SHADOW_PAIRS = """
CREATE TEMPORARY TABLE {table} ON COMMIT DROP AS
SELECT {pairs} FROM {history} JOIN pg_temp.{owners} AS owner USING (history_id)
UNION ALL
SELECT {pairs} FROM {real} JOIN pg_temp.{owners} AS owner ON {real}.{owner} = owner.{key}
WHERE owner.history_id IS NULL
"""


@contextmanager
def as_it_was(moment, models):
    """Let the tables of tracked ``models`` hold what they held at a moment; it is only for reading.

    Related keys that the histories know come with their owners.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_schema()")
            (schema,) = cursor.fetchone()
            for model in models:
                _shadow(cursor, schema, model, moment)
        yield
        transaction.set_rollback(True)  # with all that was made above


def at_the_end_of(day, models):
    """Let those tables hold what they held when a day was over."""
    midnight = dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min)
    return as_it_was(timezone.make_aware(midnight), models)


def _shadow(cursor, schema, model, moment):
    meta, history = model._meta, model.history.model  # noqa: SLF001, public in Django
    kept = {one.column for one in history._meta.concrete_fields}  # noqa: SLF001, as above
    fields = [one for one in meta.concrete_fields if one.column in kept]
    names = {
        "table": _quoted(meta.db_table),
        "real": _real(schema, meta.db_table),
        "history": _real(schema, history._meta.db_table),  # noqa: SLF001, as above
        "key": _quoted(meta.pk.column),
        "columns": ", ".join(_quoted(one.column) for one in fields),
        "came": "created_at <= %(moment)s" if "created_at" in kept else "true",
    }
    cursor.execute(SHADOW.format(**names), {"moment": moment})
    _index(cursor, names["table"], [meta.pk, *(one for one in fields if one.is_relation)])
    for field in history._history_m2m_fields:  # noqa: SLF001, how simple-history names it
        _shadow_pairs(cursor, schema, field, getattr(history, field.name).model, names)


def _shadow_pairs(cursor, schema, field, told, owners):
    through = field.remote_field.through._meta  # noqa: SLF001, public in Django
    owner, other = _quoted(field.m2m_column_name()), _quoted(field.m2m_reverse_name())
    statement = SHADOW_PAIRS.format(
        table=_quoted(through.db_table),
        real=_real(schema, through.db_table),
        history=_real(schema, told._meta.db_table),  # noqa: SLF001, as above
        owners=owners["table"],
        owner=owner,
        key=owners["key"],
        pairs=f"{owner}, {other}",
    )
    cursor.execute(statement)
    cursor.execute(f"CREATE INDEX ON pg_temp.{_quoted(through.db_table)} ({owner})")


def _index(cursor, table, fields):
    for one in fields:
        cursor.execute(f"CREATE INDEX ON pg_temp.{table} ({_quoted(one.column)})")
    cursor.execute(f"ANALYZE pg_temp.{table}")


def _real(schema, table):
    return f"{_quoted(schema)}.{_quoted(table)}"


def _quoted(name):
    return connection.ops.quote_name(name)
