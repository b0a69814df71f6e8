"""Who belongs to a group, who speaks for them, and from when until when."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.fields import optional
from kekiz_portal.lib.german_order import GermanOrder
from kekiz_portal.lib.history.recording import tracked
from network.models.contact import Contact
from network.models.group import Group
from network.models.partner import Partner
from offers.protection.protected_addresses import KeepsAddressesSecret


class MembershipQuerySet(models.QuerySet):
    def open(self, on=None):
        """Memberships that hold on a day (today by default)."""
        day = on or timezone.localdate()
        begun = Q(since=None) | Q(since__lte=day)
        return self.filter(begun, Q(until=None) | Q(until__gte=day))

    def with_groups(self):
        """Those of today, loaded as ``open_memberships`` of partners or people, by group."""
        found = self.open().select_related("group").order_by(GermanOrder("group__name"), "pk")
        return Prefetch("memberships", found, to_attr="open_memberships")


class Membership(KeepsAddressesSecret, models.Model):
    """A partner in a group, with or without a person who represents it there."""

    group = models.ForeignKey(
        Group, verbose_name=_("Gruppe"), on_delete=models.PROTECT, related_name="memberships"
    )
    partner = models.ForeignKey(
        Partner, verbose_name=_("Partner"), on_delete=models.PROTECT, related_name="memberships"
    )
    contact = optional(Contact, _("vertreten durch"), related_name="memberships")
    role = models.CharField(_("Aufgabe in der Gruppe"), max_length=120, blank=True)
    since = models.DateField(_("seit"), null=True, blank=True)
    until = models.DateField(_("bis"), null=True, blank=True)
    is_voting = models.BooleanField(_("stimmberechtigt"), default=False)

    objects = MembershipQuerySet.as_manager()
    history = tracked()

    class Meta:
        verbose_name = _("Mitgliedschaft")
        verbose_name_plural = _("Mitgliedschaften")
        ordering = [GermanOrder("group__name"), GermanOrder("partner__institution__name"), "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(since=None) | Q(until__gte=F("since")),
                name="membership_ends_after_it_starts",
                violation_error_message=_("„Bis“ darf nicht vor „seit“ liegen."),
            ),
            models.UniqueConstraint(
                fields=["group", "partner", "contact"],
                condition=Q(until=None),
                nulls_distinct=False,
                name="membership_open_once",
                violation_error_message=_(
                    "Diese Einrichtung gehört mit dieser Vertretung schon zur Gruppe."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.partner} – {self.group}"

    def clean(self):
        """Only somebody of the partner can speak for it."""
        if self.contact is not None and self.contact.partner_id != self.partner_id:
            raise ValidationError(
                {"contact": _("Wählen Sie eine Person, die zu dieser Einrichtung gehört.")}
            )
