"""Write many entries at once: as many of a batch as the database takes, each with its history."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kekiz_portal.lib.history.beginnings import remember, write_history
from offers.exchange.columns.addresses import places_of
from offers.exchange.columns.rows import RowsColumn
from offers.exchange.columns.terms import TermsColumn
from offers.models import Institution, Offer, OfferPlace, Schedule
from offers.protection.protected_addresses import CODE, protected, refuse
from offers.schedules import occurrences
from offers.search.index import following

from . import placing


@dataclass(eq=False)
class Change:
    """One entry with what is to be set on it, by column.

    ``location`` is its address if that changes, known or still unsaved. An entry that comes whole
    has its places in ``places`` (``columns.places.planned``) if they change, and in ``changed_at``
    when it last changed where it comes from.
    """

    entry: object
    values: dict
    is_new: bool
    row: object = None
    location: object = None
    places: Callable | None = None
    changed_at: object = None
    refused: str = field(default="")
    is_secret: bool = False  # refused because it names a protected address


def rehearse(changes, columns):
    """Let the database check changes and take them back; marks those it would refuse."""
    with transaction.atomic():
        _keep(changes, lambda some: _write_fields(some, columns))
        transaction.set_rollback(True)


def keep(changes, columns, *, by, reason):
    """Write changes with their relations and history; marks those the database refuses."""
    _keep_locations(changes, by, reason)
    _keep(
        [change for change in changes if not change.refused],
        lambda some: _write_whole(some, columns, by, reason),
    )


def _keep(changes, write):
    """Write in one savepoint; if that fails, each half by itself, down to the one to blame."""
    if not changes:
        return
    try:
        with transaction.atomic():
            write(changes)
    except (IntegrityError, DataError, ValidationError) as error:
        if len(changes) == 1:
            changes[0].refused = _sentence(error)
            changes[0].is_secret = getattr(error, "code", "") == CODE
            return
        middle = len(changes) // 2
        _keep(changes[:middle], write)
        _keep(changes[middle:], write)


def _write_whole(changes, columns, by, reason):
    old = [change.entry.pk for change in changes if not change.is_new]
    remember(type(changes[0].entry), old)
    _write_fields(changes, columns)
    for column in columns.values():
        about = [change for change in changes if column.key in change.values]
        if about and isinstance(column, TermsColumn):
            _write_terms(column, about)
        elif about and isinstance(column, RowsColumn):
            _write_rows(column, about, by, reason)
    _write_places([change for change in changes if change.location], by, reason)
    placing.place([change for change in changes if change.places], by, reason)
    following.follow(type(changes[0].entry), [change.entry.pk for change in changes])
    for is_new in (True, False):
        rows = [change.entry for change in changes if change.is_new == is_new]
        write_history(rows, "+" if is_new else "~", reason, by)


def _write_fields(changes, columns):
    addresses_kept = protected()
    for change in changes:  # writing many at once asks no entry by itself
        refuse(change.entry, addresses_kept)
    new = [change.entry for change in changes if change.is_new]
    for entry in new:  # a batch that failed before may have given it a number
        entry.pk, entry._state.adding = None, True  # noqa: SLF001, documented for copying
    if new:
        type(new[0]).objects.bulk_create(new)
        _keep_when_they_changed(changes)
    now, by_fields = timezone.now(), defaultdict(list)
    for change in changes:
        if not change.is_new:
            keys = (key for key in change.values if not columns[key].is_relation)
            names = frozenset("ages" if key in ("age_from", "age_to") else key for key in keys)
            by_fields[names].append(change.entry)
    for names, entries in by_fields.items():
        objects = type(entries[0]).objects
        if names:
            objects.bulk_update(entries, names, batch_size=200)
        objects.filter(pk__in=[entry.pk for entry in entries]).update(updated_at=now)


def _keep_when_they_changed(changes):
    """What comes whole is as old as it was; whatever is made here is of now."""
    old = [change for change in changes if change.is_new and change.changed_at]
    for change in old:
        change.entry.updated_at = change.changed_at
    if old:
        objects = type(old[0].entry).objects
        objects.bulk_update([change.entry for change in old], ["updated_at"], batch_size=200)


def _write_terms(column, changes):
    field_ = type(changes[0].entry)._meta.get_field(column.key)  # noqa: SLF001, public API
    through = field_.remote_field.through
    here, there = field_.m2m_column_name(), field_.m2m_reverse_name()
    entries = [change.entry.pk for change in changes]
    through.objects.filter(**{f"{here}__in": entries}).delete()
    through.objects.bulk_create(
        through(**{here: change.entry.pk, there: pk})
        for change in changes
        for pk in change.values[column.key]
    )


def _write_rows(column, changes, by, reason):
    """Write the rows of another table that a column says, instead of those that are there."""
    column.stored([change.entry.pk for change in changes if not change.is_new]).delete()
    rows = []
    for change in changes:
        for row in column.rows(change.values[column.key]):
            setattr(row, column.owner, change.entry)
            rows.append(row)
    placing.write(column.model, rows, by, reason)


def _keep_locations(changes, by, reason):
    """Save the locations that are new, before the entries that need them."""
    fresh = {id(one.location): one.location for one in changes if one.location}
    wrapped = [Change(one, {}, is_new=True) for one in fresh.values() if not one.pk]

    def write_new(some):
        _write_fields(some, {})
        write_history([one.entry for one in some], "+", reason, by)

    _keep(wrapped, write_new)
    problems = {id(one.entry): one for one in wrapped if one.refused}
    for change in changes:
        if found := problems.get(id(change.location)):
            change.refused, change.is_secret = found.refused, found.is_secret


def _write_places(changes, by, reason):
    """Give entries the one address that a list from outside says."""
    if not changes:
        return
    if not isinstance(changes[0].entry, Offer):
        _write_institution_places(changes)
        return
    moved, added = [], []
    for change in changes:
        place = next((p for p in change.entry.places.all() if p.location_id), None)
        if change.is_new or place is None:
            added.append(OfferPlace(offer=change.entry, location=change.location))
        else:
            place.location = change.location
            moved.append(place)
    placing.write(OfferPlace, added, by, reason)
    remember(OfferPlace, [place.pk for place in moved])
    OfferPlace.objects.bulk_update(moved, ["location"], batch_size=200)
    write_history(moved, "~", reason, by)
    if moved:
        occurrences.renew(Schedule.objects.filter(place__in=moved))


def _write_institution_places(changes):
    through = Institution.locations.through
    old = [change for change in changes if not change.is_new]
    seen = [one.pk for change in old for one in places_of(change.entry)]
    entries = [change.entry.pk for change in changes]
    through.objects.filter(institution__in=entries, location__in=seen).delete()
    through.objects.bulk_create(
        (
            through(institution_id=change.entry.pk, location_id=change.location.pk)
            for change in changes
        ),
        ignore_conflicts=True,
    )


def _sentence(error):
    """Say in German which rule a row breaks."""
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or ""
    for model in apps.get_app_config(Offer._meta.app_label).get_models():  # noqa: SLF001, public API
        for constraint in model._meta.constraints:  # noqa: SLF001, public API
            if constraint.name == name:
                return str(constraint.get_violation_error_message())
        for one in model._meta.fields:  # noqa: SLF001, public API
            if one.unique and name == f"{model._meta.db_table}_{one.column}_key":  # noqa: SLF001
                return _("%s: Das gibt es schon.") % one.verbose_name
    reason = str(error).splitlines()[0]
    return _("Die Datenbank nimmt die Zeile nicht an: %s") % reason
