from django.db import models

from offers import protected_addresses


class FeedbackQuerySet(models.QuerySet):
    def open(self):
        """Reports nobody has dealt with."""
        return self.filter(done_at=None)

    def as_read_by(self, user):
        """Give each report as ``words`` what a user may read of it."""
        return protected_addresses.as_read_by(user, self, words="message")

    def for_office_list(self):
        """Load all that the list of the office reads."""
        return self.select_related("offer")
