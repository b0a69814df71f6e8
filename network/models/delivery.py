"""The ledger of sending: one row for each newsletter and recipient."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.fields import MailboxField
from network.querysets.deliveries import DeliveryQuerySet

from .contact import Contact
from .newsletter import Newsletter


class Delivery(models.Model):
    """One mail to one person, and what became of it.

        queued ─claim→ sending ─before DATA→ data_sent ─answer→ sent | retry | failed
          ↑ lease over ──┘                       └─ no answer, or lease over → unclear

    A database trigger keeps ``sent`` final. The queue of Celery never says what is to be sent;
    this table does. What ``unclear`` means is decided in docs/decisions.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("wartet")
        SENDING = "sending", _("wird gesendet")
        DATA_SENT = "data_sent", _("wird übergeben")
        SENT = "sent", _("angenommen")
        RETRY = "retry", _("neuer Versuch folgt")
        FAILED = "failed", _("gescheitert")
        UNCLEAR = "unclear", _("unklar")
        CLOSED = "closed", _("unklar, abgeschlossen")
        SKIPPED = "skipped", _("ausgelassen")

    newsletter = models.ForeignKey(
        Newsletter,
        verbose_name=_("Newsletter"),
        on_delete=models.PROTECT,
        related_name="deliveries",
        db_index=False,
    )
    address = MailboxField(_("E-Mail"))
    domain = models.CharField(_("Domain"), max_length=254)
    language = models.CharField(_("Sprache"), max_length=10)
    contact = models.ForeignKey(
        Contact,
        verbose_name=_("Ansprechperson"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # A number, no foreign key: a subscription that is erased takes its row along (its own rule).
    subscription_id = models.BigIntegerField(_("Abo"), null=True)

    state = models.CharField(_("Stand"), max_length=10, choices=State, default=State.QUEUED)
    # The only thing about the state that an index knows: a row that is handed over and answered
    # stays where it is in every index, which makes noting cheap (HOT updates).
    waits = models.GeneratedField(
        expression=Q(state__in=["queued", "retry"]),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    claimed_by = models.UUIDField(_("beansprucht von"), null=True)
    claimed_at = models.DateTimeField(_("beansprucht am"), null=True)
    leased_until = models.DateTimeField(_("beansprucht bis"), null=True)
    claims = models.PositiveSmallIntegerField(_("wie oft beansprucht"), default=0)
    data_at = models.DateTimeField(_("Übergabe begonnen"), null=True)

    attempts = models.PositiveSmallIntegerField(_("Versuche"), default=0)
    retry_at = models.DateTimeField(_("nächster Versuch"), null=True)
    answered_at = models.DateTimeField(_("beantwortet am"), null=True)
    answer_code = models.PositiveSmallIntegerField(_("Code der Antwort"), null=True)
    answer = models.TextField(_("Antwort des Mailservers"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("entschieden von"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )
    decided_at = models.DateTimeField(_("entschieden am"), null=True)
    signed_off_at = models.DateTimeField(_("damit abgemeldet am"), null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("Zustellung")
        verbose_name_plural = _("Zustellungen")
        ordering = ["newsletter", "pk"]
        constraints = [
            models.UniqueConstraint(
                "newsletter", Lower("address"), name="delivery_once_per_newsletter_and_address"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["sending", "data_sent"])
                | Q(claimed_by__isnull=False, leased_until__isnull=False),
                name="delivery_under_way_has_an_owner",
            ),
            models.CheckConstraint(
                condition=~Q(state="retry") | Q(retry_at__isnull=False),
                name="delivery_to_retry_has_a_time",
            ),
        ]
        indexes = [
            # What waits, in the order it is taken.
            models.Index(
                fields=["newsletter", "id"],
                name="delivery_waiting",
                condition=Q(waits=True),
            ),
            # A person's data, asked for or erased.
            models.Index(Lower("address"), name="delivery_by_address"),
        ]

    def __str__(self):
        return self.address
