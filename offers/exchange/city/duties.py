"""Whose duty what is in the city."""

from django.forms import NullBooleanField

from offers.models import District, Duty, Institution, Offer, Topic

from .loading import KeptOnceEdited
from .row_forms import ReadyField, RowForm, age_span, choice, slug_of

ANSWERS = {"yes": True, "no": False, "": None}


class DutyForm(RowForm):
    topic = slug_of(Topic, required=False)
    district = slug_of(District, required=False)
    ages = ReadyField()
    offer = slug_of(Offer, required=False)
    institution = slug_of(Institution, required=False)
    is_youth_office = NullBooleanField()
    is_anonymous = NullBooleanField()
    columns = {
        "ages": "from_months",
        "is_youth_office": "youth_office",
        "is_anonymous": "anonymous",
    }

    class Meta:
        model = Duty
        fields = [
            "who",
            "topic",
            "district",
            "ages",
            "offer",
            "institution",
            "is_youth_office",
            "is_anonymous",
            "checked_on",
            "note",
        ]


class Duties(KeptOnceEdited):
    file = "duties.csv"
    columns = (
        "who",
        "topic",
        "district",
        "from_months",
        "to_months",
        "offer",
        "institution",
        "youth_office",
        "anonymous",
        "checked_on",
        "note",
    )
    key = ("who", "topic", "district", "from_months", "to_months")

    def find(self, row):
        about = {"topic__slug": row["topic"] or None, "district__slug": row["district"] or None}
        span = age_span(row, "from_months", "to_months")
        return Duty.objects.filter(ages=span, **about).first()

    def save(self, row, instance):
        data = row.values | {
            "ages": age_span(row, "from_months", "to_months"),
            "is_youth_office": choice(row, "youth_office", ANSWERS),
            "is_anonymous": choice(row, "anonymous", ANSWERS),
        }
        return DutyForm.save_row(row, data, instance)
