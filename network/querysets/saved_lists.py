from django.db import models
from django.db.models import Q


class SavedListQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own lists and those that somebody has shared."""
        return self.filter(Q(by=user) | Q(is_shared=True))
