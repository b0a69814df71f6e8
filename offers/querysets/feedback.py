from django.db import models


class FeedbackQuerySet(models.QuerySet):
    def open(self):
        """Reports nobody has dealt with."""
        return self.filter(done_at=None)

    def for_office_list(self):
        """Load all that the list of the office reads."""
        return self.select_related("offer")
