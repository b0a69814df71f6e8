"""Institutions that have joined the prevention network."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.german_order import GermanOrder
from network.querysets.partners import PartnerQuerySet
from offers.history import tracked
from offers.models import Institution
from offers.protected_addresses import KeepsAddressesSecret


class Partner(KeepsAddressesSecret, models.Model):
    """An institution as a member of the network, one to one."""

    institution = models.OneToOneField(
        Institution,
        verbose_name=_("Einrichtung"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    since = models.DateField(_("Partner seit"), null=True, blank=True)
    labels = ArrayField(
        models.CharField(max_length=40), verbose_name=_("Schlagworte"), default=list, blank=True
    )
    notes = models.TextField(_("interne Notiz"), blank=True)
    created_at = models.DateTimeField(_("angelegt am"), auto_now_add=True)
    updated_at = models.DateTimeField(_("geändert am"), auto_now=True)

    objects = PartnerQuerySet.as_manager()
    history = tracked(excluded_fields=["updated_at"])

    class Meta:
        verbose_name = _("Netzwerkpartner")
        verbose_name_plural = _("Netzwerkpartner")
        ordering = [GermanOrder("institution__name"), "institution__name"]

    def __str__(self):
        return self.institution.name
