"""Two entries that are one: what each says field by field, one of them kept, the other archived.

The one that goes keeps its history and its address, which leads to the one that stays
(``TwinDecision``). What points to it, on whatever floor, points to the other afterwards.
"""

import json
from dataclasses import dataclass

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from kekiz_portal.lib.history.recording import edit
from offers.models import ChangeProposal, Institution, Offer, TwinDecision
from offers.models.signals import merging

from .difference import Change, Differences
from .record import ROOT, parts_of, put, take, without_orphans

KEPT, GONE, BOTH = "kept", "gone", "both"
# What belongs to the one entry, or is decided by steps of its own. A model on another floor says so
# as ``not_chosen``, and has ``is_put_away`` and ``put_away()`` as those here have.
NOT_CHOSEN = {
    *("slug", "status", "return_reason", "source", "external_id", "archived_on", "picture"),
    *("confirmed_at", "confirm_method", "review_due_on", "is_generic", "responsible", "parent"),
}
# Made anew from what is there, or counted for the one entry.
NOT_MOVED = {"searchposting", "occurrence", "linkcheck", "pursuit", "changeproposal"}


@dataclass(frozen=True)
class Choice:
    """A field, or the rows of a part, that two entries say differently.

    ``change`` has both in words (before: the kept one's); ``side`` is taken if nobody chooses.
    """

    change: Change
    side: str
    may_be_both: bool = False

    @property
    def name(self):
        return self.change.name


def choices(kept, gone):
    """Return a ``Choice`` for all that two entries of a model say differently."""
    ours, theirs = take(kept), take(gone)
    words = Differences(type(kept))
    root, *parts = parts_of(type(kept))
    found = [
        _of_field(one, words, ours[ROOT][kept.pk], theirs[ROOT][gone.pk])
        for one in [*root.fields, *root.lists]
        if one.name not in NOT_CHOSEN | getattr(type(kept), "not_chosen", set())
    ]
    found += [_of_part(part, words, ours, theirs) for part in parts if part.under == ROOT]
    return [one for one in found if one is not None]


def _of_field(one, words, ours, theirs):
    mine, other = ours.get(one.name), theirs.get(one.name)
    change = Change(
        f"{ROOT}.{one.name}", str(one.verbose_name), words.words(one, mine), words.words(one, other)
    )
    if change.before == change.after:
        return None
    is_list = isinstance(one, (models.ManyToManyField, ArrayField))
    if is_list and _as_list(mine) and _as_list(other):
        return Choice(change, BOTH, may_be_both=True)
    is_empty = mine in (None, "", "unknown") or (is_list and not _as_list(mine))
    return Choice(change, GONE if is_empty else KEPT)


def _of_part(part, words, ours, theirs):
    mine, other = (
        "; ".join(sorted(_row_words(part, words, key, side) for key in side[part.name]))
        for side in (ours, theirs)
    )
    if mine == other:
        return None
    label = str(part.model._meta.verbose_name_plural)  # noqa: SLF001, documented API
    change = Change(part.name, label, mine, other)
    return Choice(change, KEPT if mine else GONE, may_be_both=True)


def _row_words(part, words, key, side):
    """Say a row with those that hang on it, as a place with its times."""
    below = [one for one in words.parts if one.under == part.name and one.name != ROOT]
    hanging = [
        words.row_words(one, each)
        for one in below
        for each in side[one.name].values()
        if each[one.parent] == key
    ]
    return ", ".join(filter(None, [words.row_words(part, side[part.name][key]), *hanging]))


@transaction.atomic
def join(kept, gone, chosen, by):
    """Make two entries one; ``chosen`` says by name of a ``Choice`` which side is taken.

    Raises ``ValidationError`` if something has to be decided first, or a rule would be broken.
    """
    model = type(kept)
    kept, gone = held(model, kept.pk, gone.pk)
    reason = _("zusammengeführt mit „%s“")
    into, out = reason % gone, reason % kept
    with edit(by=by, apart=True) as step:
        with edit(reason=into):
            merging.send(sender=model, kept=kept, gone=gone)
        _check(kept, gone)
        record = _merged(kept, gone, chosen)
        with edit(reason=out):
            _step_aside(gone)
        with edit(reason=into):
            _put(kept, record)
            moved = _move_what_points_to(kept, gone)
        with edit(reason=out):
            _archive(gone)
    TwinDecision.objects.update_or_create(
        model=model._meta.label_lower,  # noqa: SLF001, documented API
        first=kept.pk,
        second=gone.pk,
        defaults={"is_one": True, "decided_by": by, "edit": step.number, "moved": moved},
    )
    return kept


def held(model, first, second):
    """Return two entries of a model, held until the end of the transaction."""
    rows = model.objects.select_for_update().order_by("pk").in_bulk([first, second])
    return rows[first], rows[second]


def tell_apart(one, other, by):
    """Remember that two entries are two."""
    first, second = sorted([one.pk, other.pk])
    label = type(one)._meta.label_lower  # noqa: SLF001, documented API
    said = {"model": label, "first": first, "second": second}
    TwinDecision.objects.update_or_create(**said, defaults={"is_one": False, "decided_by": by})


def _put(kept, record):
    try:
        with transaction.atomic():
            put(kept, record)
    except IntegrityError as error:
        words = _("Etwas stünde dann zweimal da. Wählen Sie es nur von einer Seite.")
        raise ValidationError(words) from error


def _check(kept, gone):
    if kept.is_put_away or gone.is_put_away:  # two people pressed at once
        raise ValidationError(_("Einer der beiden Einträge ist inzwischen archiviert."))
    named = {Offer: "offer", Institution: "house"}.get(type(gone))
    if named and ChangeProposal.objects.open().filter(**{named: gone}).exists():
        raise ValidationError(_("Entscheiden Sie zuerst über den Vorschlag zu „%s“.") % gone)
    if not isinstance(gone, Institution):
        return
    ours, theirs = (set(one.offers.values_list("title", flat=True)) for one in (kept, gone))
    if same := sorted(ours & theirs):
        words = _("Beide haben ein Angebot „%s“. Führen Sie zuerst die Angebote zusammen.")
        raise ValidationError(words % same[0])
    for relation in _pointing_to(type(gone)):
        rows = relation.related_model._base_manager  # noqa: SLF001, documented API
        of_both = {f"{relation.field.name}__in": [kept, gone]}
        if relation.one_to_one and rows.filter(**of_both).count() > 1:
            what = relation.related_model._meta.verbose_name  # noqa: SLF001, documented API
            words = _("Beide sind schon „%s“. Das führt nur jemand von Hand zusammen.")
            raise ValidationError(words % what)


def _merged(kept, gone, chosen):
    """Return the record of the kept entry with what was chosen of the other."""
    record, other = take(kept), take(gone)
    ours, theirs = record[ROOT][kept.pk], other[ROOT][gone.pk]
    for choice in choices(kept, gone):
        side = chosen.get(choice.name, choice.side)
        if side == KEPT or (side == BOTH and not choice.may_be_both):
            continue
        if choice.name.startswith(f"{ROOT}."):
            name = choice.name.partition(".")[2]
            is_both = side == BOTH
            ours[name] = _united(ours[name], theirs[name]) if is_both else theirs[name]
        else:
            _take_rows(record, other, choice.name, kept, is_both=side == BOTH)
    return record


def _as_list(value):
    """Return a list of a record, which an array keeps as JSON."""
    return json.loads(value or "[]") if isinstance(value, str) else value or []


def _united(mine, other):
    both = list(dict.fromkeys([*_as_list(mine), *_as_list(other)]))
    return json.dumps(both) if isinstance(mine, str) else both


def _take_rows(record, other, name, kept, *, is_both):
    parts = parts_of(type(kept))
    [part] = [one for one in parts if one.name == name]
    if not is_both:
        record[name] = {}
        without_orphans(record, parts)
    record[name] |= {pk: row | {part.parent: kept.pk} for pk, row in other[name].items()}
    names = {name}
    for below in parts[1:]:
        if below.under in names:
            names.add(below.name)
            record[below.name] |= other[below.name]


def _step_aside(gone):
    """Free the title, which stands once with each provider."""
    if isinstance(gone, Offer):
        most = Offer._meta.get_field("title").max_length  # noqa: SLF001, documented API
        end = _(" (doppelt, %d)") % gone.pk
        gone.title = gone.title[: most - len(end)] + end
        gone.put_away()
        gone.save()


def _archive(gone):
    if not gone.is_put_away:
        gone.refresh_from_db()
        gone.put_away()
        gone.save()


def _move_what_points_to(kept, gone):
    """Let all rows that name the one name the other; what cannot, as it stands there, stays.

    Returns what was moved, as lists of model, field and key.
    """
    moved = []
    for relation in _pointing_to(type(gone)):
        name = relation.field.name
        label = relation.related_model._meta.label_lower  # noqa: SLF001, documented API
        for row in relation.related_model._base_manager.filter(**{name: gone}):  # noqa: SLF001
            if row == kept:
                point(row, name, None)  # was a member of the other
            elif point(row, name, kept):
                moved += [[label, name, row.pk]]
    return moved


def point(row, name, entry):
    """Let a row name another entry; return whether the rules of its table allow that."""
    setattr(row, name, entry)
    try:
        with transaction.atomic():
            row.save(update_fields=[name])
    except IntegrityError:
        return False
    return True


def _pointing_to(model):
    """Return the relations of other models to one, on whatever floor, but for its own parts, its
    history and what is made anew.
    """
    own = {part.model for part in parts_of(model)[1:]}
    return [
        one
        for one in model._meta.get_fields(include_hidden=True)  # noqa: SLF001, documented API
        if (one.one_to_many or one.one_to_one)
        and one.auto_created
        and not one.concrete
        and not one.related_model._meta.auto_created  # noqa: SLF001
        and one.related_model not in own
        and one.related_model._meta.model_name not in NOT_MOVED  # noqa: SLF001
        and not one.related_model.__name__.startswith("Historical")
    ]
