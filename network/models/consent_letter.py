"""The one letter that asks somebody of the network whether mails may come."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.fields import optional
from network.models.contact import Contact


class ConsentLetterQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(begun_at=None)


class ConsentLetter(models.Model):
    """Once a person. ``begun_at`` is written before it leaves: rather no letter than a second."""

    contact = models.OneToOneField(
        Contact,
        verbose_name=_("Ansprechperson"),
        on_delete=models.CASCADE,
        related_name="consent_letter",
    )
    wording = models.TextField(_("Wortlaut"))
    by = optional(settings.AUTH_USER_MODEL, _("von"), blank=False)
    wanted_at = models.DateTimeField(_("gefragt am"), auto_now_add=True)
    begun_at = models.DateTimeField(_("Versand begonnen"), null=True)
    sent_at = models.DateTimeField(_("gesendet am"), null=True)

    objects = ConsentLetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("Frage nach der Einwilligung")
        verbose_name_plural = _("Fragen nach der Einwilligung")
        ordering = ["wanted_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(begun_at__isnull=False),
                name="consent_letter_begins_before_it_is_sent",
            ),
        ]

    def __str__(self):
        return f"{self.pk}"
