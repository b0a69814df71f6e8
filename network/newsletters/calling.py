"""Calling workers. A message only says which newsletter; losing it loses nothing."""

import logging

from celery import current_app
from django.conf import settings
from kombu.exceptions import OperationalError

SEND = "network.tasks.send_newsletter"
logger = logging.getLogger(__name__)


def call_senders(newsletter_id):
    """Ask workers to send a newsletter, as many as may send at a time; one too many goes home."""
    try:
        for _ in range(settings.NEWSLETTER_SENDERS):
            current_app.send_task(SEND, [newsletter_id], expires=settings.NEWSLETTER_LEASE_SECONDS)
    except OperationalError as error:  # without Redis; the next sweep calls again
        logger.warning("no worker called for newsletter %s: %s", newsletter_id, error)
