import datetime as dt

from django.db import models
from django.db.models import F

ONE_NIGHT = dt.timedelta(hours=12)


class LinkCheckQuerySet(models.QuerySet):
    def failing_since_before(self, moment):
        """Links that have not answered well since before a moment."""
        return self.filter(ok=False, failing_since__lt=moment)

    def dead(self):
        """Links that failed on two nights or more: once may be the server's own bad night."""
        return self.filter(ok=False, failing_since__lte=F("checked_at") - ONE_NIGHT)
