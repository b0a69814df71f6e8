"""Calling workers. A message only says which newsletter; losing it loses nothing."""

from django.conf import settings

from kekiz_portal.lib import mails

SEND = "network.tasks.send_newsletter"
CHECK_LINKS = "network.tasks.check_newsletter_links"


def call_senders(newsletter_id):
    """Ask workers to send a newsletter, as many as may send at a time; one too many goes home."""
    for _ in range(settings.NEWSLETTER_SENDERS):
        if not mails.call_worker(SEND, newsletter_id, expires=settings.NEWSLETTER_LEASE_SECONDS):
            return  # the next sweep calls again


def call_link_checker(newsletter_id):
    """Ask a worker to look at the links of a newsletter; without one a person can ask for it."""
    mails.call_worker(CHECK_LINKS, newsletter_id)
