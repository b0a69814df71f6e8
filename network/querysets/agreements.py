from datetime import timedelta

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

RUNS_OUT_DAYS = 90


class AgreementQuerySet(models.QuerySet):
    def valid(self, on=None):
        """Agreements that hold on a day (today by default)."""
        day = on or timezone.localdate()
        begun = Q(valid_from=None) | Q(valid_from__lte=day)
        return self.filter(begun, Q(valid_until=None) | Q(valid_until__gte=day))

    def running_out(self, on=None):
        """Valid agreements that end within three months and that no later one follows."""
        day = on or timezone.localdate()
        later = self.model.objects.filter(
            Q(valid_until=None) | Q(valid_until__gt=OuterRef("valid_until")),
            partner=OuterRef("partner"),
        )
        soon = self.valid(day).filter(valid_until__lte=day + timedelta(days=RUNS_OUT_DAYS))
        return soon.filter(~Exists(later))
