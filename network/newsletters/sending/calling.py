"""Calling workers. A message only says which newsletter; losing it loses nothing."""

import logging

from celery import current_app
from django.conf import settings
from kombu.exceptions import OperationalError

SEND = "network.tasks.send_newsletter"
CHECK_LINKS = "network.tasks.check_newsletter_links"
logger = logging.getLogger(__name__)


def call_senders(newsletter_id):
    """Ask workers to send a newsletter, as many as may send at a time; one too many goes home."""
    try:
        for _ in range(settings.NEWSLETTER_SENDERS):
            expires = settings.NEWSLETTER_LEASE_SECONDS
            current_app.send_task(SEND, [newsletter_id], expires=expires, ignore_result=True)
    except OperationalError as error:  # without Redis; the next sweep calls again
        logger.warning("no worker called for newsletter %s: %s", newsletter_id, error)


def call_link_checker(newsletter_id):
    """Ask a worker to look at the links of a newsletter; without one a person can ask for it."""
    try:
        current_app.send_task(CHECK_LINKS, [newsletter_id], ignore_result=True)
    except OperationalError as error:
        logger.warning("links of newsletter %s stay unchecked: %s", newsletter_id, error)
