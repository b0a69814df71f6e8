"""Lists of kinds that a floor above brings: what the import asks of each, told by that floor."""

from collections.abc import Callable
from dataclasses import dataclass

from .mapping import COLUMNS


@dataclass(frozen=True)
class Subject:
    """What lists of one ``kind`` are about.

    ``columns`` returns what a file may hold. ``checker`` looks at rows, ``commit`` and ``undo``
    apply them; all three are made like those of ``checking`` and ``committing``.
    ``choices`` returns what a row that asks may mean, ``answer`` notes what somebody said.
    ``may_import`` takes a user, ``address`` the number of an entry.
    """

    kind: str
    columns: Callable
    checker: type
    commit: type
    undo: type
    choices: Callable
    answer: Callable
    may_import: Callable
    address: Callable


SUBJECTS = {}


def register(subject):
    SUBJECTS[subject.kind] = subject
    COLUMNS[subject.kind] = subject.columns
