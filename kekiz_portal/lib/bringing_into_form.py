"""For migrations: bring what is stored into the one form of its kind, and say what has none.

Nothing is lost: a text that cannot be read stays as it was written, or moves to a column for
notes. What is told of it is table, row and column, never the text, which may be somebody's.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import IntegrityError, connection, transaction
from psycopg import sql


@dataclass(frozen=True)
class StoredTexts:
    """A column of texts. ``form`` returns a text in its form, and nothing for what has none."""

    table: str
    column: str
    form: Callable
    key: str = "id"
    notes: str = ""  # the column that takes what has no form
    words: str = ""  # what stands before it there

    def bring_into_form(self):
        """Rewrite each text; return the keys of the rows somebody has to look at."""
        unread = []
        for number, text in self._all():
            form = self.form(text)
            done = self._write(number, text, form) if form else self._move(number, text)
            if not done:
                unread.append(number)
        return unread

    def _all(self):
        with connection.cursor() as cursor:
            cursor.execute(
                self._sql("SELECT {key}, {column} FROM {table} WHERE {column} <> '' ORDER BY {key}")
            )
            return cursor.fetchall()

    def _write(self, number, text, form):
        """Write a form, unless another row is that already; say whether it stands there now."""
        if form == text:
            return True
        statement = self._sql("UPDATE {table} SET {column} = %s WHERE {key} = %s")
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement, [form, number])
        except IntegrityError:
            return False
        return True

    def _move(self, number, text):
        if self.notes:
            statement = self._sql(
                "UPDATE {table} SET {column} = '', "
                "{notes} = ltrim({notes} || E'\\n' || %s, E'\\n') WHERE {key} = %s"
            )
            with connection.cursor() as cursor:
                cursor.execute(statement, [f"{self.words}: {text}", number])
        return False

    def _sql(self, text):
        names = {name: getattr(self, name) for name in ["table", "column", "key", "notes"]}
        return sql.SQL(text).format(**{name: sql.Identifier(one) for name, one in names.items()})


def bring_into_form(columns):
    """Bring columns into form; print where somebody has to look."""
    for one in columns:
        for number in one.bring_into_form():
            print(f"  {one.table} {number}: {one.column} has no form and stays as written")  # noqa: T201
