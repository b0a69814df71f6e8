"""What readers report about an entry."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from offers.models.institution import Institution
from offers.models.offer import Offer
from offers.protection import protected_addresses


class FeedbackQuerySet(models.QuerySet):
    def open(self):
        """Reports nobody has dealt with."""
        return self.filter(done_at=None)

    def about_a_house(self):
        """What an institution wrote about itself, not about one of its offers."""
        return self.filter(offer=None)

    def as_read_by(self, user):
        """Give each report as ``words`` what a user may read of it."""
        return protected_addresses.as_read_by(user, self, words="message")

    def for_office_list(self):
        """Load all that the list of the office reads."""
        return self.select_related("offer", "institution")


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

    offer = models.ForeignKey(
        Offer,
        verbose_name=_("Angebot"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="feedback",
    )
    institution = models.ForeignKey(
        Institution,
        verbose_name=_("gesagt von"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
    )
    topic = models.CharField(_("Worum geht es?"), max_length=10, choices=Topic)
    message = models.TextField(_("Nachricht"), max_length=2000, blank=True)
    created_on = models.DateField(_("gemeldet am"), auto_now_add=True)
    done_at = models.DateTimeField(_("erledigt am"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("erledigt von"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
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
