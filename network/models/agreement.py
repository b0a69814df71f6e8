"""What the city and a partner have agreed on."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from network.querysets.agreements import AgreementQuerySet
from offers.history import tracked
from offers.protected_addresses import KeepsAddressesSecret

from .partner import Partner


class Agreement(KeepsAddressesSecret, models.Model):
    """A cooperation agreement; without an end it holds until somebody ends it."""

    partner = models.ForeignKey(
        Partner, verbose_name=_("Partner"), on_delete=models.PROTECT, related_name="agreements"
    )
    title = models.CharField(_("Worüber"), max_length=200)
    signed_on = models.DateField(_("unterschrieben am"), null=True, blank=True)
    valid_from = models.DateField(_("gilt ab"), null=True, blank=True)
    valid_until = models.DateField(_("gilt bis"), null=True, blank=True)
    note = models.TextField(_("Notiz"), blank=True)

    objects = AgreementQuerySet.as_manager()
    history = tracked()

    class Meta:
        verbose_name = _("Vereinbarung")
        verbose_name_plural = _("Vereinbarungen")
        ordering = [F("valid_until").desc(nulls_first=True), "-signed_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from=None)
                | Q(valid_until=None)
                | Q(valid_until__gte=F("valid_from")),
                name="agreement_ends_after_it_starts",
                violation_error_message=_("„Gilt bis“ darf nicht vor „gilt ab“ liegen."),
            ),
        ]

    def __str__(self):
        return self.title
