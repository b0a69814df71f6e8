"""A newsletter, and what of it was written down when it was frozen for sending."""

import uuid
from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.fields import optional
from kekiz_portal.lib.history.recording import tracked
from network.models.saved_list import SavedList
from offers.models import Topic
from offers.protection.protected_addresses import KeepsAddressesSecret

from .mailing_list import MailingList
from .segment import Segment


class NewsletterQuerySet(models.QuerySet):
    def for_office_list(self):
        """Load all that the list of the office reads."""
        return self

    def in_archive(self):
        """Newsletters everybody may read on the web, newest first; from the first mail on."""
        sent = self.filter(is_archived_publicly=True).exclude(started_at=None)
        return sent.order_by("-started_at", "-pk")

    def being_sent(self):
        """Newsletters whose mails are to leave now."""
        return self.filter(state=self.model.State.SENDING)

    def may_have_claims(self):
        """Newsletters of whose mails a worker may hold some."""
        state = self.model.State
        return self.filter(state__in=[state.SENDING, state.PAUSED, state.STOPPED]).exclude(
            state=state.STOPPED, finished_at__lt=timezone.now() - timedelta(days=1)
        )

    def due(self, at=None):
        """Planned newsletters whose time has come."""
        return self.filter(state=self.model.State.SCHEDULED, send_at__lte=at or timezone.now())


class Newsletter(KeepsAddressesSecret, models.Model):
    """One issue: from the first draft to the last mail."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Entwurf")
        SCHEDULED = "scheduled", _("geplant")
        SENDING = "sending", _("wird versendet")
        PAUSED = "paused", _("angehalten")
        SENT = "sent", _("versendet")
        STOPPED = "stopped", _("abgebrochen")

    title = models.CharField(_("Titel"), max_length=120)
    preheader = models.CharField(
        _("Vorschauzeile"),
        max_length=140,
        blank=True,
        help_text=_("Steht im Postfach hinter dem Betreff."),
    )
    slug = models.SlugField(_("Adresse"), max_length=140, unique=True)
    state = models.CharField(_("Stand"), max_length=10, choices=State, default=State.DRAFT)
    segment = optional(
        Segment,
        _("an Menschen im Netzwerk"),
        on_delete=models.PROTECT,
        related_name="newsletters",
        help_text=_("Ihn bekommt nur, wer in E-Mails eingewilligt hat."),
    )
    saved_lists = models.ManyToManyField(
        SavedList,
        verbose_name=_("an gemerkte Listen"),
        blank=True,
        related_name="newsletters",
        help_text=_("Ihn bekommt nur, wer in E-Mails eingewilligt hat."),
    )
    # Whom it reaches, and that everybody may read it, is said by a person: nothing by itself.
    mailing_lists = models.ManyToManyField(
        MailingList,
        verbose_name=_("an alle, die abonniert haben"),
        blank=True,
        related_name="newsletters",
    )
    interests = models.ManyToManyField(
        Topic,
        verbose_name=_("nur bei Interesse an"),
        blank=True,
        related_name="+",
        help_text=_("Nichts gewählt: an alle, die ihn abonniert haben."),
    )
    is_archived_publicly = models.BooleanField(_("öffentlich im Archiv"), default=False)
    send_at = models.DateTimeField(_("Versand am"), null=True, blank=True)
    frozen_at = models.DateTimeField(_("festgeschrieben am"), null=True, editable=False)
    started_at = models.DateTimeField(_("Versand begonnen"), null=True, editable=False)
    # The start, or the last time a person let it go on: what failed before is no reason to pause.
    running_since = models.DateTimeField(_("läuft seit"), null=True, editable=False)
    finished_at = models.DateTimeField(_("Versand beendet"), null=True, editable=False)
    paused_because = models.CharField(
        _("angehalten, weil"), max_length=300, blank=True, editable=False
    )
    # What keeps the mail server from taking anything at the moment; no fault of a recipient.
    trouble = models.CharField(_("Störung"), max_length=300, blank=True, editable=False)
    # Message-IDs grow from it: nobody can guess them, and no change of a key alters them.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(_("angelegt am"), auto_now_add=True)
    updated_at = models.DateTimeField(_("geändert am"), auto_now=True)

    objects = NewsletterQuerySet.as_manager()
    history = tracked(
        excluded_fields=["running_since", "trouble", "updated_at"],
        m2m_fields=["interests", "mailing_lists", "saved_lists"],
    )

    class Meta:
        verbose_name = _("Newsletter")
        verbose_name_plural = _("Newsletter")
        ordering = ["-created_at", "-pk"]
        permissions = [("send_newsletter", _("Darf Newsletter versenden"))]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="scheduled") | Q(send_at__isnull=False),
                name="newsletter_scheduled_has_a_time",
                violation_error_message=_("Geben Sie an, wann der Newsletter versendet wird."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "scheduled", "stopped"])
                | Q(frozen_at__isnull=False),
                name="newsletter_is_frozen_before_it_is_sent",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_underway(self):
        """Whether somebody can still do something with it: send, plan, pause or stop it."""
        return self.state not in {self.State.SENT, self.State.STOPPED}

    @property
    def goes_to_the_network(self):
        """Whether it is, or was, for people of the network too, not for subscribers alone."""
        return (
            self.segment_id is not None
            or self.saved_lists.exists()
            or self.deliveries.exclude(contact=None).exists()  # the kept list may be gone
        )


class NewsletterEdition(KeepsAddressesSecret, models.Model):
    """A newsletter in one language as it was when it was frozen; every mail is made from it.

    Three placeholders stand for the links of the one recipient: ``%%UNSUBSCRIBE%%``,
    ``%%SETTINGS%%`` and ``%%WEB%%``.
    """

    newsletter = models.ForeignKey(
        Newsletter, verbose_name=_("Newsletter"), on_delete=models.CASCADE, related_name="editions"
    )
    language = models.CharField(_("Sprache"), max_length=10)
    subject = models.CharField(_("Betreff"), max_length=200)
    html = models.TextField("HTML")
    text = models.TextField(_("Textfassung"))

    class Meta:
        verbose_name = _("Fassung eines Newsletters")
        verbose_name_plural = _("Fassungen eines Newsletters")
        ordering = ["newsletter", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["newsletter", "language"], name="edition_once_per_language"
            ),
        ]

    def __str__(self):
        return f"{self.newsletter} ({self.language})"
