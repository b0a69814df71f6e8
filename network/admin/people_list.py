"""What the columns of a list of people mean, and what holds for all of its rows."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.times import plain_day
from network.models import Contact
from network.models.mail_consent import WORDING_LENGTH
from offers.admin.importing.forms import COLUMNS_FORMS, ColumnsForm
from offers.models import ImportRun

ALL_AGREED = [("", _("wie in der Datei")), ("ja", _("ja, alle in dieser Liste"))]


class PeopleColumnsForm(ColumnsForm):
    """One field for each column, the groups and the consent of the whole list."""

    asked = ("institution", "groups", "visibility", "mail_consent_way")
    default_keys = (
        "groups",
        "mail_agreed",
        "mail_consent_text",
        "mail_consent_day",
        "mail_consent_way",
    )
    named_by = ("name", "family_name", "number")
    # A list of people has no keys of its own, and what is known of people is not emptied by one.
    default_source = empty_cells_clear = None

    def _add_defaults(self):
        groups = [(name, label) for name, label in self.columns["groups"].choices()]
        ways = [(str(label), label) for _value, label in Contact.Way.choices]
        fields = {
            "groups": forms.ChoiceField(
                label=_("Alle gehören zu diesem Netzwerk"),
                choices=[("", _("wie in der Datei")), *groups],
                required=False,
                help_text=_("Gilt, wo die Datei nichts sagt."),
            ),
            "mail_agreed": forms.ChoiceField(
                label=_("In E-Mails eingewilligt"), choices=ALL_AGREED, required=False
            ),
            "mail_consent_text": forms.CharField(
                label=_("Wortlaut dieser Einwilligung"),
                required=False,
                max_length=WORDING_LENGTH,
                widget=forms.Textarea(attrs={"rows": 3}),
                help_text=_("Ohne Wortlaut, Tag und Weg gilt niemand als einverstanden."),
            ),
            "mail_consent_day": forms.DateField(
                label=_("Tag der Einwilligung"),
                required=False,
                help_text=_("Zum Beispiel 31.12.2026. Gilt, wo die Datei keinen Tag nennt."),
            ),
            "mail_consent_way": forms.ChoiceField(
                label=_("Wie sie kam"), choices=[("", "–"), *ways], required=False
            ),
        }
        for key, field in fields.items():
            field.initial = self.mapping.defaults.get(key, "")
            self.fields[f"default_{key}"] = field

    def clean_default_mail_consent_day(self):
        """Return the day as a cell would say it."""
        day = self.cleaned_data["default_mail_consent_day"]
        return plain_day(day) if day else ""


COLUMNS_FORMS[ImportRun.Kind.PEOPLE] = PeopleColumnsForm
