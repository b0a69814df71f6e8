"""Questions to the rows of the network."""

from datetime import timedelta

from django.conf import settings
from django.db import connection, models, transaction
from django.utils import timezone

# The trigger of the table lets entries from before this moment go, in this transaction.
OPEN_THE_DOOR = "SELECT set_config('kekiz.audit_before', %s, true)"


class AuditEntryQuerySet(models.QuerySet):
    def forget_old(self):
        """Delete what the city has kept long enough; return how many. There is no other way out."""
        end = timezone.now() - timedelta(days=settings.AUDIT_KEPT_DAYS)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(OPEN_THE_DOOR, [end.isoformat()])
            deleted = self.filter(at__lt=end).delete()[0]
            cursor.execute(OPEN_THE_DOOR, [""])  # closed again, also inside a longer transaction
        return deleted
