"""Whom in the network a newsletter is for."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.german_order import GermanOrder
from kekiz_portal.lib.history.recording import tracked
from network.models.group import Group
from offers.models import District, InstitutionKind, Topic
from offers.protection.protected_addresses import KeepsAddressesSecret


class Segment(KeepsAddressesSecret, models.Model):
    """A part of the network under a name. What is ticked in one list widens, a second list narrows.

    Nothing ticked means nobody, unless it says that it is for the whole network.
    """

    name = models.CharField(_("Name"), max_length=80, unique=True)
    is_everybody = models.BooleanField(_("das ganze Netzwerk"), default=False)
    groups = models.ManyToManyField(
        Group, verbose_name=_("in einem dieser Netzwerke"), blank=True, related_name="+"
    )
    kinds = models.ManyToManyField(
        InstitutionKind, verbose_name=_("Art der Einrichtung"), blank=True, related_name="+"
    )
    districts = models.ManyToManyField(
        District, verbose_name=_("Ort in"), blank=True, related_name="+"
    )
    topics = models.ManyToManyField(
        Topic, verbose_name=_("mit Angeboten zu"), blank=True, related_name="+"
    )

    history = tracked(m2m_fields=["groups", "kinds", "districts", "topics"])

    class Meta:
        verbose_name = _("Empfängerkreis")
        verbose_name_plural = _("Empfängerkreise")
        ordering = [GermanOrder("name"), "name"]

    def __str__(self):
        return self.name

    @property
    def is_empty(self):
        """Whether it says nothing about whom it is for."""
        ticked = (self.groups, self.kinds, self.districts, self.topics)
        return not (self.is_everybody or any(one.exists() for one in ticked))
