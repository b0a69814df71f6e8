"""Whether the addresses that newsletters name lead somewhere."""

from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

GOOD_FOR = timedelta(days=1)
KEPT_FOR = timedelta(days=30)


class CheckedLinkQuerySet(models.QuerySet):
    def known(self, now=None):
        """Links looked at lately enough to be believed."""
        return self.filter(checked_at__gt=(now or timezone.now()) - GOOD_FOR)

    def old(self, now=None):
        """Links nobody asked for in a long time."""
        return self.filter(checked_at__lt=(now or timezone.now()) - KEPT_FOR)


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
