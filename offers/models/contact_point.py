"""Whom to ask about an offer: functions, never named people."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.fields import MailboxField, TelephoneField
from kekiz_portal.lib.history.recording import tracked
from offers.models.offer import Offer
from offers.protection.protected_addresses import KeepsAddressesSecret


class ContactPointQuerySet(models.QuerySet):
    def public(self):
        """What families may see."""
        return self.filter(visibility=self.model.Visibility.PUBLIC)


class ContactPoint(KeepsAddressesSecret, models.Model):
    """A telephone or mailbox for one purpose, and who may see it.

    Named people belong to ``network``: public code cannot even import them.
    """

    class Visibility(models.TextChoices):
        PUBLIC = "public", _("öffentlich")
        PROFESSIONALS = "professionals", _("nur Fachkräfte")
        INTERNAL = "internal", _("nur intern")

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="contact_points")
    label = models.CharField(
        _("wofür"),
        max_length=120,
        help_text=_("Etwa „Anmeldung“ oder „Beratung“. Bitte keine Namen von Personen."),
    )
    phone = TelephoneField(_("Telefon"), blank=True)
    email = MailboxField(_("E-Mail"), blank=True)
    hours = models.CharField(_("erreichbar"), max_length=120, blank=True)
    visibility = models.CharField(
        _("wer das sieht"), max_length=15, choices=Visibility, default=Visibility.PUBLIC
    )
    position = models.PositiveSmallIntegerField(_("Reihenfolge"), default=0)

    objects = ContactPointQuerySet.as_manager()
    history = tracked()

    class Meta:
        verbose_name = _("Kontakt")
        verbose_name_plural = _("Kontakte")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(phone="", email=""),
                name="contact_point_has_a_channel",
                violation_error_message=_(
                    "Geben Sie eine Telefonnummer oder eine E-Mail-Adresse an."
                ),
            ),
            models.CheckConstraint(
                condition=Q(visibility__in=["public", "professionals", "internal"]),
                name="contact_point_visibility_is_known",
            ),
            models.UniqueConstraint(
                fields=["offer", "label", "phone", "email"],
                deferrable=models.Deferrable.IMMEDIATE,  # two rows may change places
                name="contact_point_listed_once",
                violation_error_message=_("Dieser Kontakt steht schon bei dem Angebot."),
            ),
        ]

    def __str__(self):
        return f"{self.label}: {self.phone or self.email}"

    def own_places(self):
        return self.offer.own_places() if self.offer_id else None
