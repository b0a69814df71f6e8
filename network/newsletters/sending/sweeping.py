"""What keeps newsletters going by the clock, whatever happened to workers and to Redis."""

import logging

from network.models import Newsletter

from . import claiming, pacing, steering

logger = logging.getLogger(__name__)


def sweep():
    """Start what is due, take over from the dead, call workers, close what is done; repeatable."""
    claiming.give_back_expired()
    pacing.forget_idle()
    for newsletter in Newsletter.objects.due():
        _start(newsletter)
    for newsletter in Newsletter.objects.being_sent():
        if newsletter.deliveries.waiting().exists():
            steering.call_senders(newsletter.pk)
        else:
            steering.finish(newsletter)


def _start(newsletter):
    try:
        steering.start(newsletter)
    except Exception:  # one broken newsletter must not hold up the others
        logger.exception("newsletter %s could not be started", newsletter.pk)
