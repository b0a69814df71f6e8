"""The form of one schedule: how often, on which days, from when to when."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import gettext_lazy as _

from offers.models import Schedule
from offers.models.schedule import LAST_MINUTE, MIDNIGHT, clock, clock_of_end
from offers.recurrence import entry as schedule_entry
from offers.recurrence.entry import (
    IN_MONTHS,
    IN_WEEKS,
    MOST_BETWEEN,
    NUMBERED,
    Entry,
    Repeats,
    Week,
)

from .preview import preview

TIME_OF_DAY = re.compile(r"(?P<hour>[0-9]{1,2})(?:[:.]?(?P<minute>[0-9]{2}))?")

END_OF_THE_DAY = re.compile(r"24(?:[:.]?00)?(?: ?uhr)?")


class DayInput(forms.DateInput):
    """A day, with the calendar of the browser."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    """A day and an hour, with the calendar of the browser."""

    input_type = "datetime-local"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%dT%H:%M:%S")


class ClockField(forms.TimeField):
    """A time of day as people write it: 9, 9:30, 9.30, 930, "9 Uhr"."""

    default_error_messages = {"invalid": _("Schreiben Sie die Uhrzeit so: 9 oder 9:30.")}
    widget = forms.TextInput

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.widget.attrs |= {"size": 6, "inputmode": "text", "autocomplete": "off"}

    def prepare_value(self, value):
        return clock(value) if hasattr(value, "hour") else value

    def to_python(self, value):
        if not isinstance(value, str):
            return super().to_python(value)
        text = value.strip().lower().removesuffix("uhr").strip()
        if not text:
            return None
        found = TIME_OF_DAY.fullmatch(text)
        if not found:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(f"{found['hour']}:{found['minute'] or '00'}")


class EndClockField(ClockField):
    """The time at which something ends, which may be 24 o'clock."""

    def prepare_value(self, value):
        return clock_of_end(value) if hasattr(value, "hour") else value

    def to_python(self, value):
        if isinstance(value, str) and END_OF_THE_DAY.fullmatch(value.strip().lower()):
            return MIDNIGHT
        return super().to_python(value)


class ScheduleForm(forms.ModelForm):
    """A schedule entered in words; the rule is written from them, or left alone."""

    repeats = forms.TypedChoiceField(
        label=_("Wie oft?"),
        choices=Repeats,
        coerce=Repeats,
        help_text=_("Für mehrere Zeiten an einem Tag tragen Sie mehrere Termine ein."),
    )
    every = forms.IntegerField(
        label=_("Alle wie viele?"),
        min_value=1,
        max_value=MOST_BETWEEN,
        required=False,
        help_text=_("Eine Zahl, etwa 3 für „alle 3 Wochen“."),
    )
    week = forms.TypedChoiceField(
        label=_("In welcher Woche des Monats?"),
        choices=Week,
        coerce=lambda value: Week(int(value)),
        empty_value=None,
        required=False,
        help_text=_("Zählt, wenn unten Wochentage gewählt sind: etwa jeden zweiten Dienstag."),
    )
    month = forms.TypedChoiceField(
        label=_("In welchem Monat?"),
        choices=[("", "–"), *MONTHS.items()],
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Zählt, wenn unten Wochentage gewählt sind: etwa am ersten Sonntag im Mai."),
    )
    days = forms.TypedMultipleChoiceField(
        label=_("An welchen Tagen?"),
        choices=list(WEEKDAYS.items()),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    start_time = ClockField(
        label=_("von"), required=False, help_text=_("Uhrzeit, etwa 9 oder 9:30.")
    )
    end_time = EndClockField(
        label=_("bis"),
        required=False,
        help_text=_("Leer, wenn das Ende offen ist. Über Mitternacht geht auch: 22 bis 6."),
    )

    class Meta:
        model = Schedule
        fields = ["starts_on", "ends_on", "start_time", "end_time"]
        fields += ["public_holidays", "school_holidays", "note"]
        labels = {"starts_on": _("Datum oder erster Tag"), "ends_on": _("Letzter Tag")}
        help_texts = {
            "starts_on": _("Nötig, wo gezählt wird: „einmal“, „alle … Wochen“, „alle … Monate“."),
            "ends_on": _("Leer, wenn kein Ende feststeht."),
            "public_holidays": _("Gesetzliche Feiertage des Landes."),
            "school_holidays": _("Schulferien des Landes."),
            "note": _("Steht hinter der Zeit, etwa „im Saal“ oder „nur mit Voranmeldung“."),
        }
        widgets = {"starts_on": DayInput, "ends_on": DayInput}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.is_new = self.instance.pk is None
        self.stored = self.instance.rrule
        self.entry = None
        entry = Entry(Repeats.WEEKLY) if self.is_new else schedule_entry.read(self.stored)
        if entry.repeats != Repeats.OWN_RULE:
            self.fields["repeats"].choices = [
                choice for choice in Repeats.choices if choice[0] != Repeats.OWN_RULE
            ]
        self.initial = {
            "repeats": entry.repeats,
            "days": [str(day) for day in entry.days],
            "week": str(int(entry.week or Week.FIRST)),
            "every": entry.every if entry.repeats in NUMBERED else None,
            "month": entry.month,
        } | self.initial

    def clean(self):
        data = super().clean()
        if data.get("start_time") == data.get("end_time") == MIDNIGHT:
            data["end_time"] = LAST_MINUTE  # rund um die Uhr
        repeats = data.get("repeats")
        self.entry = self._entry(repeats, data) if repeats else None
        if self.entry is not None:
            self.instance.rrule = schedule_entry.rewritten(self.entry, self.stored)
        return data

    def _entry(self, repeats, data):
        """Return what was entered, ``None`` if something is missing."""
        if repeats == Repeats.OWN_RULE:
            return Entry(repeats, rule=self.stored)
        if repeats == Repeats.DAILY:
            return Entry(repeats)
        if repeats == Repeats.ONCE:
            self._needs("starts_on", data, _("An welchem Tag? Geben Sie das Datum an."))
            return None if "starts_on" in self.errors else Entry(repeats)
        every = self._every(repeats, data)
        days = tuple(sorted(set(data.get("days") or [])))
        if repeats in IN_WEEKS:
            self._needs("days", data, _("Wählen Sie mindestens einen Wochentag."))
        elif not data.get("starts_on"):
            words = _(
                "Wählen Sie Wochentage, oder geben Sie unten das Datum an, das sich wiederholt."
            )
            self._needs("days", data, words)
        if self.errors.keys() & {"days", "every", "starts_on"}:
            return None
        return self._counted(repeats, every, days, data)

    def _counted(self, repeats, every, days, data):
        """Return the entry of a rule of weeks, months or a year."""
        if repeats in IN_WEEKS:
            return Entry(schedule_entry.weeks(every), days, every=every)
        week = (data.get("week") or Week.FIRST) if days else None
        if repeats in IN_MONTHS:
            return Entry(schedule_entry.months(every), days, week, every=every)
        if not days:
            return Entry(repeats)
        month = data.get("month") or (data["starts_on"].month if data.get("starts_on") else None)
        if month is None:
            self.add_error("month", _("Wählen Sie den Monat."))
            return None
        return Entry(repeats, days, week, month=month)

    def _every(self, repeats, data):
        if repeats not in NUMBERED:
            return (IN_WEEKS | IN_MONTHS).get(repeats, 1)
        self._needs("every", data, _("Alle wie viele? Schreiben Sie eine Zahl, etwa 3."))
        return data.get("every") or 1

    def _needs(self, name, data, words):
        """Say that a field is missing, unless it has an error already."""
        if not data.get(name) and name not in self.errors:
            self.add_error(name, words)

    def _get_validation_exclusions(self):
        """Let the rules of the database see the rule, though it is no field of this form."""
        excluded = super()._get_validation_exclusions()
        return excluded if self.entry is None else excluded - {"rrule"}

    def words(self):
        """Say the saved schedule in one line."""
        return schedule_entry.sentence(self.instance)

    def preview(self):
        """Return the ``Preview`` of what stands in the form; ``None`` if that is no schedule."""
        if self.is_new and not (self.is_bound and self.has_changed()):
            return None
        return preview(self.instance) if not self.is_bound or self.is_valid() else None

    def _update_errors(self, errors):
        """Show what is wrong with the rule where it was entered."""
        found = getattr(errors, "error_dict", {})
        if "rrule" in found:
            found.setdefault("repeats", []).extend(found.pop("rrule"))
        super()._update_errors(errors)
