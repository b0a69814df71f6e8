"""An empty portal's tables, made by one process of a run and copied by every other."""

import fcntl
import hashlib

from django.conf import settings
from django.db import connection

from tests import databases, rows

ALIAS = connection.alias


def named(folder):
    """Return the name of the database that a run with this folder copies."""
    portal = connection.settings_dict["NAME"]
    return f"test_{portal}_{hashlib.sha256(str(folder).encode()).hexdigest()[:12]}"


def made_once(folder):
    """Return the name of a database with an empty portal; of all processes one makes it."""
    name, is_there = named(folder), folder / "tables"
    with (folder / "tables.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not is_there.exists():
            make(name)
            is_there.touch()
    return name


def make(name):
    of_tests, portal = connection.settings_dict["TEST"], connection.settings_dict["NAME"]
    before, of_tests["NAME"] = of_tests["NAME"], name
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    databases.count_changes()
    connection.close()
    of_tests["NAME"] = before
    settings.DATABASES[ALIAS]["NAME"] = connection.settings_dict["NAME"] = portal


def drop(folder):
    """Remove what a run with this folder copied, if it made that."""
    with rows.link_to("postgres") as link:
        link.execute(f"DROP DATABASE IF EXISTS {named(folder)}")
