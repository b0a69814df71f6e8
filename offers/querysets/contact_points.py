from django.db import models


class ContactPointQuerySet(models.QuerySet):
    def public(self):
        """What families may see."""
        return self.filter(visibility=self.model.Visibility.PUBLIC)
