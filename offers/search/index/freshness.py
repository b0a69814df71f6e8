"""Whether what a process holds of the vocabulary is still what the database holds."""

from django.db.models import Count, Max

from offers.models import SearchChange


def touch():
    """Note that the vocabulary changed; holds with the transaction under way, or not at all."""
    SearchChange.objects.create()


def fingerprint():
    """Return what differs as soon as a change is committed.

    The highest number alone would miss a change that was begun early and committed late.
    """
    state = SearchChange.objects.aggregate(number=Count("pk"), last=Max("pk"))
    return state["number"], state["last"]
