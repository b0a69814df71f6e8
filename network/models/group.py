"""Bodies in which partners work together."""

from django.db import models
from django.db.models import Count, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.german_order import GermanOrder
from kekiz_portal.lib.history.recording import tracked
from network import models as others  # which import this module: read when asked
from offers.protection.protected_addresses import KeepsAddressesSecret


class GroupQuerySet(models.QuerySet):
    def for_office_list(self):
        """Load all that the list of the office reads: how many partners belong to a group."""
        open_ones = others.Membership.objects.open().filter(group=OuterRef("pk")).order_by()
        partners = open_ones.values("group").annotate(number=Count("partner", distinct=True))
        return self.annotate(
            member_count=Coalesce(Subquery(partners.values("number")), Value(0)),
        )

    def with_members(self):
        """Groups that a distribution list makes sense for."""
        return self.for_office_list().filter(is_active=True, member_count__gt=0)


class Group(KeepsAddressesSecret, models.Model):
    """A network, a Familienzentrum of several Kitas, a conference; its members are partners."""

    class Kind(models.TextChoices):
        NETWORK = "network", _("Netzwerk")
        FAMILY_CENTRE = "family-centre", _("Familienzentrum (Verbund)")
        CONFERENCE = "conference", _("Konferenz")

    name = models.CharField(_("Name"), max_length=120, unique=True)
    slug = models.SlugField(_("Kurzname"), max_length=120, unique=True)
    kind = models.CharField(_("Art"), max_length=20, choices=Kind, default=Kind.NETWORK)
    description = models.TextField(_("Worum es geht"), blank=True)
    is_active = models.BooleanField(
        _("arbeitet"), default=True, help_text=_("Was nicht mehr arbeitet, bleibt nachlesbar.")
    )

    objects = GroupQuerySet.as_manager()
    history = tracked()

    class Meta:
        verbose_name = _("Netzwerk oder Verbund")
        verbose_name_plural = _("Netzwerke und Verbünde")
        ordering = [GermanOrder("name"), "name"]

    def __str__(self):
        return self.name
