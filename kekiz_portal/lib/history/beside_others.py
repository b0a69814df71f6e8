"""Forms of rows without a history, saved without undoing what others saved meanwhile.

The form carries a mark of what its reader saw in each field. A field that the reader left alone
keeps what stands in it now; one that both changed is asked about, and what was typed stays.
"""

import hashlib
import json
from decimal import Decimal

from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist
from django.db import connection, models
from django.utils.translation import gettext as _

from kekiz_portal.lib.office import name_of

MARKS = "_marks"
SIGNS = 12


class BesideOthers:
    """Mixed into a ``ModelForm``; its page sends ``marks`` along under the name ``_marks``."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._stored = {name: _value(self.instance, name) for name in self.fields}
        self._saved_by = _last_of(self.instance)
        self._asked = set()

    @property
    def marks(self):
        """What the reader of the page knows of each field, as text."""
        now = {name: _mark(value) for name, value in self._stored.items()}
        seen = {} if not self.is_bound else self._seen()
        known = {name: mark for name, mark in seen.items() if name not in self._asked}
        return json.dumps(now | known)

    def words_of(self, name):
        """Say what stands in a field now."""
        field, value = self.fields[name], self._stored[name]
        if isinstance(value, list):
            return ", ".join(map(str, value))
        labels = dict(getattr(field, "choices", [])) if isinstance(value, str) else {}
        return str(labels.get(value, _("ja") if value is True else value or ""))

    def clean(self):
        cleaned = super().clean()
        cleaned = self.cleaned_data if cleaned is None else cleaned
        for name, seen in self._seen().items():
            if name not in cleaned or seen == _mark(self._stored[name]):
                continue
            mine = _mark(cleaned[name])
            if mine == seen:
                cleaned[name] = self._stored[name]
            elif mine != _mark(self._stored[name]):
                self._asked.add(name)
        for name in self._asked:
            self.add_error(name, self._question(name))
        return cleaned

    def _question(self, name):
        return _(
            "%(who)s hat inzwischen gespeichert: „%(now)s“. Ihre Eingabe steht noch hier; sie "
            "gilt, wenn Sie noch einmal speichern."
        ) % {"who": self._saved_by or _("Jemand"), "now": self.words_of(name) or "–"}

    def _seen(self):
        """Return the mark of each field as the page brought it, nothing of a page without."""
        try:
            told = json.loads(self.data.get(MARKS, "{}"))
        except ValueError:
            return {}
        told = told if isinstance(told, dict) else {}
        return {name: mark for name, mark in told.items() if name in self._stored}


def is_saving(request):
    """Whether the request is about to change the entry, inside a transaction."""
    return request.method == "POST" and connection.in_atomic_block


class LockedWhileSaved(admin.ModelAdmin):
    """An admin whose entry is held from the moment it is read to be saved."""

    def get_changeform_initial_data(self, _request):
        """Return nothing: what an address says is not typed, and may be no value at all."""
        return {}

    def get_object(self, request, object_id, from_field=None):
        """Return the entry; for saving, locked until it is saved and as it is now."""
        found = super().get_object(request, object_id, from_field)
        if found is not None and is_saving(request):
            rows = self.model._base_manager  # noqa: SLF001, documented API
            locked = rows.select_for_update(nowait=self.waits_for_nobody(request))
            if not locked.filter(pk=found.pk).exists():
                return None  # deleted while we waited
            found.refresh_from_db()
        return found

    def waits_for_nobody(self, _request):
        """Whether a form may find the entry held by somebody: ``OperationalError`` then."""
        return False


class SavedBesideOthers(LockedWhileSaved):
    """An admin of rows without a history whose form is ``beside_others``."""

    beside_others = BesideOthers

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (self.beside_others, form), {})


def _value(row, name):
    """Return what stands in a field of a row as its form would clean it."""
    try:
        field = row._meta.get_field(name)  # noqa: SLF001, documented API
    except FieldDoesNotExist:
        return None
    if field.many_to_many:
        return list(getattr(row, name).all()) if row.pk else []
    return getattr(row, name)


def _mark(value):
    """Return a few signs that are others for another value."""
    if isinstance(value, models.Model):
        value = value.pk
    elif isinstance(value, models.QuerySet) or _are_rows(value):
        value = sorted(one.pk for one in value)
    elif isinstance(value, str):
        value = str(value).replace("\r\n", "\n").strip()
    elif isinstance(value, Decimal):
        value = value.normalize()
    told = "" if value is None else repr(value)
    return hashlib.sha256(("" if told == "''" else told).encode()).hexdigest()[:SIGNS]


def _are_rows(value):
    return isinstance(value, list) and all(isinstance(one, models.Model) for one in value)


def _last_of(row):
    """Return who saved a row last, as far as a history knows it."""
    kept = row.history.order_by("-history_date", "-history_id").first() if _keeps(row) else None
    user = kept and kept.history_user
    return user and name_of(user)


def _keeps(row):
    return row.pk is not None and hasattr(row, "history")
