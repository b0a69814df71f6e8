"""What a row would change of an entry, and what of it somebody has edited here since."""

from offers.models import ImportRow

NOT_KEPT = {"uuid", "stand"}  # say which entry a row is about, never change it


class Comparer:
    """Compares rows with the entries of a ``model`` they are about (``targets``, their numbers)."""

    def __init__(self, kind, model, columns, targets):
        self.columns = columns
        self.imported = _last_imported(kind, targets)
        self.touched = _touched_by_people(model, targets)

    def compare(self, draft):
        """Set what a draft changes, and what it leaves because it was edited here."""
        imported = self.imported.get(draft.target, {})
        touched, saw_all = draft.target in self.touched, self._saw_all(draft)
        for key, value in draft.values.items():
            if key in NOT_KEPT:
                continue
            column = self.columns[key]
            current = column.plain(draft.entry)
            if column.same(current, value):
                continue
            if key in imported:
                edited = not column.same(current, imported[key])
            else:
                edited = touched and bool(current)
            kept = draft.protected if edited and not saw_all else draft.changes
            kept[key] = [current, value]

    def _saw_all(self, draft):
        """Whether the file was exported from here after the entry last changed."""
        stand = draft.values.get("uuid") and draft.values.get("stand")
        return bool(stand) and stand >= self.columns["stand"].plain(draft.entry)


def _last_imported(kind, targets):
    """Return what the last import said about each entry, by column."""
    found = {}
    rows = ImportRow.objects.of_kind_done(kind).filter(target__in=targets)
    refused = ImportRow.Outcome.REFUSED
    for target, values in rows.exclude(outcome=refused).values_list("target", "values"):
        found.setdefault(target, {}).update(values)
    return found


def _touched_by_people(model, targets):
    """Return the entries that somebody has saved by hand, ever."""
    rows = model.history.filter(id__in=targets, history_user__isnull=False)
    by_hand = rows.exclude(history_change_reason__startswith="Import „")
    return set(by_hand.values_list("id", flat=True).distinct())
