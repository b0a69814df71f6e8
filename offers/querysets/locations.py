from django.db import models


class LocationQuerySet(models.QuerySet):
    def public(self):
        """Places whose existence the public may know; never a protected one."""
        return self.exclude(visibility=self.model.Visibility.PROTECTED)
