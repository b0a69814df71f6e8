"""Write many entries at once: as many of a batch as the database takes, each with its history."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kekiz_portal.lib.history.beginnings import remember, write_history
from offers.models import CostOption, OfferPlace, Schedule
from offers.protection.protected_addresses import protected, refuse
from offers.schedules import occurrences
from offers.search.index import following

from . import addresses


@dataclass(eq=False)
class Change:
    """One entry with what is to be set on it, by column; ``location`` is its address if that
    changes, known or still unsaved."""

    entry: object
    values: dict
    is_new: bool
    row: object = None
    location: object = None
    refused: str = field(default="")


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
            changes[0].refused = _sentence(error, type(changes[0].entry))
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
        if column.is_relation and about and hasattr(column, "many"):
            _write_terms(column, about)
        elif column.key == "prices" and about:
            _write_prices(about, by, reason)
    _write_places([change for change in changes if change.location], by, reason)
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
    now, by_fields = timezone.now(), defaultdict(list)
    for change in changes:
        if not change.is_new:
            keys = [key for key in change.values if not columns[key].is_relation]
            by_fields[frozenset(map(_field_name, keys))].append(change.entry)
    for names, entries in by_fields.items():
        objects = type(entries[0]).objects
        if names:
            objects.bulk_update(entries, names, batch_size=200)
        objects.filter(pk__in=[entry.pk for entry in entries]).update(updated_at=now)


def _field_name(key):
    return "ages" if key in ("age_from", "age_to") else key


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


def _write_prices(changes, by, reason):
    CostOption.objects.filter(
        offer__in=[change.entry.pk for change in changes if not change.is_new]
    ).delete()
    prices = [
        CostOption(offer=change.entry, amount=amount, label=label)
        for change in changes
        for amount, label in change.values["prices"]
    ]
    addresses_kept = protected()
    for price in prices:
        refuse(price, addresses_kept)
    write_history(CostOption.objects.bulk_create(prices), "+", reason, by)


def _keep_locations(changes, by, reason):
    """Save the locations that are new, before the entries that need them."""
    fresh = {id(one.location): one.location for one in changes if one.location}
    wrapped = [Change(one, {}, is_new=True) for one in fresh.values() if not one.pk]

    def write_new(some):
        _write_fields(some, {})
        write_history([one.entry for one in some], "+", reason, by)

    _keep(wrapped, write_new)
    problems = {id(one.entry): one.refused for one in wrapped if one.refused}
    for change in changes:
        change.refused = problems.get(id(change.location), "")


def _write_places(changes, by, reason):
    if not changes:
        return
    if not isinstance(changes[0].entry, OfferPlace.offer.field.related_model):
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
    OfferPlace.objects.bulk_create(added)
    write_history(added, "+", reason, by)
    remember(OfferPlace, [place.pk for place in moved])
    OfferPlace.objects.bulk_update(moved, ["location"], batch_size=200)
    write_history(moved, "~", reason, by)
    if moved:
        occurrences.renew(Schedule.objects.filter(place__in=moved))


def _write_institution_places(changes):
    through = type(changes[0].entry).locations.through
    seen = [one.pk for change in changes if not change.is_new for one in _seen(change.entry)]
    entries = [change.entry.pk for change in changes]
    through.objects.filter(institution__in=entries, location__in=seen).delete()
    through.objects.bulk_create(
        (
            through(institution_id=change.entry.pk, location_id=change.location.pk)
            for change in changes
        ),
        ignore_conflicts=True,
    )


def _seen(entry):
    return addresses.places_of(entry)


def _sentence(error, model):
    """Say in German which rule a row breaks."""
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or ""
    for constraint in model._meta.constraints:  # noqa: SLF001, public API
        if constraint.name == name:
            return str(constraint.get_violation_error_message())
    for one in model._meta.fields:  # noqa: SLF001, public API
        if one.unique and name.endswith(f"_{one.column}_key"):
            return _("%s: Das gibt es schon.") % one.verbose_name
    reason = str(error).splitlines()[0]
    return _("Die Datenbank nimmt die Zeile nicht an: %s") % reason
