"""What was talked about with a partner, and when last."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.fields import optional
from kekiz_portal.lib.history.recording import tracked
from offers.protection.protected_addresses import KeepsAddressesSecret

from .contact import Contact
from .partner import Partner


class Conversation(KeepsAddressesSecret, models.Model):
    """One talk, mail or visit, in a sentence or two."""

    class Channel(models.TextChoices):
        PHONE = "phone", _("Telefon")
        EMAIL = "email", _("E-Mail")
        VISIT = "visit", _("Besuch")
        MEETING = "meeting", _("Sitzung")
        OTHER = "other", _("anders")

    partner = models.ForeignKey(
        Partner, verbose_name=_("Partner"), on_delete=models.PROTECT, related_name="conversations"
    )
    contact = optional(Contact, _("mit wem"), related_name="conversations")
    on = models.DateField(_("am"), default=timezone.localdate)
    channel = models.CharField(_("wie"), max_length=10, choices=Channel, default=Channel.PHONE)
    summary = models.TextField(
        _("Worum es ging"),
        help_text=_("Kurz und ohne Namen: Was hier steht, wird nicht von selbst gelöscht."),
    )
    by = optional(settings.AUTH_USER_MODEL, _("von uns"), editable=False)

    history = tracked()

    class Meta:
        verbose_name = _("Kontakt")
        verbose_name_plural = _("letzte Kontakte")
        ordering = ["-on", "-pk"]

    def __str__(self):
        return f"{self.get_channel_display()}, {self.on:%d.%m.%Y}"

    def clean(self):
        """A contact has happened, with somebody of the partner."""
        if self.on and self.on > timezone.localdate():
            raise ValidationError({"on": _("Dieser Tag liegt in der Zukunft.")})
        if self.contact is not None and self.contact.partner_id != self.partner_id:
            raise ValidationError(
                {"contact": _("Wählen Sie eine Person, die zu dieser Einrichtung gehört.")}
            )
