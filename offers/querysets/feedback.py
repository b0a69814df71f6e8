from django.db import models


class FeedbackQuerySet(models.QuerySet):
    def open(self):
        """Reports nobody has dealt with."""
        return self.filter(done_at=None)
