"""How changes are recorded: every row of history names the edit it belongs to.

Saving an offer writes the offer, its places, times and prices; readers of a history want
that as one step. Rows written inside ``edit()`` share one number and one reason.

No history begins in the middle: before a row without history changes for the first time, what it
was is written down (``kekiz_portal.lib.history.beginnings``).
"""

import uuid
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.db import models
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords
from simple_history.signals import pre_create_historical_record

REASON_LENGTH = 300


@dataclass(frozen=True)
class Edit:
    """One step of work: who takes it, and why."""

    by: object = None
    reason: str = ""
    number: uuid.UUID = field(default_factory=uuid.uuid4)


_current = ContextVar("current_edit", default=None)
_coming = ContextVar("rows_coming_in", default=None)


@contextmanager
def edit(by=None, reason="", *, apart=False):
    """Record everything saved inside as one step; an outer step goes on inside an inner one.

    ``by`` is a user, needed outside of requests only; ``reason`` is what people read later.
    ``apart`` makes it a step of its own even inside another one.
    """
    outer = None if apart else _current.get()
    inner = Edit(
        by=by or (outer and outer.by),
        reason=(reason or (outer.reason if outer else ""))[:REASON_LENGTH],
        number=outer.number if outer else uuid.uuid4(),
    )
    token = _current.set(inner)
    try:
        yield inner
    finally:
        _current.reset(token)


@contextmanager
def unrecorded():
    """Save new entries as they come in, without a history of coming in.

    Entries that were there before keep their history as everywhere.
    """
    token = _coming.set(set())
    try:
        yield
    finally:
        _coming.reset(token)


def is_coming_in(row):
    """Whether a row was made inside ``unrecorded()``, so that there is no "before" yet."""
    return (type(row), row.pk) in (_coming.get() or ())


def come_in(rows):
    """Whether rows that were just made come in without a history; from now on that is known."""
    coming = _coming.get()
    if coming is not None:
        coming.update((type(row), row.pk) for row in rows)
    return coming is not None


def current_number():
    """Return the number of the step under way; a step of its own for a lone save."""
    step = _current.get()
    return step.number if step else uuid.uuid4()


class ChangeRecord(models.Model):
    """What every row of history has besides the values."""

    edit = models.UUIDField(_("Arbeitsschritt"), default=current_number, editable=False)

    class Meta:
        abstract = True


class StepwiseRecords(HistoricalRecords):
    """The records of simple-history, silent about what comes in inside ``unrecorded()``."""

    def create_historical_record(self, instance, history_type, using=None):
        if history_type == "+":
            come_in([instance])
        if not is_coming_in(instance):
            super().create_historical_record(instance, history_type, using=using)

    def create_historical_record_m2ms(self, history_instance, instance):
        """Note what a row was related to; a new one is related to nothing yet."""
        if history_instance.history_type != "+":
            super().create_historical_record_m2ms(history_instance, instance)


def tracked(**options):
    """Return the ``history`` of a model: each change with author, time and reason."""
    reason = models.CharField(_("Grund"), max_length=REASON_LENGTH, null=True, blank=True)
    return StepwiseRecords(bases=[ChangeRecord], history_change_reason_field=reason, **options)


@receiver(pre_create_historical_record)
def say_who_and_why(history_instance, **_kwargs):
    step = _current.get()
    if step is None or not isinstance(history_instance, ChangeRecord):
        return
    if step.by is not None and history_instance.history_user_id is None:
        history_instance.history_user = step.by
    history_instance.history_change_reason = history_instance.history_change_reason or step.reason
