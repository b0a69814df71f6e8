from django.db import models


class LinkCheckQuerySet(models.QuerySet):
    def failing_since_before(self, moment):
        """Links that have not answered well since before a moment."""
        return self.filter(ok=False, failing_since__lt=moment)
