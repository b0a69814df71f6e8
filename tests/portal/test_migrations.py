"""Each app has a few migrations; a database of the state before them goes on without loss."""

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from network.models import MailingList

pytestmark = pytest.mark.django_db
OURS = ["kekiz_portal", "lifephases", "network", "offers"]
SQUASHED = ["0001_tables", "0002_guards", "0003_first_mailing_list"]


@pytest.fixture
def rows_of_the_state_before():
    """What ``django_migrations`` held: the old names, none of the squashed ones."""
    rows = MigrationRecorder.Migration.objects.filter(app__in=OURS)
    rows.filter(name__in=SQUASHED).delete()
    return rows


def steps_to_do():
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [(step.app_label, step.name) for step, _backwards in plan]


def test_a_database_of_the_state_before_has_nothing_to_do(rows_of_the_state_before):
    assert rows_of_the_state_before.filter(name="0033_vectors_by_the_digest_of_their_text").exists()
    assert steps_to_do() == []


def test_a_database_half_way_there_is_not_taken_for_a_whole_one(rows_of_the_state_before):
    rows_of_the_state_before.filter(app="offers", name__gt="0030").delete()

    done = MigrationExecutor(connection).loader.applied_migrations
    assert ("network", "0001_tables") in done
    assert ("offers", "0001_tables") not in done


def test_migrating_one_that_stopped_half_way_says_what_to_do_and_changes_nothing(
    rows_of_the_state_before,
):
    rows_of_the_state_before.filter(app="offers", name__gt="0030").delete()
    before = set(rows_of_the_state_before.values_list("app", "name"))

    with pytest.raises(CommandError, match=r"(?s)'offers' stopped half way.*\.local/"):
        call_command("migrate", verbosity=0, skip_checks=False)

    assert set(rows_of_the_state_before.values_list("app", "name")) == before


def test_a_fresh_portal_has_one_list_to_subscribe_to_in_its_own_name(settings):
    assert MailingList.objects.get().name == settings.CITY["portal_name"]


def test_every_constraint_that_waits_for_the_end_of_a_statement_does_so_in_the_database():
    said = {
        one.name
        for model in apps.get_models()
        for one in model._meta.constraints
        if getattr(one, "deferrable", None)
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT conname FROM pg_constraint WHERE condeferrable AND contype = 'u'")
        found = {name for (name,) in cursor.fetchall()}

    assert said
    assert said <= found
