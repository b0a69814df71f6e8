"""Taking back that two entries became one: both are what they were, and what was done since stays.

What pointed to the one that was put away points to it again, unless somebody has led it elsewhere.
"""

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kekiz_portal.lib.history.recording import edit
from offers.models import Offer

from .joining import held, point
from .merging import Merge
from .record import ROOT, parts_of, put, take
from .versions import version


def may_be_parted(decision):
    """Whether it is known what a merge did; older ones are not."""
    return decision.is_one and decision.edit is not None


@transaction.atomic
def part(decision, by):
    """Make two of one again; the ``TwinDecision`` goes, so that both are looked at anew.

    Raises ``ValidationError`` if the entry that stayed is put away now, or a rule is broken, and
    ``LookupError`` if the history of the other one is gone.
    """
    model = apps.get_model(decision.model)
    kept, gone = held(model, decision.first, decision.second)
    if kept.is_put_away:
        raise ValidationError(_("„%s“ ist inzwischen selbst archiviert.") % kept)
    was = version(gone, decision.edit)
    with edit(by=by, reason=_("Zusammenführung zurückgenommen")):
        put(kept, _with_rows_of(was.before, kept, _as_before(kept, _of_kept(kept, decision))))
        put(gone, _as_before(gone, was))
        if isinstance(gone, Offer):
            gone.refresh_from_db()
            gone.status = was.before[ROOT][gone.pk]["status"]
            gone.full_clean()
            gone.save()
        _move_back(decision.moved, kept, gone)
    decision.delete()


def _of_kept(kept, decision):
    """Return the version that the merge is, ``None`` if the entry took nothing over."""
    try:
        return version(kept, decision.edit)
    except LookupError:
        return None


def _as_before(entry, merge):
    """Return the record of an entry without what the version of a merge did to it."""
    if merge is None:
        return take(entry)
    return Merge(parts_of(type(entry)), merge.after, take(entry), merge.before).record


def _with_rows_of(other, kept, record):
    """Leave the rows where they are that go back to the other entry: it takes them itself."""
    now = take(kept)
    for one in parts_of(type(kept))[1:]:
        theirs = {pk: row for pk, row in now[one.name].items() if pk in other[one.name]}
        record[one.name] = theirs | record[one.name]
    return record


def _move_back(moved, kept, gone):
    for label, name, key in moved:
        rows = apps.get_model(label)._base_manager.filter(pk=key, **{name: kept})  # noqa: SLF001
        for row in rows:
            point(row, name, gone)
