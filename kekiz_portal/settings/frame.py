"""What the portal is made of."""

from .basics import BASE_DIR, DEBUG

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
if DEBUG:
    INSTALLED_APPS.append("kekiz_portal.tools")

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "kekiz_portal.serving.headers.PermissionsPolicy",
    "django.middleware.gzip.GZipMiddleware",
    "kekiz_portal.serving.kept_pages.middleware.KeptPages",
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
