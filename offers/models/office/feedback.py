"""What readers report about an entry."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.fields import optional
from offers.models.institution import Institution
from offers.models.offer import Offer
from offers.protection import protected_addresses

TOLD_DAYS = 60  # so long an institution reads what became of a report or message


class FeedbackQuerySet(models.QuerySet):
    def open(self):
        """Reports nobody has dealt with."""
        return self.filter(done_at=None)

    def about_a_house(self):
        """What an institution wrote about itself, not about one of its offers."""
        return self.filter(offer=None)

    def of_readers(self):
        """What families reported."""
        return self.filter(institution=None)

    def told_to_houses(self):
        """What institutions are told of what families reported: what is open or was just done."""
        return self.of_readers().of_late()

    def said_by(self, institution):
        """What an institution itself wrote and reads the answer of, the newest first; what it took
        back is left out.
        """
        own = self.filter(institution=institution).of_late()
        return own.exclude(topic=self.model.Topic.GONE, answer="").order_by("-created_on", "-pk")

    def of_late(self):
        lately = timezone.now() - dt.timedelta(days=TOLD_DAYS)
        return self.filter(Q(done_at=None) | Q(done_at__gte=lately))

    def forget(self):
        """Forget the words of old reports, and old reports that are done; returns how many.

        Words may name somebody, whatever the form asks for.
        """
        oldest = timezone.localdate() - dt.timedelta(days=settings.FEEDBACK_WORDS_KEPT_DAYS)
        self.filter(created_on__lt=oldest).exclude(message="").update(message="")
        return self.filter(created_on__lt=oldest).exclude(done_at=None).delete()[0]

    def as_read_by(self, user):
        """Give each report as ``words`` what a user may read of it."""
        return protected_addresses.as_read_by(user, self, words="message")

    def for_office_list(self):
        """Load all that the list of the office reads."""
        return self.select_related("offer", "institution", "owner")


class Feedback(models.Model):
    """One report. It keeps no name, no address and no time finer than the day.

    A reader reports about an offer. An institution says something with the link of its letter
    (``institution``), about an offer of its own or, without one, about the house.
    """

    class Topic(models.TextChoices):
        CONTACT = "contact", _("Telefon, E-Mail oder Adresse stimmt nicht")
        TIMES = "times", _("Die Zeiten stimmen nicht")
        COST = "cost", _("Die Kosten stimmen nicht")
        GONE = "gone", _("Das Angebot gibt es nicht mehr")
        OTHER = "other", _("Etwas anderes")

    offer = optional(Offer, _("Angebot"), models.CASCADE, related_name="feedback")
    institution = optional(Institution, _("gesagt von"), models.CASCADE)
    topic = models.CharField(_("Worum geht es?"), max_length=10, choices=Topic)
    message = models.TextField(_("Nachricht"), max_length=2000, blank=True)
    created_on = models.DateField(_("gemeldet am"), auto_now_add=True)
    done_at = models.DateTimeField(_("erledigt am"), null=True, blank=True)
    done_by = optional(settings.AUTH_USER_MODEL, _("erledigt von"))

    owner = optional(settings.AUTH_USER_MODEL, _("kümmert sich"))
    answer = models.CharField(
        _("was daraus wurde"),
        max_length=500,
        blank=True,
        help_text=_("Das liest die Einrichtung auf ihrer Seite. Bitte keine Namen."),
    )

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name = _("Rückmeldung")
        verbose_name_plural = _("Rückmeldungen")
        ordering = ["created_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(offer__isnull=False) | Q(institution__isnull=False),
                name="feedback_is_about_something",
            ),
        ]
        indexes = [
            models.Index(fields=["offer"], condition=Q(done_at=None), name="feedback_open"),
        ]

    def __str__(self):
        return f"{self.get_topic_display()}: {self.offer or self.institution}"

    @property
    def state(self):
        """Where it stands, in words."""
        if self.done_at:
            return _now("erledigt")
        return _now("in Arbeit") if self.owner_id else _now("offen")
