"""Newsletters that anybody may subscribe to."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from network.querysets.mailing_lists import MailingListQuerySet
from offers.history import tracked
from offers.protected_addresses import KeepsAddressesSecret


class MailingList(KeepsAddressesSecret, models.Model):
    """What one subscribes to by its name; an issue goes to one or several of them."""

    name = models.CharField(
        _("Name"),
        max_length=80,
        unique=True,
        help_text=_(
            "Wer sich anmeldet, willigt in diesen Namen ein. Für etwas anderes legen Sie eine "
            "neue Liste an."
        ),
    )
    description = models.CharField(
        _("Worum geht es, für wen?"),
        max_length=140,
        blank=True,
        help_text=_("Steht bei der Anmeldung unter dem Namen."),
    )
    is_offered = models.BooleanField(
        _("zum Abonnieren angeboten"),
        default=True,
        help_text=_("Ohne Häkchen kommt niemand mehr dazu. Wer sie hat, behält sie."),
    )

    objects = MailingListQuerySet.as_manager()
    history = tracked()

    class Meta:
        verbose_name = _("Liste zum Abonnieren")
        verbose_name_plural = _("Listen zum Abonnieren")
        ordering = ["pk"]  # the first one stays the first on every page

    def __str__(self):
        return self.name
