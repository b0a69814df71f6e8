"""Filters of a list that somebody wants to find again."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.fields import optional
from kekiz_portal.lib.german_order import GermanOrder


class SavedListQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own lists and those that somebody has shared."""
        return self.filter(Q(by=user) | Q(is_shared=True))


LISTS = {
    "partners": "admin:network_partner_changelist",
    "contacts": "admin:network_contact_changelist",
}


class SavedList(models.Model):
    """A filtered list under a name; ``filters`` are the parameters of its address."""

    class Kind(models.TextChoices):
        PARTNERS = "partners", _("Einrichtungen")
        CONTACTS = "contacts", _("Ansprechpersonen")

    name = models.CharField(_("Name"), max_length=80)
    kind = models.CharField(_("zeigt"), max_length=10, choices=Kind, editable=False)
    filters = models.JSONField(_("Filter"), default=dict, editable=False)
    by = optional(settings.AUTH_USER_MODEL, _("von"), blank=False, editable=False)
    is_shared = models.BooleanField(_("für alle in der Koordination"), default=False)
    created_at = models.DateTimeField(_("gemerkt am"), auto_now_add=True)

    objects = SavedListQuerySet.as_manager()

    class Meta:
        verbose_name = _("gemerkte Liste")
        verbose_name_plural = _("gemerkte Listen")
        ordering = [GermanOrder("name"), "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["by", "name"],
                name="saved_list_name_once_a_person",
                violation_error_message=_("Unter diesem Namen haben Sie schon eine Liste."),
            ),
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(is_shared=True),
                name="saved_list_shared_name_once",
                violation_error_message=_("Unter diesem Namen gibt es schon eine Liste für alle."),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def address(self):
        """The address of the filtered list in the office."""
        return f"{reverse(LISTS[self.kind])}?{urlencode(self.filters)}"

    @property
    def export_address(self):
        page = LISTS[self.kind].replace("changelist", "export")
        return f"{reverse(page)}?{urlencode(self.filters)}"
