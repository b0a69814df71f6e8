"""How staff sign in."""

from datetime import timedelta

from .basics import DEBUG, env

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"
LOGOUT_REDIRECT_URL = "account_login"

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # first: a locked person is not even looked at
    "allauth.account.auth_backends.AuthenticationBackend",
]
# The strongest first; who signs in with an older one gets it anew.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "kekiz_portal.signing_in.password_patterns.KnownPatternValidator"},
]

ACCOUNT_ADAPTER = "kekiz_portal.signing_in.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "kekiz_portal.signing_in.forms.SignInForm",
    "reauthenticate": "kekiz_portal.signing_in.forms.PasswordAgainForm",
    "change_password": "kekiz_portal.signing_in.forms.ChangePasswordForm",
    "reset_password": "kekiz_portal.signing_in.forms.ForgottenPasswordForm",
    "reset_password_from_key": "kekiz_portal.signing_in.forms.NewPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody outside the staff gets mail from here
ACCOUNT_SESSION_REMEMBER = False  # ends with the browser, at the latest after a working day
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
# How often somebody may try is decided in one place, by axes (docs/decisions/0005).
# Who may ask for a new password, by kekiz_portal.lib.limits.
ACCOUNT_RATE_LIMITS = {"login_failed": None, "reset_password": None}

MFA_ADAPTER = "kekiz_portal.signing_in.adapters.MFAAdapter"
MFA_FORMS = {
    "authenticate": "kekiz_portal.signing_in.forms.CodeForm",
    "reauthenticate": "kekiz_portal.signing_in.forms.CodeAgainForm",
    "activate_totp": "kekiz_portal.signing_in.forms.SetUpAppForm",
    "add_webauthn": "kekiz_portal.signing_in.forms.AddPasskeyForm",
    "authenticate_webauthn": "kekiz_portal.signing_in.forms.PasskeyForm",
    "reauthenticate_webauthn": "kekiz_portal.signing_in.forms.PasskeyAgainForm",
    "edit_webauthn": "kekiz_portal.signing_in.forms.RenamePasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # clocks differ: the code before and after counts too, once
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG  # http://localhost in development

SIGN_IN_FAILURE_LIMIT = env.int("SIGN_IN_FAILURE_LIMIT", default=5)
SIGN_IN_LOCKED_MINUTES = env.int("SIGN_IN_LOCKED_MINUTES", default=15)
# Who does nothing for so long has left the desk (the forms keep what was typed).
STAFF_IDLE_MINUTES = env.int("STAFF_IDLE_MINUTES", default=60)

# The audit log: who signed in, exported, deleted, changed rights. Needed to answer for what
# happened (DSGVO Art. 5 II, 32), not for watching how people work; then it goes.
AUDIT_KEPT_DAYS = env.int("AUDIT_KEPT_DAYS", default=365)
CONTACT_KEPT_DAYS = env.int("CONTACT_KEPT_DAYS", default=365)

AXES_FAILURE_LIMIT = SIGN_IN_FAILURE_LIMIT
AXES_COOLOFF_TIME = timedelta(minutes=SIGN_IN_LOCKED_MINUTES)
AXES_HANDLER = "kekiz_portal.signing_in.lockout.Handler"
AXES_USERNAME_CALLABLE = "kekiz_portal.signing_in.lockout.name_in"
AXES_LOCKOUT_CALLABLE = "kekiz_portal.signing_in.lockout.locked_page"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
# Trying on while locked does not put off the time a person was told.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = "kekiz_portal.signing_in.visitor_address.counted_address"
AXES_DISABLE_ACCESS_LOG = True  # the portal's own audit log says it, once
AXES_ENABLE_ADMIN = False  # kekiz_portal.admin shows what matters
AXES_VERBOSE = False
