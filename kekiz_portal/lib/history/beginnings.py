"""What an entry was before its first recorded change: no history begins in the middle.

Entries come in by the hundred without a history of coming in. Whoever changes one first, by a
form, a list, an import, a proposal or at night, finds its state before written down, as a row of
its own step with the reason ``AS_IT_WAS``. The signals of Django see every change of single rows;
who changes many in one statement calls ``remember`` first.
"""

from django.db import models, transaction
from django.db.models.signals import m2m_changed, pre_delete, pre_save
from django.dispatch import receiver

from .recording import come_in, edit, is_coming_in

AS_IT_WAS = "Bestand"


def is_tracked(model):
    """Whether a model keeps a history."""
    return hasattr(model._meta, "simple_history_manager_attribute")  # noqa: SLF001


def remember(model, keys):
    """Write down what rows are in the database now, those of which no history knows anything."""
    unknown = _unknown(model, keys)
    if not unknown:
        return
    with transaction.atomic():
        # Held, so that of two who come at once only one finds no history.
        rows = model._base_manager.select_for_update().order_by("pk")  # noqa: SLF001
        rows = [row for row in rows.filter(pk__in=unknown) if not is_coming_in(row)]
        known = set(unknown) - _unknown(model, unknown)
        with edit(reason=AS_IT_WAS, apart=True):
            nobody = [row for row in rows if row.pk not in known]
            for row in nobody:
                row._history_user = None  # noqa: SLF001, how simple-history is told: not the sender
            write_history(nobody, "~", AS_IT_WAS)


def _unknown(model, keys):
    known = _history(model).filter(**{f"{_key(model)}__in": keys}).values_list(_key(model))
    return set(keys) - {key for (key,) in known}


def _history(model):
    return getattr(model, model._meta.simple_history_manager_attribute)  # noqa: SLF001


def _key(model):
    return model._meta.pk.attname  # noqa: SLF001


def write_history(rows, kind, reason, by=None):
    """Add a row of history for each row of one model, with its related keys as they stand now.

    ``kind`` is "+" for what is new, "~" for what was there.
    """
    if not rows or (kind == "+" and come_in(rows)):
        return
    manager = _history(type(rows[0]))
    written = manager.bulk_history_create(
        rows, update=kind == "~", default_user=by, default_change_reason=reason
    )
    of_row = dict(zip((row.pk for row in rows), written, strict=True))
    for field in manager.model._history_m2m_fields:  # noqa: SLF001, how simple-history names it
        _copy_pairs(field, getattr(manager.model, field.name).model, of_row)


def _copy_pairs(field, copies, of_row):
    through, owner = field.remote_field.through, field.m2m_column_name()
    names = [one.attname for one in through._meta.fields]  # noqa: SLF001, public API
    found = through.objects.filter(**{f"{owner}__in": list(of_row)}).values(*names)
    copies.objects.bulk_create(copies(history=of_row[one[owner]], **one) for one in found)


@receiver(pre_save)
def remember_before_saving(sender, instance, raw=False, **_kwargs):
    if is_tracked(sender) and instance.pk is not None and not raw and not is_coming_in(instance):
        remember(sender, [instance.pk])


@receiver(pre_delete)
def remember_before_deleting(sender, instance, **_kwargs):
    """Remember the row, and every one that only loses its link to it: that happens silently."""
    if is_tracked(sender):
        remember(sender, [instance.pk])
    for relation in sender._meta.get_fields(include_hidden=True):  # noqa: SLF001, public API
        if _is_lost_silently(relation) and is_tracked(relation.related_model):
            pointing = relation.related_model._base_manager.filter(  # noqa: SLF001
                **{relation.field.name: instance.pk}
            )
            remember(relation.related_model, list(pointing.values_list("pk", flat=True)))


def _is_lost_silently(relation):
    if not relation.auto_created or relation.concrete:
        return False
    return relation.many_to_many or relation.on_delete in {models.SET_NULL, models.SET_DEFAULT}


@receiver(m2m_changed)
def remember_before_relating(instance, action, model, pk_set, reverse, **_kwargs):
    if not action.startswith("pre_"):
        return
    owner, keys = (model, pk_set or set()) if reverse else (type(instance), {instance.pk})
    if is_tracked(owner) and (reverse or not is_coming_in(instance)):
        remember(owner, keys)
