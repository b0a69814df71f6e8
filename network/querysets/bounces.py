"""Questions about mails that came back, and about the addresses they went to."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

# A stopped address is tried again after two years at the latest; by then it may be somebody else's.
STOPPED_KEPT_DAYS = 730
ABOUT_US_SHOWN_DAYS = 14


class BounceQuerySet(models.QuerySet):
    def for_office_list(self):
        """Load all that the list of the office reads."""
        return self.select_related("delivery__newsletter")

    def about_us(self):
        """Refusals of the last days that mind the sender or the content, oldest first."""
        since = timezone.now() - timedelta(days=ABOUT_US_SHOWN_DAYS)
        content = self.model.Effect.CONTENT
        return self.filter(effect=content, received_at__gte=since).order_by("received_at", "pk")

    def old(self):
        """Bounces that are kept no longer than it is known who got the newsletter."""
        end = timezone.now() - timedelta(days=settings.NEWSLETTER_RECIPIENTS_KEPT_DAYS)
        return self.filter(received_at__lt=end)


class AddressHealthQuerySet(models.QuerySet):
    def stopped(self):
        """Addresses that get no newsletter any more."""
        return self.exclude(stopped_at=None)

    def not_stopped(self):
        return self.filter(stopped_at=None)

    def for_office_list(self):
        """Load all that the list of the office reads."""
        return self.select_related("released_by")

    def old(self):
        """Addresses whose bounces are too long ago to mean anything."""
        now = timezone.now()
        forgotten = now.date() - timedelta(days=settings.BOUNCE_SCORE_FORGOTTEN_DAYS)
        return self.filter(
            Q(stopped_at=None, changed_at__date__lt=forgotten)
            | Q(stopped_at__lt=now - timedelta(days=STOPPED_KEPT_DAYS))
        )

    def release(self, by):
        """Write to these addresses again, with a clean sheet; return how many were stopped."""
        now = timezone.now()
        return self.stopped().update(
            score=0,
            last_counted_on=None,
            stopped_at=None,
            released_by=by,
            released_at=now,
            changed_at=now,
        )
