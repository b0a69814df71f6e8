"""Give the groups of all roles the rights that kekiz_portal/roles.py states."""

from django.core.management.base import BaseCommand

from kekiz_portal.roles import ROLES, apply_roles


class Command(BaseCommand):
    """Runs after every migrate by itself; by hand after somebody changed a group."""

    help = "Makes the groups of all roles with exactly the rights that the code states."

    def handle(self, **options):
        apply_roles()
        if options["verbosity"]:
            self.stdout.write(", ".join(ROLES))
