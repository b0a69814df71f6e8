"""The school holidays of the state."""

from django.core.exceptions import ValidationError

from offers.models import SchoolHoliday

from .loading import Subject
from .row_forms import RowForm


class SchoolHolidayForm(RowForm):
    class Meta:
        model = SchoolHoliday
        fields = ["name", "first_on", "last_on", "source"]


class SchoolHolidays(Subject):
    file = "school_holidays.csv"
    columns = ("name", "first_on", "last_on", "source")
    key = "first_on"

    def find(self, row):
        try:
            first_on = SchoolHolidayForm.base_fields["first_on"].clean(row["first_on"])
        except ValidationError:  # the form will say what is wrong
            return None
        return SchoolHoliday.objects.filter(first_on=first_on).first()

    def save(self, row, instance):
        return SchoolHolidayForm.save_row(row, row.values, instance)
