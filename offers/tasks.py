"""Celery tasks; each hands over to the module that knows how."""

import logging

from celery import shared_task

from . import occurrences
from .models import Schedule

logger = logging.getLogger(__name__)


@shared_task(acks_late=True)
def renew_occurrences():
    """Compute the coming dates of every schedule; returns how many stand."""
    count = occurrences.renew(Schedule.objects.all())
    logger.info("Renewed the coming dates: %d stand.", count)
    return count
