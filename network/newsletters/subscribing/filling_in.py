"""How long somebody had a form before sending it: programs need no time to write, people do."""

import json
from datetime import timedelta

from django import forms
from django.conf import settings
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib import limits

# A page may stay open over a night; a program shall not use one stamp for ever.
STAMP_KEPT = timedelta(days=1)
signer = TimestampSigner(salt=__name__)


class TakesTime(forms.Form):
    """A form with a hidden stamp of when its page was made, good for one form.

    What comes too early stays typed and can be sent again. A double click is answered like one.
    No puzzle, no cookie; of a used stamp a hash is kept for a day.
    """

    began = forms.CharField(required=False, widget=forms.HiddenInput)
    is_sent_twice = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["began"].initial = new_stamp()

    def clean(self):
        cleaned = super().clean()
        if settings.FORMS_TAKE_SECONDS and not self._may_be_taken():
            raise forms.ValidationError(
                _("Ihre Eingaben sind noch da. Bitte senden Sie sie gleich noch einmal.")
            )
        return cleaned

    def _may_be_taken(self):
        return self._took_time() and (self.errors or not self._is_for_another())

    def _took_time(self):
        """Tell whether the stamp is ours and old enough; a useless one is replaced."""
        stamp = self.cleaned_data.get("began", "")
        try:
            signer.unsign(stamp, max_age=STAMP_KEPT)
        except BadSignature:
            self.renew_stamp()
            return False
        try:
            signer.unsign(stamp, max_age=settings.FORMS_TAKE_SECONDS)
        except SignatureExpired:  # that is, older than the seconds it takes
            return True
        return False

    def _is_for_another(self):
        """Tell whether the stamp served for something else already; then there is a new one."""
        names = [name for name in self.fields if name != "began"]
        typed = json.dumps([self.data.getlist(self.add_prefix(name)) for name in names])
        stamp = self.cleaned_data["began"]
        said_before = limits.first_use("stamp", stamp, STAMP_KEPT.total_seconds(), typed)
        self.is_sent_twice = bool(said_before)
        if said_before is False:
            self.renew_stamp()
            return True
        return False

    def renew_stamp(self):
        self.data = self.data.copy()
        self.data[self.add_prefix("began")] = new_stamp()


def new_stamp():
    return signer.sign("")
