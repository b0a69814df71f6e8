"""Mails: the server, newsletters, and what comes back."""

from email.utils import parseaddr

from .basics import DEBUG, LOCAL_DIR, env

if DEBUG and not env("EMAIL_URL", default=""):
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = LOCAL_DIR / "mail"
else:
    vars().update(env.email("EMAIL_URL", default="smtp://localhost:25"))
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=20)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="portal@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
MAIL_DOMAIN = env.str("MAIL_DOMAIN", default=parseaddr(DEFAULT_FROM_EMAIL)[1].rpartition("@")[2])

# Newsletters

NEWSLETTER_SENDERS = env.int("NEWSLETTER_SENDERS", default=2)
NEWSLETTER_PER_MINUTE = env.int("NEWSLETTER_PER_MINUTE", default=600)
NEWSLETTER_PER_MINUTE_AND_DOMAIN = env.int("NEWSLETTER_PER_MINUTE_AND_DOMAIN", default=300)
NEWSLETTER_PER_CONNECTION = env.int("NEWSLETTER_PER_CONNECTION", default=200)
NEWSLETTER_LEASE_SECONDS = env.int("NEWSLETTER_LEASE_SECONDS", default=120)
# The last answer about a message may take longest (RFC 5321 asks for ten minutes); giving up
# early leaves a person to find out what became of it.
NEWSLETTER_DATA_TIMEOUT_SECONDS = env.int("NEWSLETTER_DATA_TIMEOUT_SECONDS", default=300)
NEWSLETTER_RETRY_SECONDS = env.list(
    "NEWSLETTER_RETRY_SECONDS", cast=int, default=[10, 30, 60, 300, 900]
)
NEWSLETTER_RETRY_LATER_SECONDS = env.list(
    "NEWSLETTER_RETRY_LATER_SECONDS", cast=int, default=[60, 300, 900, 1800, 1800, 1800]
)
NEWSLETTER_PAUSE_AFTER_FAILURES = env.int("NEWSLETTER_PAUSE_AFTER_FAILURES", default=20)
NEWSLETTER_PAUSE_AT_SHARE = env.float("NEWSLETTER_PAUSE_AT_SHARE", default=0.25)
NEWSLETTER_RECIPIENTS_KEPT_DAYS = env.int("NEWSLETTER_RECIPIENTS_KEPT_DAYS", default=180)

# Public forms by which a mail is asked for: what comes sooner was hardly written by a person.
FORMS_TAKE_SECONDS = 3
REQUESTED_MAILS_AN_HOUR = env.int("REQUESTED_MAILS_AN_HOUR", default=300)

# Bounces

BOUNCE_ADDRESS = env.str("BOUNCE_ADDRESS", default="")
BOUNCE_MAILBOX = env.str("BOUNCE_MAILBOX", default="")
BOUNCE_THRESHOLD = env.float("BOUNCE_THRESHOLD", default=3)
BOUNCE_SCORE_FORGOTTEN_DAYS = env.int("BOUNCE_SCORE_FORGOTTEN_DAYS", default=180)
