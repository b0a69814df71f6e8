"""Questions about the letters that ask for consent."""

from django.db import models


class ConsentLetterQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(begun_at=None)
