"""The ledger of sending, one row for each newsletter and recipient, and how fast mail may leave."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Cast, Concat, Lower, Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.fields import MailboxField, optional
from network.models.contact import Contact

from .newsletter import Newsletter

# The end of an address that stands where a person's stood; nothing can be sent there (RFC 2606).
FORGOTTEN = "@geloescht.invalid"
REFUSALS_LOOKED_AT_DAYS = 7


class DeliveryQuerySet(models.QuerySet):
    def waiting(self, at=None):
        """Mails that may be tried at a moment (now by default)."""
        state = self.model.State
        due = Q(state=state.RETRY, retry_at__lte=at or timezone.now())
        return self.filter(Q(state=state.QUEUED) | due, waits=True)

    def unfinished(self):
        """Mails that still change by themselves."""
        state = self.model.State
        return self.filter(state__in=[state.QUEUED, state.SENDING, state.DATA_SENT, state.RETRY])

    def of_old_newsletters(self):
        """Mails whose recipients have been known long enough, also where the rest never left."""
        end = timezone.now() - timedelta(days=settings.NEWSLETTER_RECIPIENTS_KEPT_DAYS)
        left_lying = Q(newsletter__finished_at=None, newsletter__frozen_at__lt=end)
        return self.filter(Q(newsletter__finished_at__lt=end) | left_lying)

    def forget_people(self):
        """Take the persons out of these rows, which stay to be counted; return how many.

        What still waits is left out. What a worker holds at this moment is not touched.
        """
        state = self.model.State
        at_rest = self.exclude(state__in=[state.SENDING, state.DATA_SENT])
        at_rest = at_rest.exclude(address__endswith=FORGOTTEN)
        return at_rest.update(
            state=Case(
                When(state__in=[state.QUEUED, state.RETRY], then=Value(state.SKIPPED)),
                When(state=state.UNCLEAR, then=Value(state.CLOSED)),
                default=F("state"),
            ),
            address=Concat(Cast("pk", models.CharField()), Value(FORGOTTEN)),
            domain="",
            contact=None,
            subscription_id=None,
            answer="",
        )

    def unclear(self):
        """Mails that may have arrived or not; a person decides."""
        return self.filter(state=self.model.State.UNCLEAR)

    def close(self, by):
        """Take unclear mails for delivered; return how many."""
        state = self.model.State.CLOSED
        return self.unclear().update(state=state, decided_by=by, decided_at=Now())

    def came_back(self):
        """Mails that a server took and sent back later."""
        return self.exclude(bounces=None)

    def signed_off(self):
        """Mails by whose link somebody left the newsletter."""
        return self.exclude(signed_off_at=None)

    def refused_lately(self):
        """Mails that a server would not take at all, of newsletters of the last days."""
        since = timezone.now() - timedelta(days=REFUSALS_LOOKED_AT_DAYS)
        return self.filter(
            newsletter__frozen_at__gte=since,
            state=self.model.State.FAILED,
            answer_code__range=(500, 599),
        ).exclude(address__endswith=FORGOTTEN)


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
    contact = optional(Contact, _("Ansprechperson"), blank=False)
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
    decided_by = optional(
        settings.AUTH_USER_MODEL, _("entschieden von"), blank=False, db_index=False
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

    @property
    def said(self):
        """What the mail server answered: its code and its words."""
        return f"{self.answer_code or ''} {self.answer}".strip()


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
