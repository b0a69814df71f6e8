"""Kinds of distress, and which numbers the search shows for them, the first one first."""

from django import forms
from django.utils.translation import gettext as _

from offers.models import Helpline, HelplineNeed, HelplineNeedNumber

from .loading import Subject
from .row_forms import RowForm


class HelplineNeedForm(RowForm):
    is_crisis = forms.BooleanField(required=False)

    class Meta:
        model = HelplineNeed
        fields = ["slug", "name", "is_crisis"]


class HelplineNeeds(Subject):
    file = "helpline_needs.csv"
    columns = ("slug", "name", "is_crisis", "helplines")

    def find(self, row):
        return HelplineNeed.objects.filter(slug=row["slug"]).first()

    def save(self, row, instance):
        helplines = self.helplines(row)
        need = HelplineNeedForm.save_row(row, row.values, instance)
        need.numbers.exclude(helpline__in=helplines).delete()
        for position, helpline in enumerate(helplines):
            HelplineNeedNumber.objects.update_or_create(
                need=need, helpline=helpline, defaults={"position": position}
            )
        return need

    def helplines(self, row):
        """Return the numbers of a row in its order; raise ``RowError`` for one that is not."""
        known = Helpline.objects.in_bulk(row.parts("helplines"), field_name="slug")
        for slug in row.parts("helplines"):
            if slug not in known:
                raise row.error("helplines", _("„%s“ gibt es nicht.") % slug)
        return [known[slug] for slug in row.parts("helplines")]
