"""Mails: the server, newsletters, and what comes back."""

from email.utils import parseaddr

from .basics import DEBUG, LOCAL_DIR, env

# Mail

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

# Newsletters

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

# Bounces

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
