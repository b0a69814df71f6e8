"""The form by which somebody reports a barrier (BGG NRW § 10b (2) no. 2)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .lib.fields import TRAP, TrapField, helper
from .models import BarrierReport


class BarrierForm(forms.ModelForm):
    """What somebody cannot use; ``website`` is a trap that people neither see nor hear."""

    website = TrapField()

    class Meta:
        model = BarrierReport
        fields = ["message", "reply_to"]
        labels = {"message": _("Ihre Nachricht"), "reply_to": _("E-Mail")}
        help_texts = {
            "message": _("Welche Seite war es, und was ging nicht?"),
            "reply_to": _(
                "Freiwillig, wenn Sie eine Antwort möchten. Wir löschen sie, sobald Ihre Meldung "
                "erledigt ist."
            ),
        }
        error_messages = {
            "message": {"required": _("Schreiben Sie in einem Satz, was nicht stimmt.")}
        }
        widgets = {
            "message": forms.Textarea(attrs={"rows": 6}),
            "reply_to": forms.EmailInput(attrs={"autocomplete": "email"}),
        }

    helper = helper(_("Absenden"), "message", "reply_to", TRAP)
    helper.attrs = {"data-keep-typing": True}

    def store(self):
        """Keep the report, unless a machine wrote it."""
        if not self.cleaned_data["website"]:
            self.save()
