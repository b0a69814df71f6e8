"""One login per role for trying the portal out; never in production."""

import secrets

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management import CommandError
from django.core.management.base import BaseCommand
from django.db import transaction

from kekiz_portal.roles import apply_roles
from kekiz_portal.signing_in.secrecy import decrypt
from kekiz_portal.tools.local import demo_codes
from kekiz_portal.tools.local.servers import write_private
from offers.models import Editorship, Offer
from offers.models.office.editorship import PROVIDER_EDITORS

# user -> role
DEMO_USERS = {
    "redaktion": "Redaktion",
    "koordination": "Koordination",
    "verwaltung": "Administration",
    "traeger": PROVIDER_EDITORS,
}

COLUMNS = 4


class Command(BaseCommand):
    """Makes users of every role; passwords and secrets are random and stay once made."""

    help = "Makes one demo login for each role, with a second factor (`make code`)."

    def handle(self, **options):
        if not settings.DEBUG:
            message = "Demo logins are for development only (DEBUG=true)."
            raise CommandError(message)
        logins = read_logins()
        with transaction.atomic():
            apply_roles()
            for username, role in DEMO_USERS.items():
                login = logins.setdefault(
                    username, (secrets.token_urlsafe(12), generate_totp_secret())
                )
                make_user(username, *login, role)
            give_an_institution(User.objects.get(username="traeger"))
        write_private(logins_path(), login_lines(logins) + "\n")
        if options["verbosity"]:
            self.stdout.write(login_lines(logins))


def logins_path():
    """Return the file that keeps the demo passwords and secrets."""
    return settings.LOCAL_DIR / demo_codes.LOGINS


def read_logins():
    """Return (password, secret of the app) by user name; empty before the first run."""
    try:
        lines = logins_path().read_text().splitlines()
    except FileNotFoundError:
        return {}
    words = [line.split() for line in lines]
    whole = [word for word in words if len(word) == COLUMNS and word[0] in DEMO_USERS]
    return {name: (password, secret) for name, password, secret, _role in whole}


def login_lines(logins):
    """Return one line per user: name, password, secret of the app, role."""
    return "\n".join(
        f"{name:<14}{logins[name][0]:<20}{logins[name][1]:<36}{role}"
        for name, role in DEMO_USERS.items()
    )


def make_user(username, password, secret, role):
    """Make or mend the user, so that password and app open the administration."""
    user, _ = User.objects.get_or_create(username=username)
    user.is_staff = user.is_active = True
    user.email = user.email or f"{username}@portal.example"  # for test mails and notices
    if not user.check_password(password):
        user.set_password(password)
    user.save()
    user.groups.set([Group.objects.get(name=role)])
    app = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP)
    if [decrypt(one.data["secret"]) for one in app] != [secret]:
        app.delete()
        TOTP.activate(user, secret)


def give_an_institution(user):
    """Let a provider's editor have one institution with offers, where the data have one."""
    if user.editorships.exists():
        return
    offer = Offer.objects.published().exclude(provider=None).order_by("pk").first()
    if offer:
        Editorship.objects.create(user=user, institution=offer.provider)
