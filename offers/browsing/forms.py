"""What visitors say: how old a child is, and what is wrong with an entry."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.utils import dates, timezone
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.fields import SubmitButton, TrapField
from lifephases import ages
from offers.models import Feedback
from offers.search.query.spoken_ages import LONGEST_TYPED_AGE, typed_age

UNREADABLE_AGE = _("Schreiben Sie zum Beispiel: 3, 18 Monate, 6 Wochen.")


class AgeForm(forms.Form):
    """An age and its unit, as the two fields of the age picker send them.

    The age may name its unit itself, "6 Wochen", which outdoes the second field.
    """

    class Unit:
        MONTHS = "monate"
        YEARS = "jahre"

    zahl = forms.CharField(
        label=_("Alter des Kindes"),
        max_length=LONGEST_TYPED_AGE,
        required=False,
        error_messages=dict.fromkeys(["max_length", "null_characters_not_allowed"], UNREADABLE_AGE),
    )
    einheit = forms.ChoiceField(
        choices=[(Unit.YEARS, _("Jahren")), (Unit.MONTHS, _("Monaten"))],
        required=False,
        error_messages={"invalid_choice": _("Wählen Sie Jahre oder Monate.")},
    )

    def clean(self):
        cleaned = super().clean()
        text = cleaned.get("zahl")
        if text and "einheit" in cleaned:
            month = typed_age(text, in_months=cleaned["einheit"] == self.Unit.MONTHS)
            if month is None:
                self.add_error("zahl", UNREADABLE_AGE)
            elif month > ages.OLDEST:
                self.add_error("zahl", _("Das Portal hilft bis zum Alter von 27 Jahren."))
            cleaned["month"] = month
        return cleaned

    def as_parameter(self):
        """Return the parameter of the list of offers: ``alter`` in months, none if empty."""
        month = self.cleaned_data.get("month")
        return {} if month is None else {"alter": [str(month)]}


class BirthMonthForm(forms.Form):
    """Month and year of birth, past or expected; only the age leaves this form.

    The date is never stored, logged or put into an address (GDPR Art. 25).
    """

    monat = forms.IntegerField(min_value=1, max_value=12)
    jahr = forms.IntegerField(min_value=1, max_value=9999)

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            raise forms.ValidationError(_("Wählen Sie den Monat und das Jahr der Geburt."))
        self.month = ages.month_of_life(cleaned["jahr"], cleaned["monat"], timezone.localdate())
        if not ages.YOUNGEST <= self.month <= ages.OLDEST:
            raise forms.ValidationError(
                _("Das Portal hilft von der Schwangerschaft bis zum Alter von 27 Jahren.")
            )
        return cleaned

    @staticmethod
    def months():
        """Return the months of the year as pairs of number and name."""
        return list(dates.MONTHS.items())

    @staticmethod
    def years():
        """Return the years a child of this portal can be born in, newest first."""
        this_year = timezone.localdate().year
        return list(range(this_year + 1, this_year - ages.OLDEST // ages.MONTHS_A_YEAR - 1, -1))


class ReportForm(forms.ModelForm):
    """What a reader found wrong; ``website`` is a trap that people neither see nor hear."""

    topic = forms.ChoiceField(
        label=_("Worum geht es?"),
        choices=Feedback.Topic.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Wählen Sie aus, was nicht stimmt."),
            "invalid_choice": _("Wählen Sie aus, was nicht stimmt."),
        },
    )
    website = TrapField()

    class Meta:
        model = Feedback
        fields = ["topic", "message"]
        labels = {"message": _("Ihre Nachricht")}
        help_texts = {
            "message": _(
                "Was ist falsch, und wie ist es richtig? Bitte schreiben Sie keine Namen. "
                "Eine Antwort können wir nicht schicken."
            )
        }
        widgets = {"message": forms.Textarea(attrs={"rows": 6})}

    helper = FormHelper()
    helper.disable_csrf = True
    helper.attrs = {"data-keep-typing": True}
    helper.layout = Layout(
        "topic",
        "message",
        Div("website", css_class="trap", aria_hidden="true"),
        SubmitButton(_("Absenden")),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # With it a browser cuts off what is pasted, and says nothing; so the answer says it.
        self.fields["message"].widget.attrs.pop("maxlength", None)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("topic") == Feedback.Topic.OTHER and not cleaned.get("message", "x"):
            self.add_error("message", _("Schreiben Sie in einem Satz, was nicht stimmt."))
        return cleaned

    def store(self, offer):
        """Keep the report about an offer, unless a machine wrote it."""
        if not self.cleaned_data["website"]:
            self.instance.offer = offer
            self.save()
