"""The school holidays of the state."""

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
        form = SchoolHolidayForm(row.values)
        form.is_valid()
        return SchoolHoliday.objects.filter(first_on=form.cleaned_data.get("first_on")).first()

    def save(self, row, instance):
        return SchoolHolidayForm.save_row(row, row.values, instance)
