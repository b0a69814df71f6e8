"""Pages that speak for the portal as a whole; their texts are kept in the admin."""

import nh3
from django.db import models
from django.utils.translation import gettext_lazy as _

from offers.history import tracked

ALLOWED_TAGS = {"p", "h2", "h3", "h4", "ul", "ol", "li", "a", "strong", "em", "br", "address"}
ALLOWED_ATTRIBUTES = {"a": {"href", "lang"}, "p": {"lang"}}
ALLOWED_SCHEMES = {"http", "https", "mailto", "tel"}


def sanitised(html):
    """Return ``html`` with only the tags, attributes and links that a page may show."""
    return nh3.clean(
        html, tags=ALLOWED_TAGS, attributes=ALLOWED_ATTRIBUTES, url_schemes=ALLOWED_SCHEMES
    )


class Page(models.Model):
    """A text the law asks of a public body."""

    class Slug(models.TextChoices):
        IMPRINT = "impressum", _("Impressum")
        PRIVACY = "datenschutz", _("Datenschutz")
        ACCESSIBILITY = "barrierefreiheit", _("Barrierefreiheit")

    slug = models.CharField(_("Seite"), max_length=20, choices=Slug, unique=True)
    title = models.CharField(_("Titel"), max_length=120)
    body = models.TextField(
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

    def save(self, *args, **kwargs):
        self.body = sanitised(self.body)
        super().save(*args, **kwargs)

    @property
    def safe_body(self):
        """The text, sanitised once more at the last step before it is shown."""
        return sanitised(self.body)
