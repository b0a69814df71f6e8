"""Addresses of the network that want no newsletter."""

from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.fields import MailboxField

from .subscription import SuppressionQuerySet


class Suppression(models.Model):
    """An address that gets no newsletter although it stands in the network.

    A public subscriber needs none: without a subscription nothing is sent there.
    """

    address = MailboxField(_("E-Mail"))
    since = models.DateTimeField(_("seit"), default=timezone.now, editable=False)

    objects = SuppressionQuerySet.as_manager()

    class Meta:
        verbose_name = _("Newsletter unerwünscht")
        verbose_name_plural = _("Newsletter unerwünscht")
        ordering = ["-since", "-pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("address"),
                name="suppression_once_per_address",
                violation_error_message=_("Diese Adresse bekommt schon keinen Newsletter."),
            ),
        ]

    def __str__(self):
        return self.address
