"""Entries in which the night found a protected address."""

from django.apps import apps
from django.db import models
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _


class AddressLeak(models.Model):
    """An entry that names a protected address; says where, never the address.

    ``model`` and ``key`` name an entry of any floor, ``field`` the text to be mended.
    """

    model = models.CharField(_("Art des Eintrags"), max_length=80)
    key = models.CharField(_("Kennung"), max_length=40)
    field = models.CharField(_("Feld"), max_length=80)
    found_at = models.DateTimeField(_("gefunden am"), auto_now_add=True)

    class Meta:
        verbose_name = _("Eintrag mit geschützter Adresse")
        verbose_name_plural = _("Einträge mit geschützter Adresse")
        ordering = ["found_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["model", "key"], name="address_leak_once_an_entry")
        ]

    def __str__(self):
        return f"{self.kind} {self.key}: {self.field_words}"

    @property
    def kind(self):
        return str(self._entrys_model._meta.verbose_name)  # noqa: SLF001, documented API

    @property
    def field_words(self):
        return str(self._entrys_model._meta.get_field(self.field).verbose_name)  # noqa: SLF001

    @property
    def office_address(self):
        """The page where it is mended; empty where there is none."""
        try:
            return reverse(f"admin:{self.model.replace('.', '_')}_change", args=[self.key])
        except NoReverseMatch:
            return ""

    @property
    def _entrys_model(self):
        return apps.get_model(self.model)
