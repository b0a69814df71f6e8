"""Whose duty what is in the city, and who helps with what is due at an age."""

from django.forms import NullBooleanField

from lifephases.models import Milestone
from offers.models import District, Duty, Institution, MilestoneContact, Offer, Topic

from .loading import KeptOnceEdited, Subject
from .row_forms import FIRST_MONTH, ReadyField, RowForm, age_span, choice, slug_of

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
        "ages": FIRST_MONTH,
        "is_youth_office": "youth_office",
        "is_anonymous": "anonymous",
    }

    class Meta:
        model = Duty
        fields = [
            *("who", "topic", "district", "ages", "offer", "institution"),
            *("is_youth_office", "is_anonymous", "checked_on", "note"),
        ]


class Duties(KeptOnceEdited):
    file = "duties.csv"
    form = DutyForm
    key = ("who", "topic", "district", "from_months", "to_months")

    def find(self, row):
        about = {"topic__slug": row["topic"] or None, "district__slug": row["district"] or None}
        return Duty.objects.filter(ages=age_span(row), **about).first()

    def data(self, row):
        return super().data(row) | {
            "is_youth_office": choice(row, "youth_office", ANSWERS),
            "is_anonymous": choice(row, "anonymous", ANSWERS),
        }


class MilestoneContactForm(RowForm):
    milestone = slug_of(Milestone)
    offer = slug_of(Offer, required=False)
    institution = slug_of(Institution, required=False)

    class Meta:
        model = MilestoneContact
        fields = ["milestone", "who", "offer", "institution"]


class MilestoneContacts(Subject):
    file = "milestone_contacts.csv"
    form = MilestoneContactForm
    key = "milestone"

    def find(self, row):
        return MilestoneContact.objects.filter(milestone__slug=row["milestone"]).first()
