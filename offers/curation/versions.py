"""The versions of an entry: what changed, by whom, when and why; any one comes back."""

from copy import deepcopy
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from kekiz_portal.lib.history.beginnings import AS_IT_WAS
from kekiz_portal.lib.history.recording import edit
from kekiz_portal.lib.keys import key
from kekiz_portal.lib.times import day
from offers.models.signals import restored

from .difference import Differences
from .record import DECIDED, ROOT, Part, parts_of, plain, put, take, values_of, without_orphans

NEW, GONE = "+", "-"
BEGINNING = "bestand"


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
    def is_beginning(self):
        """Whether nobody changed anything: this is what was there before the first change."""
        return self.number == BEGINNING


def versions_of(root):
    """Return the versions of an entry, oldest first, in a constant number of queries.

    Rows of history written in one step of work (``kekiz_portal.lib.history.recording.edit``) are
    one version.
    Steps that changed nothing are left out. What came in without a history is the first version.
    """
    differences, story = Differences(type(root)), Story(root)
    record = deepcopy(story.beginning)
    versions = _first_version(story, differences)
    for number, rows in story.steps.items():
        before = deepcopy(record)
        for step in rows:
            step.replay(record)
        if changes := differences.between(before, record):
            last = rows[-1].row
            reasons = (step.row.history_change_reason for step in rows)
            reason = next(filter(None, reasons), "")
            by, at = last.history_user, last.history_date
            versions.append(Version(number, at, by, reason, before, deepcopy(record), changes))
    return versions


def _first_version(story, differences):
    nothing = {name: {} for name in story.beginning}
    if not story.known_since or not story.beginning[ROOT]:
        return []
    changes = differences.between(nothing, story.beginning)
    after = deepcopy(story.beginning)
    return [Version(BEGINNING, story.known_since, None, AS_IT_WAS, nothing, after, changes)]


def version(root, number):
    """Return the version with a number; raises ``LookupError`` if there is none."""
    found = next((one for one in versions_of(root) if str(one.number) == str(number)), None)
    if found is None:
        raise LookupError(number)
    return found


@dataclass
class Outlook:
    """What restoring would do: the changes, and what of the version does not come back."""

    changes: list
    lost: list


def outlook(root, wanted):
    """Return what restoring a ``Version`` would change, as an ``Outlook``; changes nothing.

    Raises ``ValidationError`` if it would break a rule of today.
    """
    differences, now = Differences(type(root)), take(root)
    with transaction.atomic():
        put(root, wanted.after)
        then = take(root)
        transaction.set_rollback(True)
    lost = [
        one
        for one in differences.between(then, wanted.after)
        if one.name.rpartition(".")[2] not in DECIDED
    ]
    return Outlook(differences.between(now, then), lost)


def restore(root, number, by):
    """Make an entry what it was after the version with this number, as a new version.

    Its state of publication stays. Raises ``LookupError`` if there is no such version,
    and ``ValidationError`` if it would break a rule of today.
    """
    found = version(root, number)
    reason = _("Stand vom %s wiederhergestellt") % day(found.at)
    with transaction.atomic(), edit(by=by, reason=reason):
        put(root, found.after)
        restored.send(sender=type(root), actor=by, entry=root)
    return found


def seen(root):
    """Return what a reader of an entry has seen of its history: the newest row of each part."""
    newest = Max("history_id", default=0)
    return ",".join(
        str(rows.aggregate(newest=newest)["newest"]) for rows in _histories(root).values()
    )


class Seen:
    """What somebody had seen of an entry who got ``token`` (from ``seen``).

    A token that cannot be read counts as one that has seen nothing.
    """

    def __init__(self, root, token):
        self.root, self.story = root, Story(root)
        limits = [key(part) or 0 for part in token.split(",")]
        names = list(self.story.beginning)
        self.limits = dict(zip(names, limits + [0] * len(names), strict=False))

    def _is_new(self, step):
        return step.row.history_id > self.limits[step.part.name]

    def meanwhile(self):
        """Return the versions they do not know."""
        newer = {
            number for number, rows in self.story.steps.items() if any(map(self._is_new, rows))
        }
        return [one for one in versions_of(self.root) if one.number in newer] if newer else []

    def record(self):
        """Return the record of the entry as it was when they read it."""
        record = deepcopy(self.story.beginning)
        for rows in self.story.steps.values():
            for step in rows:
                if not self._is_new(step):
                    step.replay(record)
        return record


@dataclass(frozen=True)
class Step:
    """One row of history, with the related keys that stood there, by field."""

    part: Part
    row: object
    lists: dict

    @property
    def values(self):
        values = {
            one.name: plain(one, self.row)
            for one in self.part.fields
            if hasattr(self.row, one.attname)
        }
        return values | {name: sorted(keys) for name, keys in self.lists.items()}

    def replay(self, record):
        """Do to a record what was done in this step."""
        rows = record[self.part.name]
        if self.row.history_type == GONE or self._hangs_elsewhere(record):
            rows.pop(self.row.id, None)
        else:
            rows[self.row.id] = self.values

    def _hangs_elsewhere(self, record):
        """Whether the row was moved to another entry."""
        parent = self.part.parent
        return bool(parent) and getattr(self.row, f"{parent}_id") not in record[self.part.under]


class Story:
    """What is known of the past of an entry.

    ``beginning`` is the record before the first recorded change: rows without a history have been
    as they are ever since, and what was written down before a first change was so until then. So a
    version is always whole. ``steps`` are lists of ``Step`` by their number, oldest first.
    """

    def __init__(self, root):
        parts = parts_of(type(root))
        self.beginning, self.steps = {part.name: {} for part in parts}, {}
        found = []
        for part, history in _histories(root).items():
            rows = list(history.select_related("history_user").order_by("history_id"))
            self._keep_untouched(part, root, {row.id for row in rows})
            lists = _lists_of(part, rows)
            found += [Step(part, row, lists.get(row.history_id, {})) for row in rows]
        found.sort(key=lambda step: (step.row.history_date, step.row.history_id))
        self.known_since = found[0].row.history_date if found else None
        self._divide(found)
        without_orphans(self.beginning, parts)
        # A row is there before those that hang on it.
        order = {part.name: number for number, part in enumerate(parts)}
        for rows in self.steps.values():
            rows.sort(key=lambda step: order[step.part.name])

    def _keep_untouched(self, part, root, known):
        rows = part.rows(root).exclude(pk__in=known)
        rows = rows.prefetch_related(*[one.name for one in part.lists])
        self.beginning[part.name] = {row.pk: values_of(part, row) for row in rows}

    def _divide(self, found):
        """Tell what was there at the beginning from what was done later."""
        begun = set()
        for step in found:
            key = step.part.name, step.row.id
            if key not in begun and step.row.history_type != NEW:
                self.beginning[step.part.name][step.row.id] = step.values
            if key in begun or step.row.history_change_reason != AS_IT_WAS:
                self.steps.setdefault(step.row.edit, []).append(step)
            begun.add(key)


def _histories(root):
    """Return the rows of history of each part, those of deleted rows too; a query for each."""
    parts = {part.name: part for part in parts_of(type(root))}
    found = {}
    for part in parts.values():
        history = part.model.history
        if part.name == ROOT:
            found[part] = history.filter(id=root.pk)
            continue
        above = parts[part.under]
        of_rows = Q(**{f"{part.parent}__in": above.rows(root).values("pk")})
        of_old_rows = Q(**{f"{part.parent}__in": found[above].values("id")})
        hung_here = history.filter(of_rows | of_old_rows)
        found[part] = history.filter(id__in=hung_here.values("id"))
    return found


def _lists_of(part: Part, rows):
    """Return the related keys that stood at each row of history: id -> field -> keys."""
    found = {row.history_id: {one.name: [] for one in part.lists} for row in rows}
    for one in part.lists:
        through = getattr(part.model.history.model, one.name).model
        target = one.m2m_reverse_field_name()
        pairs = through.objects.filter(history__in=list(found)).values_list(
            "history_id", f"{target}_id"
        )
        for history_id, pk in pairs:
            found[history_id][one.name].append(pk)
    return found
