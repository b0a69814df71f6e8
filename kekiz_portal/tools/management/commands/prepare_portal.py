"""Make a development portal ready to serve: tables, the city's data, demo logins."""

from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command, get_commands
from django.core.management.base import BaseCommand
from django.db import connection

from offers.tasks import rebuild_search_index

# Kept in the database itself, as the comment of the table that records migrations: it is
# there exactly as long as the data, whoever deletes or moves the database.
MARK_TABLE = "django_migrations"
STARTED, DONE = "first load started", "first load done"


class Command(BaseCommand):
    """Safe to run at any time, also after it was interrupted."""

    help = "Migrates, loads the city's data on a first run and makes the demo logins."

    def handle(self, **options):
        if not settings.DEBUG:
            message = (
                "prepare_portal is for development; in production run migrate, load_facts, "
                "load_network and load_pages."
            )
            raise CommandError(message)
        self.say("Setting up the tables …")
        verbosity = max(options["verbosity"] - 1, 0)
        call_command("migrate", verbosity=verbosity, interactive=False, skip_checks=False)
        self.load_first_data()
        call_command("rebuild_search_index", if_missing=True)
        call_command("load_pages", str(settings.CITY_DIR), verbosity=0)
        call_command("create_demo_logins", verbosity=0)

    def say(self, step):
        """Name the step that begins, at once also where the output is a file."""
        self.stdout.write(step)
        self.stdout.flush()

    def load_first_data(self):
        """Load the city's data into an empty portal, or go on where a first load was cut short."""
        mark = read_mark()
        if mark == DONE or (mark is None and apps.get_model("offers", "Offer").objects.exists()):
            return
        if "load_facts" not in get_commands():
            self.stderr.write("The command load_facts is missing; the portal starts empty.")
            return
        write_mark(STARTED)
        self.say(f"Loading the data of {settings.CITY['name']} …")
        for command in ("load_facts", "load_network"):
            try:
                call_command(command, str(settings.CITY_DIR), meanings_later=True)
            except SystemExit:  # it has named the rows it refused; the others are there
                self.stderr.write("Some rows were refused, see above; the rest is there.")
        write_mark(DONE)
        self.say("The worker learns what sentences mean; until then the search goes by words.")
        rebuild_search_index.delay()


def read_mark():
    """Return how far the first load came in this database, None before its start."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description(to_regclass(%s), 'pg_class')", [MARK_TABLE])
        return cursor.fetchone()[0]


def write_mark(mark):
    """Remember how far the first load came."""
    with connection.cursor() as cursor:
        cursor.execute(f"COMMENT ON TABLE {MARK_TABLE} IS '{mark}'")
