"""The children somebody asks for: months of birth as they were typed, read, and forgotten.

They come by POST and stay in the request: no session, no log, no address holds them (GDPR Art. 25).
"""

import datetime as dt
import re
from dataclasses import dataclass

from dateutil.relativedelta import relativedelta
from django import forms
from django.utils import dates, timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from lifephases import ages
from offers.search.words.folding import plain

MOST_CHILDREN = 8
LONGEST_TYPED = 20
A_YEAR = re.compile(r"[0-9]{4}")
A_NUMBER = re.compile(r"0?[0-9]|1[0-9]")
SHORTEST_NAME = 3  # "Mai", "Jan"


@dataclass(frozen=True)
class Child:
    """A child by its place in the form and the month it was or will be born in."""

    number: int
    born: dt.date  # the first day of the month
    today: dt.date

    @cached_property
    def month(self):
        """Its age in whole months, below 0 before birth."""
        return ages.month_of_life(self.born.year, self.born.month, self.today)

    @property
    def is_expected(self):
        return self.month < 0

    def begins(self, month):
        """Return the first day on which it may be so many months old."""
        return self.born + relativedelta(months=month)

    def ends(self, month):
        """Return the last day on which it surely is no older than so many months."""
        return self.begins(month + 1) - dt.timedelta(days=1)


class ChildrenForm(forms.Form):
    """Month and year of birth, or of the expected one, for as many children as there are rows.

    Empty rows are no children. What cannot be read stays in its field, with a sentence.
    """

    def __init__(self, data=None):
        super().__init__(data, auto_id="kind-%s")
        self.rows = _number_of_rows(data)
        self.children = []
        for number in range(1, self.rows + 1):
            self.fields[f"monat-{number}"] = _text(_("Kind %d, Monat") % number)
            self.fields[f"jahr-{number}"] = _text(_("Kind %d, Jahr") % number)

    def with_one_row_more(self):
        """Return the same as typed, unchecked, with an empty row more."""
        typed = {name: self.data.get(name, "") for name in self.fields}
        form = ChildrenForm({"kinder": self.rows + 1})
        form.is_bound, form.initial = False, typed
        return form

    @property
    def may_grow(self):
        return self.rows < MOST_CHILDREN

    @property
    def groups(self):
        """The rows as pairs of fields."""
        return [
            (number, self[f"monat-{number}"], self[f"jahr-{number}"])
            for number in range(1, self.rows + 1)
        ]

    def clean(self):
        cleaned, today = super().clean(), timezone.localdate()
        for number in range(1, self.rows + 1):
            names = f"monat-{number}", f"jahr-{number}"
            if any(name in self.errors for name in names):
                continue
            month, year = (plain(cleaned[name]) for name in names)
            if month or year:
                self._take(number, month, year, today)
        if not self.children and not self.errors:
            self.add_error("monat-1", _("Schreiben Sie, wann Ihr Kind geboren ist oder kommt."))
        return cleaned

    def _take(self, number, typed_month, typed_year, today):
        """Read one row; what is impossible is said at the field that is to be put right."""
        month = _month(typed_month)
        if month is None:
            self.add_error(f"monat-{number}", _("Schreiben Sie den Monat so: 5 oder Mai."))
        if not A_YEAR.fullmatch(typed_year) or int(typed_year) == 0:
            words = _("Schreiben Sie das Jahr mit vier Ziffern, zum Beispiel %d.") % today.year
            self.add_error(f"jahr-{number}", words)
            return
        if month is None:
            return
        age = ages.month_of_life(int(typed_year), month, today)
        if age < ages.YOUNGEST:
            words = _("Das liegt mehr als zehn Monate in der Zukunft. Bitte prüfen Sie das Jahr.")
            self.add_error(f"jahr-{number}", words)
        elif age > ages.OLDEST:
            self.add_error(f"jahr-{number}", _("Das Portal hilft bis zum Alter von 27 Jahren."))
        else:
            self.children.append(Child(number, dt.date(int(typed_year), month, 1), today))


def _text(label):
    unreadable = _("Das können wir nicht lesen.")
    return forms.CharField(
        label=label,
        max_length=LONGEST_TYPED,
        required=False,
        error_messages=dict.fromkeys(["max_length", "null_characters_not_allowed"], unreadable),
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off"}),
    )


def _number_of_rows(data):
    said = str((data or {}).get("kinder", 1))
    return min(max(int(said), 1), MOST_CHILDREN) if A_NUMBER.fullmatch(said) else 1


def _month(typed):
    """Return the number of a month: "5", "05", "Mai", "Sept."; ``None`` if it is none."""
    said = typed.rstrip(".").casefold()
    if A_NUMBER.fullmatch(said):
        return int(said) if 1 <= int(said) <= ages.MONTHS_A_YEAR else None
    if len(said) < SHORTEST_NAME:
        return None
    names = ((number, str(name).casefold()) for number, name in dates.MONTHS.items())
    return next((number for number, name in names if name.startswith(said)), None)
