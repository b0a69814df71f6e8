"""One login per role for trying the portal out; never in production."""

import secrets

from django.conf import settings
from django.contrib.auth.models import Group, Permission, User
from django.core.management import CommandError
from django.core.management.base import BaseCommand
from django.db import transaction
from django.db.models import Q

from kekiz_portal.local_services import write_private

READ = Q(codename__startswith="view_")
EVERYTHING = Q()

# user -> group, and what the group may do in which app
ROLES = {
    "redaktion": ("Redaktion", {"offers": EVERYTHING, "lifephases": EVERYTHING}),
    "koordination": ("Koordination", {"network": EVERYTHING, "offers": READ, "lifephases": READ}),
    "verwaltung": (
        "Administration",
        dict.fromkeys(["network", "offers", "lifephases", "kekiz_portal", "auth"], EVERYTHING),
    ),
}


class Command(BaseCommand):
    """Makes groups and users; passwords are random and stay as they are once made."""

    help = "Makes the groups Redaktion, Koordination, Administration with one demo login each."

    def handle(self, **options):
        if not settings.DEBUG:
            message = "Demo logins are for development only (DEBUG=true)."
            raise CommandError(message)
        logins = read_logins()
        with transaction.atomic():
            for username, (group_name, rights) in ROLES.items():
                logins.setdefault(username, secrets.token_urlsafe(12))
                group = make_group(group_name, rights)
                make_user(username, logins[username], group)
        write_private(logins_path(), login_lines(logins) + "\n")
        if options["verbosity"]:
            self.stdout.write(login_lines(logins))


def logins_path():
    """Return the file that keeps the demo passwords."""
    return settings.LOCAL_DIR / "demo-logins.txt"


def read_logins():
    """Return the passwords made before by user name; empty before the first run."""
    try:
        lines = logins_path().read_text().splitlines()
    except FileNotFoundError:
        return {}
    words = [line.split() for line in lines]
    return {word[0]: word[1] for word in words if len(word) > 1 and word[0] in ROLES}


def login_lines(logins):
    """Return one line per role: user, password, group."""
    return "\n".join(f"{user:<14}{logins[user]:<20}{group}" for user, (group, _) in ROLES.items())


def make_group(name, rights):
    """Return the group with exactly these rights."""
    group, _ = Group.objects.get_or_create(name=name)
    wanted = Q(pk=None)
    for app, which in rights.items():
        wanted |= Q(content_type__app_label=app) & which
    group.permissions.set(Permission.objects.filter(wanted))
    return group


def make_user(username, password, group):
    """Make or mend the user, so that this password opens the admin."""
    user, _ = User.objects.get_or_create(username=username)
    user.is_staff = user.is_active = True
    if not user.check_password(password):
        user.set_password(password)
    user.save()
    user.groups.set([group])
