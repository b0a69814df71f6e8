"""Questions about imports and their rows."""

from datetime import timedelta

from django.db import models
from django.db.models import Count, Q
from django.utils import timezone

ABANDONED_AFTER_DAYS = 30
ATTEMPTS = 2  # of a step: what takes a worker down twice would do so a third time


class ImportRunQuerySet(models.QuerySet):
    def claim(self, pk, *, before, after, **values):
        """Take a run from one state to the next; whether it was this call that did it."""
        return bool(self.filter(pk=pk, state__in=before).update(state=after, **values))

    def of_people_long_ago(self, now=None):
        """Lists of people that were taken over a month ago: undone by then, or never."""
        month_ago = (now or timezone.now()) - timedelta(days=ABANDONED_AFTER_DAYS)
        return self.filter(kind=self.model.Kind.PEOPLE, done_at__lt=month_ago)

    def abandoned(self, now=None):
        """Runs that were uploaded or checked, and that nobody took over for a month."""
        month_ago = (now or timezone.now()) - timedelta(days=ABANDONED_AFTER_DAYS)
        state = self.model.State
        waiting = [state.UNREADABLE, state.UPLOADED, state.CHECKED]
        return self.filter(state__in=waiting, created_at__lt=month_ago)

    def cut_short(self):
        """Runs whose step was begun once and may have lost its worker."""
        at_work = self.filter(state__in=self.model.AT_WORK, started_at__isnull=False)
        return at_work.filter(attempts__lt=ATTEMPTS)


class ImportRowQuerySet(models.QuerySet):
    def of_kind_done(self, kind):
        """Rows of imports that stand, the oldest import first."""
        return self.filter(run__kind=kind, run__state="done").order_by("run__done_at", "run_id")

    def to_apply(self):
        """Rows that change something here."""
        return self.filter(
            Q(outcome__in=["created", "changed"]) | Q(outcome="protected", overwrite=True)
        )

    def with_protected_values(self):
        return self.exclude(protected={})

    def counts(self):
        """Return how many rows have each outcome, and how many hold protected values."""
        found = dict(self.order_by().values_list("outcome").annotate(Count("pk")))
        return found | {"protected": self.with_protected_values().count()}
