"""Whose duty what is in the city, and who helps with what is due at an age."""

from offers.models import Duty, MilestoneContact

from .loading import KeptOnceEdited, Subject
from .row_forms import FIRST_MONTH, age_span, choice, row_form

ANSWERS = {"yes": True, "no": False, "": None}


class Duties(KeptOnceEdited):
    file = "duties.csv"
    form = row_form(
        Duty,
        [
            *("who", "topic", "district", "ages", "offer", "institution"),
            *("is_youth_office", "is_anonymous", "checked_on", "note"),
        ],
        ages=FIRST_MONTH,
        is_youth_office="youth_office",
        is_anonymous="anonymous",
    )
    key = ("who", "topic", "district", "from_months", "to_months")

    def find(self, row):
        about = {"topic__slug": row["topic"] or None, "district__slug": row["district"] or None}
        return Duty.objects.filter(ages=age_span(row), **about).first()

    def data(self, row):
        return super().data(row) | {
            "is_youth_office": choice(row, "youth_office", ANSWERS),
            "is_anonymous": choice(row, "anonymous", ANSWERS),
        }


class MilestoneContacts(Subject):
    file = "milestone_contacts.csv"
    form = row_form(MilestoneContact, ["milestone", "who", "offer", "institution"])
    key = "milestone"

    def find(self, row):
        return MilestoneContact.objects.filter(milestone__slug=row["milestone"]).first()
