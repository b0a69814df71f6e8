"""Who helps in the city with what is due at an age."""

from lifephases.models import Milestone
from offers.models import Institution, MilestoneContact, Offer

from .loading import Subject
from .row_forms import RowForm, slug_of


class MilestoneContactForm(RowForm):
    milestone = slug_of(Milestone)
    offer = slug_of(Offer, required=False)
    institution = slug_of(Institution, required=False)

    class Meta:
        model = MilestoneContact
        fields = ["milestone", "who", "offer", "institution"]


class MilestoneContacts(Subject):
    file = "milestone_contacts.csv"
    columns = ("milestone", "who", "offer", "institution")
    key = "milestone"

    def find(self, row):
        return MilestoneContact.objects.filter(milestone__slug=row["milestone"]).first()

    def save(self, row, instance):
        return MilestoneContactForm.save_row(row, row.values, instance)
