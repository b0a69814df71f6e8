"""One offer in one language: its German beside what is said, and of which German it was made."""

from django import forms
from django.utils.translation import gettext_lazy as _

from offers.models import OfferTranslation
from offers.models.offer import fingerprint
from offers.models.offer.here import TEXTS


def seen(name):
    """Return the name of the field that holds the sign of the German somebody has before them."""
    return f"{name}_seen"


def fits(name):
    """Return the name of the tick that a text still says what its new German says."""
    return f"{name}_fits"


class TranslationForm(forms.ModelForm):
    is_checked = forms.BooleanField(
        label=_("Geprüft: Ich spreche diese Sprache, und so stimmt es."), required=False
    )

    class Meta:
        model = OfferTranslation
        fields = [*TEXTS]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        row = self.instance
        self.initial.setdefault("is_checked", row.state == row.State.CHECKED)
        for name in TEXTS:
            sign = fingerprint.of(getattr(row.offer, name))
            self.fields[seen(name)] = forms.RegexField(
                "^[0-9a-f]{16}$", initial=sign, label=_("Deutsch"), widget=forms.HiddenInput
            )
            if row.is_old(name):
                label = _("Passt noch zum neuen deutschen Text")
                self.fields[fits(name)] = forms.BooleanField(label=label, required=False)

    def clean(self):
        """Note for each text of which German it is: what is left as it was stays of that."""
        data = super().clean()
        for name in TEXTS:
            is_new = name in self.changed_data or data.get(fits(name))
            text, sign = data.get(name, ""), getattr(self.instance, f"{name}_of")
            self.instance.say(name, text, data.get(seen(name), "") if is_new else sign)
        state = self.instance.State
        self.instance.state = state.CHECKED if data.get("is_checked") else state.MACHINE
        return data
