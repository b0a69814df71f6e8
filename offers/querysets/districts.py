from django.db import models


class DistrictQuerySet(models.QuerySet):
    def within_the_city(self):
        """Every part below the city itself, larger parts first."""
        return self.exclude(parent=None).order_by("path")
