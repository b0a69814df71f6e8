"""Lists of kinds that a floor above brings: what the import asks of each, told by that floor."""

from collections.abc import Callable
from dataclasses import dataclass

from .entries import MODELS
from .mapping import COLUMNS


@dataclass(frozen=True)
class Subject:
    """Lists of one kind, for whoever has the ``rights``.

    ``checker`` looks at rows, ``commit`` and ``undo`` apply them (``row_by_row``); ``applied`` is
    called with either when all are. ``choices`` returns what a row that asks may mean, ``answer``
    notes what somebody said; without them no row ever asks.
    """

    rights: list
    checker: type
    commit: type
    undo: type
    applied: Callable
    choices: Callable = lambda _row: []
    answer: Callable = lambda _row, _said: None


SUBJECTS = {}


def register(kind, model, columns, subject):
    """Let lists of a kind be about a model; ``columns`` returns what a file may hold."""
    MODELS[kind], COLUMNS[kind], SUBJECTS[kind] = model, columns, subject
