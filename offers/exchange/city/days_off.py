"""School holidays of the state, and days on which nothing takes place in the whole city."""

from django.core.exceptions import ValidationError

from offers.models import ClosingDay, SchoolHoliday

from .loading import Subject
from .row_forms import choice, row_form

YES_OR_NO = {"yes": True, "no": False}


class SchoolHolidays(Subject):
    file = "school_holidays.csv"
    form = row_form(SchoolHoliday, ["name", "first_on", "last_on", "source"])
    key = "first_on"

    def find(self, row):
        try:
            first_on = self.form.base_fields["first_on"].clean(row["first_on"])
        except ValidationError:  # the form will say what is wrong
            return None
        return SchoolHoliday.objects.filter(first_on=first_on).first()


class ClosingDays(Subject):
    file = "closing_days.csv"
    form = row_form(ClosingDay, ["name", "first_on", "last_on", "every_year"])
    key = "name"

    def find(self, row):
        return ClosingDay.objects.filter(institution=None, name=row["name"]).first()

    def data(self, row):
        return super().data(row) | {"every_year": choice(row, "every_year", YES_OR_NO)}
