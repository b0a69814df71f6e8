"""The versions of an entry: what changed, by whom, when and why; any one comes back."""

from copy import deepcopy
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from offers.history import edit
from offers.signals import restored

from .difference import Differences
from .record import ROOT, Part, parts_of, plain, put

GONE = "-"
AS_IT_WAS = "Bestand"


@dataclass
class Version:
    """One step of work on an entry, with the record before and after it."""

    number: object
    at: object
    by: object
    reason: str
    before: dict
    after: dict
    changes: list

    @property
    def is_first(self):
        return not self.before.get(ROOT)

    @property
    def notes_only(self):
        """Whether nothing changed: an old entry was written down as it was."""
        return self.is_first and self.reason == AS_IT_WAS


def versions_of(root):
    """Return the versions of an entry, oldest first, in a constant number of queries.

    Rows of history written in one step of work (``offers.history.edit``) are one version.
    Steps that changed nothing are left out.
    """
    differences = Differences(type(root))
    versions, record = [], {part.name: {} for part in parts_of(type(root))}
    for number, rows in _steps(root).items():
        before = deepcopy(record)
        for part, row, lists in rows:
            _replay(record, part, row, lists)
        changes = differences.between(before, record)
        if changes:
            last = rows[-1][1]
            reason = next(
                (row.history_change_reason for _p, row, _l in rows if row.history_change_reason), ""
            )
            versions.append(
                Version(
                    number,
                    last.history_date,
                    last.history_user,
                    reason,
                    before,
                    deepcopy(record),
                    changes,
                )
            )
    return versions


def restore(root, number, by):
    """Make an entry what it was after the version with this number, as a new version.

    Its state of publication stays. Raises ``LookupError`` if there is no such version,
    and ``ValidationError`` if it would break a rule of today.
    """
    version = next((one for one in versions_of(root) if str(one.number) == str(number)), None)
    if version is None:
        raise LookupError(number)
    reason = _("Stand vom %s wiederhergestellt") % f"{version.at:%d.%m.%Y}"
    with transaction.atomic(), edit(by=by, reason=reason):
        put(root, version.after)
        restored.send(sender=type(root), actor=by, entry=root)
    return version


def remember_as_it_is(root):
    """Write the first version of an entry that came in without history."""
    unknown = [
        row for part in parts_of(type(root)) for row in part.rows(root) if not row.history.exists()
    ]
    if unknown:
        with edit(reason=AS_IT_WAS, apart=True):
            for row in unknown:
                row.save()


def seen(root):
    """Return what a reader of an entry has seen of its history: the newest row of each part."""
    return ",".join(
        str(max((row.history_id for row in rows), default=0))
        for rows in _history_by_part(root).values()
    )


def since(root, token):
    """Return the versions that a reader who saw ``token`` (from ``seen``) does not know.

    A token that cannot be read counts as one that has seen nothing.
    """
    known = [int(part) if part.isdecimal() else 0 for part in token.split(",")]
    history = _history_by_part(root)
    known += [0] * (len(history) - len(known))
    newer = {
        row.edit
        for limit, rows in zip(known, history.values(), strict=False)
        for row in rows
        if row.history_id > limit
    }
    return [one for one in versions_of(root) if one.number in newer and not one.notes_only]


def _steps(root):
    """Return the rows of history by the number of their step, in the order they were written."""
    found = []
    for part, rows in _history_by_part(root).items():
        lists = _lists_of(part, rows)
        found += [(part, row, lists.get(row.history_id, {})) for row in rows]
    found.sort(key=lambda item: (item[1].history_date, item[1].history_id))
    steps = {}
    for item in found:
        steps.setdefault(item[1].edit, []).append(item)
    return steps


def _history_by_part(root):
    """Return the rows of history of each part, those of deleted rows too."""
    history, keys = {}, {}
    for part in parts_of(type(root)):
        rows = part.model.history.select_related("history_user")
        if part.name == ROOT:
            rows = rows.filter(id=root.pk)
        else:
            rows = rows.filter(**{f"{part.parent}__in": keys[part.under]})
        history[part] = list(rows.order_by("history_id"))
        keys[part.name] = {row.id for row in history[part]} or {root.pk if part.name == ROOT else 0}
    return history


def _lists_of(part: Part, rows):
    """Return the related keys that stood at each row of history: id -> field -> keys."""
    found = {row.history_id: {one.name: [] for one in part.lists} for row in rows}
    for one in part.lists:
        through = getattr(part.model.history.model, one.name).model
        target = one.m2m_reverse_field_name()
        pairs = through.objects.filter(history__in=list(found)).values_list(
            "history_id", f"{target}_id"
        )
        for history_id, key in pairs:
            found[history_id][one.name].append(key)
    return found


def _replay(record, part, row, lists):
    if row.history_type == GONE:
        record[part.name].pop(row.id, None)
        return
    values = {one.name: plain(one, row) for one in part.fields if hasattr(row, one.attname)}
    record[part.name][row.id] = values | {name: sorted(keys) for name, keys in lists.items()}
