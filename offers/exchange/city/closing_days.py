"""Days on which nothing takes place in the whole city though they are no public holidays."""

from offers.models import ClosingDay

from .loading import Subject
from .row_forms import RowForm, choice

YES_OR_NO = {"yes": True, "no": False}


class ClosingDayForm(RowForm):
    class Meta:
        model = ClosingDay
        fields = ["name", "first_on", "last_on", "every_year"]


class ClosingDays(Subject):
    file = "closing_days.csv"
    columns = ("name", "first_on", "last_on", "every_year")
    key = "name"

    def find(self, row):
        return ClosingDay.objects.filter(institution=None, name=row["name"]).first()

    def save(self, row, instance):
        data = row.values | {"every_year": choice(row, "every_year", YES_OR_NO)}
        return ClosingDayForm.save_row(row, data, instance)
