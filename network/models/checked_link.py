"""Whether the addresses that newsletters name lead somewhere."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from network.querysets.checked_links import CheckedLinkQuerySet


class CheckedLink(models.Model):
    """The last look at one address; which newsletters name it is not kept."""

    url = models.URLField(_("Adresse"), max_length=500, unique=True)
    ok = models.BooleanField(_("erreichbar"))
    status = models.PositiveSmallIntegerField(_("Antwort"), null=True)
    checked_at = models.DateTimeField(_("geprüft am"), db_index=True)

    objects = CheckedLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("geprüfter Link")
        verbose_name_plural = _("geprüfte Links")
        ordering = ["url"]

    def __str__(self):
        return self.url
