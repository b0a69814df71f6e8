"""How fast mail may leave: one row for all of it, one for each recipient's domain."""

from django.db import models


class SendingPace(models.Model):
    """A bucket that refills with time; who claims deliveries takes from it, under a row lock.

    An empty domain stands for everything that is sent.
    """

    domain = models.CharField(max_length=254, unique=True)
    room = models.FloatField()
    counted_at = models.DateTimeField()

    class Meta:
        verbose_name = "sending pace"

    def __str__(self):
        return self.domain or "*"
