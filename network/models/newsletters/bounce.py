"""Mails that came back, and what that says about the addresses they went to."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.fields import MailboxField, optional

from .delivery import Delivery

# A stopped address is tried again after two years at the latest; by then it may be somebody else's.
STOPPED_KEPT_DAYS = 730
ABOUT_US_SHOWN_DAYS = 14


class BounceQuerySet(models.QuerySet):
    def for_office_list(self):
        """Load all that the list of the office reads."""
        return self.select_related("delivery__newsletter")

    def about_us(self):
        """Refusals of the last days that mind the sender or the content, oldest first."""
        since = timezone.now() - timedelta(days=ABOUT_US_SHOWN_DAYS)
        content = self.model.Effect.CONTENT
        return self.filter(effect=content, received_at__gte=since).order_by("received_at", "pk")

    def old(self):
        """Bounces that are kept no longer than it is known who got the newsletter."""
        end = timezone.now() - timedelta(days=settings.NEWSLETTER_RECIPIENTS_KEPT_DAYS)
        return self.filter(received_at__lt=end)


class AddressHealthQuerySet(models.QuerySet):
    def stopped(self):
        """Addresses that get no newsletter any more."""
        return self.exclude(stopped_at=None)

    def stopped_addresses(self):
        return self.stopped().order_by("pk").values_list("address", flat=True)

    def not_stopped(self):
        return self.filter(stopped_at=None)

    def for_office_list(self):
        """Load all that the list of the office reads."""
        return self.select_related("released_by")

    def old(self):
        """Addresses whose bounces are too long ago to mean anything."""
        now = timezone.now()
        forgotten = now.date() - timedelta(days=settings.BOUNCE_SCORE_FORGOTTEN_DAYS)
        return self.filter(
            Q(stopped_at=None, changed_at__date__lt=forgotten)
            | Q(stopped_at__lt=now - timedelta(days=STOPPED_KEPT_DAYS))
        )

    def release(self, by):
        """Write to these addresses again, with a clean sheet; return how many were stopped."""
        now = timezone.now()
        return self.stopped().update(
            score=0,
            last_counted_on=None,
            stopped_at=None,
            released_by=by,
            released_at=now,
            changed_at=now,
        )


class Bounce(models.Model):
    """One report of a mail server that a mail could not be delivered."""

    class Kind(models.TextChoices):
        HARD = "hard", _("endgültig")
        SOFT = "soft", _("vorübergehend")
        UNKNOWN = "unknown", _("unklar")
        COMPLAINT = "complaint", _("Beschwerde: als Spam gemeldet")

    class Effect(models.TextChoices):
        COUNTED = "counted", _("gezählt")
        SAME_DAY = "same_day", _("nicht gezählt: an diesem Tag schon gezählt")
        UNDER_WAY = "under_way", _("nicht gezählt: der Mailserver versucht es noch")
        CONTENT = "content", _("nicht gezählt: abgelehnt wurde der Inhalt oder der Absender")
        UNSIGNED = "unsigned", _("nicht gezählt: gehört zu keinem bekannten Newsletter")

    # Of the delivery; else what the report names, which may be nothing.
    address = MailboxField(_("E-Mail"), blank=True)
    delivery = optional(Delivery, _("Zustellung"), blank=False, related_name="bounces")
    kind = models.CharField(_("Art"), max_length=10, choices=Kind)
    effect = models.CharField(_("Folge"), max_length=10, choices=Effect)
    status = models.CharField(_("Statuscode"), max_length=11, blank=True)
    diagnostic = models.TextField(_("Worte des Mailservers"), blank=True)
    received_at = models.DateTimeField(_("gelesen am"), default=timezone.now)
    # The same report read twice counts once.
    message_hash = models.CharField(_("Prüfsumme"), max_length=64, unique=True)

    objects = BounceQuerySet.as_manager()

    class Meta:
        verbose_name = _("Rückläufer")
        verbose_name_plural = _("Rückläufer")
        ordering = ["-received_at", "-pk"]
        indexes = [
            models.Index(fields=["-received_at", "-id"], name="bounce_newest"),
            models.Index(Lower("address"), name="bounce_by_address"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(effect="counted") | ~Q(address=""),
                name="bounce_counts_for_an_address",
            ),
        ]

    def __str__(self):
        return self.address or str(_("unbekannte Adresse"))


class AddressHealth(models.Model):
    """How often mails to an address came back lately; above a threshold it gets no newsletter."""

    address = MailboxField(_("E-Mail"))
    score = models.FloatField(_("Punkte"), default=0)
    last_counted_on = models.DateField(_("zuletzt gezählt am"), null=True)
    stopped_at = models.DateTimeField(_("angehalten am"), null=True)
    changed_at = models.DateTimeField(_("geändert am"), default=timezone.now)
    released_by = optional(settings.AUTH_USER_MODEL, _("wieder freigegeben von"), blank=False)
    released_at = models.DateTimeField(_("wieder freigegeben am"), null=True)

    objects = AddressHealthQuerySet.as_manager()

    class Meta:
        verbose_name = _("Adresse mit Rückläufern")
        verbose_name_plural = _("Adressen mit Rückläufern")
        ordering = ["-changed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(Lower("address"), name="addresshealth_once_per_address"),
            models.CheckConstraint(
                condition=Q(score__gte=0), name="addresshealth_score_is_never_negative"
            ),
        ]

    def __str__(self):
        return self.address
