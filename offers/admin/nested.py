"""Rows in rows: the places of an offer in its form, each with its schedules.

Works without JavaScript, with one empty row at every level; `static/js/admin-rows.js` adds more.
django-nested-admin does the same for any depth, but replaces Django's inlines with its own,
which need its script; two levels of plain form sets are little code and stay Django's.
"""

from functools import partial

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.forms.formsets import DELETION_FIELD_NAME, TOTAL_FORM_COUNT
from django.utils.translation import gettext_lazy as _

from offers.models import Location, OfferPlace, Schedule
from offers.models.place import refuse_beside_protected
from offers.protection.protected_addresses import refuse_naming
from offers.schedules.form import ScheduleForm

from .ownership import OwnChoices

MOST_ROWS = 100
MOST_OPEN = 3


class RowFormSet(forms.BaseInlineFormSet):
    """Rows that say whether they stand open: ``form.stands_open``.

    An empty row is folded away, unless ``starts_open`` says that it is what comes next;
    so are saved ones where there are many.
    """

    starts_open = False

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if DELETION_FIELD_NAME in form.fields:
            form.fields[DELETION_FIELD_NAME].label = _("Löschen")
        form.stands_open = partial(self._stands_open, form, index)

    def _stands_open(self, form, index):
        if index is None:
            return True
        if form.is_bound and form.has_changed():
            return True
        saved = self.initial_form_count()
        if index < saved:
            return saved <= MOST_OPEN
        return self.starts_open and index == saved == 0


class ScheduleFormSet(RowFormSet):
    """The schedules of one place."""

    empty_prefix = "__row__"

    @property
    def starts_open(self):
        return self.instance.pk is None

    @property
    def empty_form(self):
        """An empty schedule for the script; its place's own prefix holds a place already."""
        form = self.form(
            auto_id=self.auto_id,
            prefix=self.add_prefix(self.empty_prefix),
            empty_permitted=True,
            use_required_attribute=False,
            **self.get_form_kwargs(None),
        )
        self.add_fields(form, None)
        return form


SchedulesOfPlace = forms.inlineformset_factory(
    OfferPlace,
    Schedule,
    form=ScheduleForm,
    formset=ScheduleFormSet,
    extra=1,
    max_num=MOST_ROWS,
    absolute_max=MOST_ROWS + 1,
)


class PlaceForm(forms.ModelForm):
    """One place, with its schedules as ``schedules``."""

    schedules = None

    class Meta:
        labels = {"mode": _("Wie kommt man dazu?")}
        help_texts = {
            "mode": _("Bei „an einem Ort“ wählen Sie darunter, an welchem."),
            "location": _("Tippen Sie Name oder Straße. Fehlt der Ort, legen Sie ihn mit + an."),
            "note": _("Etwa „Eingang im Hof“ oder „Raum 2“."),
        }

    def _get_validation_exclusions(self):
        """Leave it to the whole set whether a place stands there twice: two may change places."""
        return super()._get_validation_exclusions() | {"offer"}

    def has_changed(self):
        return super().has_changed() or (self.schedules.is_bound and self.schedules.has_changed())

    def is_valid(self):
        return super().is_valid() and (not self.schedules.is_bound or self.schedules.is_valid())

    def save(self, commit=True):
        place = super().save(commit)
        if commit and self.schedules.is_bound:
            self.schedules.save()
        return place


class PlaceFormSet(RowFormSet):
    """The places of an offer, no two of them the same."""

    starts_open = True
    schedules_are_editable = True

    def add_fields(self, form, index):
        super().add_fields(form, index)
        prefix = f"{form.prefix}-schedules"
        # A page that left the schedules out leaves them as they are.
        sent = self.schedules_are_editable and f"{prefix}-{TOTAL_FORM_COUNT}" in self.data
        data = {"data": self.data, "files": self.files} if sent else {}
        form.schedules = SchedulesOfPlace(instance=form.instance, prefix=prefix, **data)

    @property
    def errors(self):
        """The errors of the places, then those of their schedules: the page counts them."""
        found = list(super().errors)
        for form in self.forms if self.is_bound else []:
            if not self._should_delete_form(form):
                found += form.schedules.errors
        return found

    def clean(self):
        seen = set()
        for form in self.forms:
            data = form.cleaned_data
            place = data.get("location") or data.get("mode")
            if not place or data.get(DELETION_FIELD_NAME):
                continue
            if place in seen and not form.errors:
                form.add_error(None, _("Dieser Ort steht schon bei dem Angebot."))
            seen.add(place)
        locations = [place for place in seen if isinstance(place, Location)]
        refuse_beside_protected(locations)
        refuse_naming(self.instance, locations)

    def validate_unique(self):
        """Leave it to ``clean``, which says it in a sentence."""


class RowInline(OwnChoices, admin.StackedInline):
    """Rows in the section of the form that ``section`` names."""

    formset = RowFormSet
    template = "admin/offers/offer/rows.html"
    extra = 1
    max_num = MOST_ROWS
    section = ""
    add_label = ""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        return only_add_related(super().formfield_for_dbfield(db_field, request, **kwargs))


def only_add_related(field):
    """Offer "+" beside a choice of other entries, and not to change or delete what is chosen."""
    if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
        field.widget.can_change_related = False
        field.widget.can_delete_related = False
        field.widget.can_view_related = False
    return field
