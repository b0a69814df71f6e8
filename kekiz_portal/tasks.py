"""The frame's own task: a sign of life."""

from celery import shared_task
from django.core.cache import cache
from django.utils import timezone

HEARTBEAT_KEY = "heartbeat"
HEARTBEAT_KEPT_SECONDS = 24 * 60 * 60


@shared_task(acks_late=True, reject_on_worker_lost=True, ignore_result=True)
def heartbeat():
    """Note that clock and worker are alive; safe to run any number of times."""
    cache.set(HEARTBEAT_KEY, timezone.now().isoformat(), HEARTBEAT_KEPT_SECONDS)
