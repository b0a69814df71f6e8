"""Lists of kinds that a floor above brings: what the import asks of each, told by that floor."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from .mapping import COLUMNS


@dataclass(frozen=True)
class Subject:
    """What lists of one ``kind`` are about: a ``model``, for whoever has the ``rights``.

    ``columns`` returns what a file may hold. ``checker`` looks at rows, ``commit`` and ``undo``
    apply them; all three are made like those of ``checking`` and ``committing``.
    ``choices`` returns what a row that asks may mean, ``answer`` notes what somebody said; without
    them no row ever asks.
    """

    kind: str
    model: type
    rights: list
    columns: Callable
    checker: type
    commit: type
    undo: type
    choices: Callable = lambda _row: []
    answer: Callable = lambda _row, _said: None

    def may_import(self, user):
        return user.has_perms(self.rights)

    def address(self, number):
        """Return where an entry is edited."""
        name = self.model._meta.label_lower.replace(".", "_")  # noqa: SLF001, public API
        return reverse(f"admin:{name}_change", args=[number])


SUBJECTS = {}


def register(subject):
    SUBJECTS[subject.kind] = subject
    COLUMNS[subject.kind] = subject.columns
