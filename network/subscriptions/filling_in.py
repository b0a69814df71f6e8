"""How long somebody had a form before sending it: programs need no time to write, people do."""

from datetime import timedelta

from django import forms
from django.conf import settings
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.utils.translation import gettext_lazy as _

# A page may stay open over a night; a program shall not use one stamp for ever.
STAMP_KEPT = timedelta(days=1)
signer = TimestampSigner(salt=__name__)


class TakesTime(forms.Form):
    """A form with a hidden stamp of when its page was made.

    What comes too early stays typed and can be sent again. No puzzle, no cookie, nothing kept.
    """

    began = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["began"].initial = new_stamp()

    def clean(self):
        cleaned = super().clean()
        if not self._took_time():
            raise forms.ValidationError(
                _("Ihre Eingaben sind noch da. Bitte senden Sie sie gleich noch einmal.")
            )
        return cleaned

    def _took_time(self):
        """Tell whether the stamp is ours and old enough; a useless one is replaced."""
        if not settings.FORMS_TAKE_SECONDS:
            return True
        stamp = self.cleaned_data.get("began", "")
        try:
            signer.unsign(stamp, max_age=STAMP_KEPT)
        except BadSignature:
            self.data = self.data.copy()
            self.data[self.add_prefix("began")] = new_stamp()
            return False
        try:
            signer.unsign(stamp, max_age=settings.FORMS_TAKE_SECONDS)
        except SignatureExpired:  # that is, older than the seconds it takes
            return True
        return False


def new_stamp():
    return signer.sign("")
