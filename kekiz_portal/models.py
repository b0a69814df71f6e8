"""Pages that speak for the portal as a whole; their texts are kept in the admin."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from offers.models.fields import PageTextField
from offers.protection.protected_addresses import KeepsAddressesSecret

from .lib import rich_text
from .lib.history.recording import tracked


class Page(KeepsAddressesSecret, models.Model):
    """A text the law asks of a public body."""

    class Slug(models.TextChoices):
        IMPRINT = "impressum", _("Impressum")
        PRIVACY = "datenschutz", _("Datenschutz")
        ACCESSIBILITY = "barrierefreiheit", _("Barrierefreiheit")

    slug = models.CharField(_("Seite"), max_length=20, choices=Slug, unique=True)
    title = models.CharField(_("Titel"), max_length=120)
    body = PageTextField(
        _("Text"), help_text=_("Erlaubt sind Überschriften, Absätze, Listen und Links.")
    )
    is_placeholder = models.BooleanField(
        _("Platzhalter"),
        default=True,
        help_text=_("Solange das gesetzt ist, steht über dem Text, dass er noch nicht gilt."),
    )
    updated_at = models.DateTimeField(_("geändert am"), auto_now=True)

    history = tracked(excluded_fields=["updated_at"])

    class Meta:
        verbose_name = _("Seite des Portals")
        verbose_name_plural = _("Seiten des Portals")
        ordering = ["slug"]

    def __str__(self):
        return self.title

    @property
    def safe_body(self):
        """The text, cleaned once more at the last step before it is shown."""
        return rich_text.stored(self.body, rich_text.PAGE_TAGS)
