"""What an offer costs, price by price."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.history.recording import tracked
from offers.protection.protected_addresses import KeepsAddressesSecret

from .offer import Offer


class CostOption(KeepsAddressesSecret, models.Model):
    """One price: an amount in euros, for what."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="cost_options")
    label = models.CharField(_("wofür"), max_length=120, blank=True)
    amount = models.DecimalField(
        _("Betrag in Euro"), max_digits=8, decimal_places=2, validators=[MinValueValidator(0)]
    )
    valid_from = models.DateField(_("gültig ab"), null=True, blank=True)
    valid_to = models.DateField(_("gültig bis"), null=True, blank=True)

    history = tracked()

    class Meta:
        verbose_name = _("Preis")
        verbose_name_plural = _("Preise")
        ordering = ["amount", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gte=0),
                name="cost_option_amount_not_negative",
                violation_error_message=_("Ein Preis kann nicht unter 0 Euro liegen."),
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="cost_option_ends_after_it_starts",
                violation_error_message=_("„Gültig bis“ darf nicht vor „gültig ab“ liegen."),
            ),
            models.UniqueConstraint(
                fields=["offer", "label", "amount"],
                deferrable=models.Deferrable.IMMEDIATE,  # two rows may change places
                name="cost_option_listed_once",
                violation_error_message=_("Diesen Preis gibt es hier schon."),
            ),
        ]

    def __str__(self):
        return self.words

    @property
    def is_valid_today(self):
        today = timezone.localdate()
        return (self.valid_from or today) <= today <= (self.valid_to or today)

    @property
    def words(self):
        """The price as read: "10 Euro", "4,50 Euro je Termin", in English "4.50 euros"."""
        is_whole = self.amount == self.amount.to_integral_value()
        amount = _now("%s Euro") % number_format(self.amount, 0 if is_whole else 2)
        return f"{amount} {self.label}".strip()

    def own_places(self):
        return self.offer.own_places() if self.offer_id else None
