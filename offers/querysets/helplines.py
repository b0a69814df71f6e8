from django.db import models


class HelplineQuerySet(models.QuerySet):
    def for_families(self):
        """Numbers that everyone may call, the local one right after 112 and 110."""
        return self.filter(is_for_professionals=False)
