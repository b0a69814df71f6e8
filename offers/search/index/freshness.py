"""Whether what a process holds of the vocabulary is still what the database holds."""

from django.db import connection

from offers.models import SearchChange

# In words of its own: each search asks, and putting the question cost more than the answer.
STATE = f"SELECT count(*), max(id) FROM {SearchChange._meta.db_table}"  # noqa: S608, SLF001


def touch():
    """Note that the vocabulary changed; holds with the transaction under way, or not at all."""
    SearchChange.objects.create()


def fingerprint():
    """Return what differs as soon as a change is committed.

    The highest number alone would miss a change that was begun early and committed late.
    """
    with connection.cursor() as cursor:
        cursor.execute(STATE)
        return cursor.fetchone()
