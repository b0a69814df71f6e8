"""Single mails somebody asked for on a page."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.fields import MailboxField

from .subscription import MailRequestQuerySet


class MailRequest(models.Model):
    """A mail to write: kept until it is sent, and shortly after for the pace of an hour.

    The address is in lower case; ``mailbox`` is where it leads at its provider, so that "+1" and
    "+2" behind a name are no way to bury one. The row is the truth; a message to a worker names
    only its id.
    """

    class Kind(models.TextChoices):
        SIGN_UP = "sign_up", _("Anmeldung zum Newsletter")
        DATA = "data", _("eigene Daten")
        PLACES = "places", _("Nachricht bei freiem Platz")

    address = MailboxField(_("E-Mail"))
    mailbox = models.CharField(max_length=254, editable=False, db_index=True)
    kind = models.CharField(_("Art"), max_length=10, choices=Kind)
    language = models.CharField(_("Sprache"), max_length=10)
    wanted_at = models.DateTimeField(_("gewünscht am"))
    sent_at = models.DateTimeField(_("gesendet am"), null=True)

    objects = MailRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("gewünschte E-Mail")
        verbose_name_plural = _("gewünschte E-Mails")
        constraints = [
            models.UniqueConstraint(
                fields=["mailbox", "kind"],
                condition=Q(sent_at=None),
                name="mail_request_waits_once",
            ),
        ]

    def __str__(self):
        wanted_at = timezone.localtime(self.wanted_at)
        return f"{self.get_kind_display()}, {date_format(wanted_at, 'd.m. H:i')}"
