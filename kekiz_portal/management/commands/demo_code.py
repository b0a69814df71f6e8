"""The codes an authenticator app would show for the demo logins now; never in production."""

import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.core.management import CommandError
from django.core.management.base import BaseCommand

from kekiz_portal.management.commands.create_demo_logins import read_logins

PERIOD_SECONDS = 30


class Command(BaseCommand):
    """Stands in for a phone, so that trying the portal out needs none."""

    help = "Prints the current code of every demo login."

    def handle(self, **_options):
        if not settings.DEBUG:
            message = "Demo logins are for development only (DEBUG=true)."
            raise CommandError(message)
        counter, since = divmod(int(time.time()), PERIOD_SECONDS)
        for username, (_password, secret) in read_logins().items():
            self.stdout.write(f"{username:<14}{format_hotp_value(hotp_value(secret, counter))}")
        self.stdout.write(f"new codes in {PERIOD_SECONDS - since} s; each counts once")
