"""Load one file: every row for itself, and only what is new since it was last loaded.

What people have worked on here stays as it is: a file never undoes it.
"""

import hashlib
import json
from contextlib import nullcontext
from itertools import chain

from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.utils.translation import gettext as _

from kekiz_portal.lib.history.recording import edit, unrecorded
from offers.models import LoadedRow
from offers.protection.protected_addresses import looked_up_once
from offers.search.index.indexing import in_bulk

from . import rows
from .report import FileReport, Outcome
from .row_forms import FIRST_MONTH, LAST_MONTH, age_span


class Subject:
    """What the rows of one file are, and how one of them is kept: as ``form`` validates it.

    ``companions`` are further files with own knowledge about the same rows; each maps its
    name to the columns it must have, the first of which holds the key of the row.
    """

    file = ""
    form = None
    key = "slug"  # the column, or the columns, by which a row is known
    companions = {}
    version = 1  # rises when the same row is read differently

    @property
    def columns(self):
        """The columns that the file must have; those of companions are not in it."""
        names = [self.form.columns.get(name, name) for name in self.form.Meta.fields]
        names += [LAST_MONTH] if FIRST_MONTH in names else []
        elsewhere = {name for _key, *others in self.companions.values() for name in others}
        return [name for name in names if name not in elsewhere]

    def form_of(self, row):  # noqa: ARG002, most files have one
        return self.form

    def key_of(self, row):
        """Return by what a row is known the next time."""
        columns = [self.key] if isinstance(self.key, str) else self.key
        return " | ".join(row[column] for column in columns)

    def in_order(self, read):
        """Return the rows in the order they have to be loaded."""
        return read

    def find(self, row):
        """Return the object a row is about, ``None`` if it is new."""
        return self.form_of(row).Meta.model.objects.filter(slug=row["slug"]).first()

    def is_edited(self, instance):  # noqa: ARG002, most subjects never are
        """Whether people have worked on an object, so that no file may change it any more."""
        return False

    def data(self, row):
        """Return what a row and its companions say by the names of the form; may raise."""
        said = {}
        for values in chain(*row.companions.values()):
            said |= values
        columns = self.form_of(row).columns
        said |= row.values | {field: row[column] for field, column in columns.items()}
        return said | ({"ages": age_span(row)} if "ages" in columns else {})

    def save(self, row, instance):
        """Keep a row in ``instance`` or a new object; raise ``RowError`` if it cannot be."""
        return self.form_of(row).save_row(row, self.data(row), instance)


class KeptOnceEdited(Subject):
    """Rows that stay as they are once somebody in the office has changed them."""

    def is_edited(self, instance):
        return is_worked_on(instance)


def load_file(subject, folder, progress=None):
    """Load the file of a subject from a folder.

    Each row is taken or refused for itself. ``progress``, if given, is called after each. Returns a
    ``FileReport``.
    """
    report = FileReport(subject.file)
    read, problems = _read(subject, folder)
    for problem in problems:
        report.refuse([problem])
    known = dict(LoadedRow.objects.filter(file=subject.file).values_list("key", "checksum"))
    first_lines = {}
    for row in subject.in_order(read):
        try:
            key = _key(subject, row, first_lines)
            report.add(row.line, key, _load(subject, row, key, known.get(key)))
        except rows.RowError as error:
            report.refuse(list(error.problems))
        if progress:
            progress(subject.file)
    return report


def _read(subject, folder):
    """Return the rows of a subject with what companions say of them, and what is wrong."""
    read, problems = rows.read(folder / subject.file, subject.columns)
    known = {subject.key_of(row): row for row in reversed(read)}
    for file, columns in subject.companions.items():
        for row in read:
            row.companions[file] = []
        found, more = rows.read(folder / file, columns)
        problems += more
        for one in found:
            if about := known.get(one[columns[0]]):
                about.companions[file].append(one.values)
            else:
                reason = _("„%s“ gibt es in der Hauptdatei nicht.") % one[columns[0]]
                problems += one.error(columns[0], reason).problems
    return read, problems


def _key(subject, row, first_lines):
    column = subject.key if isinstance(subject.key, str) else subject.key[0]
    if not row[column]:
        raise row.error(column, _("Hier muss etwas stehen."))
    key = subject.key_of(row)
    if key in first_lines:
        reason = _("„%(key)s“ steht schon in Zeile %(line)d.")
        raise row.error(column, reason % {"key": key, "line": first_lines[key]})
    first_lines[key] = row.line
    return key


def _load(subject, row, key, known_checksum):
    checksum = checksum_of([subject.version, row.values, row.companions])
    try:
        with looked_up_once(), in_bulk():
            instance = subject.find(row)
            if instance and known_checksum == checksum:
                return Outcome.UNCHANGED
            is_kept = instance is not None and subject.is_edited(instance)
            if not is_kept:
                with edit(reason=subject.file), nullcontext() if instance else unrecorded():
                    subject.save(row, instance)
            remember([LoadedRow(file=subject.file, key=key, checksum=checksum)])
    except ValidationError as error:
        raise row.error("", " ".join(error.messages)) from error
    except DatabaseError as error:  # the last guard: a rule that only the database knows
        reason = _("Die Datenbank nimmt die Zeile nicht an: %s")
        raise row.error("", reason % str(error).splitlines()[0]) from error
    if is_kept:
        return Outcome.KEPT
    return Outcome.CHANGED if instance else Outcome.CREATED


def remember(loaded):
    """Keep ``LoadedRow``s, new or in place of what was loaded under their key before."""
    LoadedRow.objects.bulk_create(
        loaded,
        update_conflicts=True,
        unique_fields=["file", "key"],
        update_fields=["checksum"],
    )


def checksum_of(content):
    """Return what tells the content of a row, anything JSON can hold, from any other."""
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def is_worked_on(instance):
    """Whether somebody in the office has changed an object."""
    return instance.history.filter(history_user__isnull=False).exists()
