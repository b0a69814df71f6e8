"""What was loaded from files, so that a second run knows what it has done."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LoadedRow(models.Model):
    """One row of a file as it was when it was last loaded.

    A row whose checksum is still the same is left alone: what editors have changed since
    then is never overwritten.
    """

    file = models.CharField(_("Datei"), max_length=80)
    key = models.CharField(_("Kennung"), max_length=120)
    checksum = models.CharField(_("Prüfsumme"), max_length=64)

    class Meta:
        verbose_name = _("geladene Zeile")
        verbose_name_plural = _("geladene Zeilen")
        constraints = [
            models.UniqueConstraint(fields=["file", "key"], name="loaded_row_once_a_file"),
        ]

    def __str__(self):
        return f"{self.file}: {self.key}"
