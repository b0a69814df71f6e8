"""Taking an own second factor away: the last one stays, or a password alone would be enough."""

from allauth.mfa.totp.forms import DeactivateTOTPForm
from allauth.mfa.totp.views import DeactivateTOTPView
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.contrib.auth.models import User
from django.db import transaction


class OneStays:
    """A view that removes a factor; two at once wait, so that the second sees what is left."""

    def post(self, request, *args, **kwargs):
        with transaction.atomic():
            User.objects.select_for_update(no_key=True).get(pk=request.user.pk)
            return super().post(request, *args, **kwargs)


class RemoveApp(OneStays, DeactivateTOTPView):
    pass


class RemovePasskey(OneStays, RemoveWebAuthnView):
    """Asks the same question as the removal of the app: may this one go?"""

    form_class = DeactivateTOTPForm

    def get_form_kwargs(self):
        """Return the form's arguments, bound already when the page opens, as the app's are."""
        return {"data": {}} | super().get_form_kwargs() | {"authenticator": self.object}
