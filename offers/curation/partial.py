"""A proposal taken over in part: what may be chosen by itself, and the record without the rest.

A field of the entry stands for itself. Rows hang together, as a place and its times do: they are
taken over or left as one.
"""

import copy
from dataclasses import dataclass

from .record import ROOT, parts_of


@dataclass(frozen=True)
class Choice:
    """What is taken over or not: a field ("root.phone") or a kind of rows ("place")."""

    key: str
    label: str


def choices(model, changes):
    """Return the ``Choice`` of each of some changes of a model, every one once."""
    parts = {part.name: part for part in parts_of(model)}
    found = {}
    for change in changes:
        part = _top(parts, change.name.partition(".")[0])
        if part.name == ROOT:
            found[change.name] = Choice(change.name, change.label)
        else:
            label = str(part.model._meta.verbose_name_plural)  # noqa: SLF001, documented API
            found[part.name] = Choice(part.name, label)
    return list(found.values())


def without(model, base, wanted, left):
    """Return a record that asks for all that ``wanted`` does but for the keys that are ``left``."""
    parts = {part.name: part for part in parts_of(model)}
    record = copy.deepcopy(wanted)
    for key in left:
        name, _dot, field = key.partition(".")
        if name == ROOT:
            for pk, row in record[ROOT].items():
                row[field] = base[ROOT][pk][field]
        for part in parts:
            if name != ROOT and _top(parts, part).name == name:
                record[part] = copy.deepcopy(base.get(part, {}))
    return record


def _top(parts, name):
    """Return the part below the entry under which rows of a part hang."""
    part = parts[name]
    while part.under not in {"", ROOT}:
        part = parts[part.under]
    return part
