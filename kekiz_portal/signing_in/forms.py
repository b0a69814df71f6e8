"""The forms of django-allauth in the portal's words, and stricter where it matters."""

import re
from functools import wraps

from allauth.account import forms as account
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib import mailbox
from kekiz_portal.signing_in.lockout import refused_while_locked
from kekiz_portal.signing_in.tasks import send_new_password_mails

TOTP_PERIOD_SECONDS = 30
LONGEST_PASSKEY_ANSWER = 20_000
# As long as a code may be accepted: its own half minute and the tolerated ones around it.
CODE_LIFE_SECONDS = TOTP_PERIOD_SECONDS * (2 * settings.MFA_TOTP_TOLERANCE + 1)
NEW_PASSWORD_HINT = _(
    "Mindestens 12 Zeichen. Ein Satz aus mehreren Wörtern ist gut zu merken und schwer zu "
    "erraten. Sie können das Passwort auch einfügen."
)
NEW_PASSWORD = {
    "password1": (_("Neues Passwort"), NEW_PASSWORD_HINT),
    "password2": (_("Neues Passwort noch einmal"), ""),
}


class InOurWords:
    """Labels and hints of a form's fields: ``words`` = {field: (label, hint)}; no placeholders."""

    words = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, (label, hint) in self.words.items():
            field = self.fields[name]
            field.label, field.help_text = label, hint
            field.widget.attrs.pop("placeholder", None)


class SignInForm(InOurWords, account.LoginForm):
    words = {"login": (_("Benutzername"), ""), "password": (_("Passwort"), "")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs |= {"autocapitalize": "none", "spellcheck": "false"}


class PasswordAgainForm(InOurWords, account.ReauthenticateForm):
    words = {"password": (_("Ihr Passwort"), "")}


class ChangePasswordForm(InOurWords, account.ChangePasswordForm):
    words = {"oldpassword": (_("Jetziges Passwort"), "")} | NEW_PASSWORD


class ForgottenPasswordForm(InOurWords, account.ResetPasswordForm):
    words = {"email": (_("E-Mail-Adresse"), _("Die Adresse, die in Ihrer Anmeldung steht."))}

    def clean_email(self):
        self.cleaned_data["email"] = mailbox.stored(self.cleaned_data["email"])
        return super().clean_email()

    def save(self, _request, **_options):
        """Call a worker, also when there is nobody to write to: time would tell."""
        send_new_password_mails.delay([user.pk for user in self.users])
        return self.cleaned_data["email"]


class NewPasswordForm(InOurWords, account.ResetPasswordKeyForm):
    words = NEW_PASSWORD


class CodeOnce(InOurWords):
    """A form with a code: plain digits, and each code of an app counts once for a user."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "autocapitalize": "none"}

    @refused_while_locked
    def clean_code(self):
        # Anything but ASCII digits is no code; the comparison would trip over it.
        self.cleaned_data["code"] = code = re.sub(r"[^0-9]", "", self.cleaned_data["code"])
        super().clean_code()
        if self.is_from_app() and not cache.add(
            f"totp-used:{self.user.pk}:{code}", "used", CODE_LIFE_SECONDS
        ):
            raise get_adapter().validation_error("incorrect_code")
        return code

    def is_from_app(self):
        """Tell whether the accepted code came from an authenticator app."""
        return self.authenticator.type == Authenticator.Type.TOTP


class CodeForm(CodeOnce, mfa.AuthenticateForm):
    words = {
        "code": (_("Code"), _("Sechs Ziffern aus Ihrer App oder einer Ihrer Notfallcodes.")),
    }


class CodeAgainForm(CodeOnce, mfa.ReauthenticateForm):
    words = CodeForm.words


class SetUpAppForm(CodeOnce, totp.ActivateTOTPForm):
    words = {"code": (_("Code aus der App"), _("Sechs Ziffern, ohne Leerzeichen."))}

    def is_from_app(self):
        return True


def junk_is_no_passkey(clean):
    """Decorate a check of a passkey: what no browser sends is a wrong answer, no crash."""

    @wraps(clean)
    def guarded(*answer):
        try:
            return clean(*answer)
        except (AttributeError, KeyError, TypeError, ValueError, RecursionError) as error:
            if hasattr(error, "error_list"):  # a ValidationError says it already
                raise
            raise get_adapter().validation_error("incorrect_code") from error

    return guarded


class PasskeyField(forms.JSONField):
    """What a browser sends of a passkey; nothing else is read, however deep or long it is."""

    widget = forms.HiddenInput

    def bound_data(self, _data, initial):
        """Nothing of an answer is shown again."""
        return initial

    @junk_is_no_passkey
    def to_python(self, value):
        if isinstance(value, str) and len(value) > LONGEST_PASSKEY_ANSWER:
            raise ValueError("too long")
        return super().to_python(value)


class AddPasskeyForm(InOurWords, webauthn.AddWebAuthnForm):
    credential = PasskeyField()
    words = {
        "name": (_("Name"), _("Woran Sie das Gerät erkennen, zum Beispiel „Diensthandy“.")),
    }

    @junk_is_no_passkey
    def clean(self):
        return super().clean()


class AnswersByPasskey(forms.Form):
    """A form that takes the answer of a passkey."""

    credential = PasskeyField()

    @refused_while_locked
    @junk_is_no_passkey
    def clean_credential(self):
        return super().clean_credential()


class PasskeyForm(AnswersByPasskey, webauthn.AuthenticateWebAuthnForm):
    pass


class PasskeyAgainForm(AnswersByPasskey, webauthn.ReauthenticateWebAuthnForm):
    pass


class RenamePasskeyForm(InOurWords, webauthn.EditWebAuthnForm):
    words = {"name": AddPasskeyForm.words["name"]}
