"""Whether the links of the entries still lead somewhere."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from offers.models.offer import Offer

ONE_NIGHT = dt.timedelta(hours=12)


class LinkCheckQuerySet(models.QuerySet):
    def dead(self):
        """Links that failed on two nights or more: once may be the server's own bad night."""
        return self.filter(ok=False, failing_since__lte=F("checked_at") - ONE_NIGHT)


class LinkCheck(models.Model):
    """The last look at one link of one offer."""

    offer = models.ForeignKey(
        Offer, verbose_name=_("Angebot"), on_delete=models.CASCADE, related_name="link_checks"
    )
    url = models.URLField(_("Adresse"), max_length=500)
    ok = models.BooleanField(_("erreichbar"))
    status = models.CharField(_("Antwort"), max_length=80, blank=True)  # the number of HTTP
    checked_at = models.DateTimeField(_("geprüft am"))
    failing_since = models.DateTimeField(_("gestört seit"), null=True, blank=True)

    objects = LinkCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("Linkprüfung")
        verbose_name_plural = _("Linkprüfungen")
        ordering = ["checked_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["offer", "url"], name="link_check_once_an_offer"),
            models.CheckConstraint(
                condition=Q(ok=True, failing_since=None) | Q(ok=False, failing_since__isnull=False),
                name="link_check_fails_since_a_time",
            ),
        ]

    def __str__(self):
        return f"{self.url}: {self.status}"
