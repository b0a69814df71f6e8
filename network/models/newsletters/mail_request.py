"""Single mails somebody asked for on a page."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.fields import MailboxField

# As long as the link of such a mail is good.
MAIL_REQUESTS_KEPT = timedelta(days=3)
BETWEEN_MAILS = timedelta(hours=1)
# What has waited so long is kept by more than the hour of its address.
HELD_UP_AFTER = timedelta(minutes=75)


class MailRequestQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(sent_at=None)

    def due(self, at=None):
        """Waiting mails to mailboxes that got none within the hour."""
        recent = self.model.objects.just_sent(at).filter(mailbox=models.OuterRef("mailbox"))
        return self.waiting().filter(~models.Exists(recent))

    def room(self):
        """How many may still leave in this hour, whoever asked for them."""
        return max(0, settings.REQUESTED_MAILS_AN_HOUR - self.model.objects.just_sent().count())

    def held_up(self, at=None):
        """What should have left: all that is due while the hour is full, else what waits long."""
        waits_long = models.Q(wanted_at__lt=(at or timezone.now()) - HELD_UP_AFTER)
        most = settings.REQUESTED_MAILS_AN_HOUR
        first_without_room = self.model.objects.just_sent(at).order_by("pk")[most - 1 : most]
        is_full = models.Exists(first_without_room) if most else models.Value(True)
        return self.due(at).filter(waits_long | is_full).order_by("wanted_at", "pk")

    def just_sent(self, at=None):
        return self.filter(sent_at__gt=(at or timezone.now()) - BETWEEN_MAILS)

    def old(self, at=None):
        return self.filter(wanted_at__lt=(at or timezone.now()) - MAIL_REQUESTS_KEPT)


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
