"""The link by which an institution answers for its entries without an account."""

import datetime as dt
import hashlib
import secrets

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from offers.models import Institution

KEY_BYTES = 32


def mark_of(key):
    """Return what is kept of a key: who reads the database cannot open the link."""
    return hashlib.sha256(key.encode(errors="replace")).hexdigest()


class HouseLinkQuerySet(models.QuerySet):
    def of_key(self, key):
        """The link that a key opens, good or not any more."""
        return self.filter(mark=mark_of(key))

    def good(self, at=None):
        """Links that open the page: not expired, not taken back, of a house that is still there."""
        now = at or timezone.now()
        return self.filter(expires_at__gt=now, revoked_at=None, institution__archived_on=None)

    def revoke(self):
        """Take links back, and those they were sent on as; returns how many were good."""
        keys = list(self.values_list("pk", flat=True))
        both = HouseLink.objects.filter(Q(pk__in=keys) | Q(letter__sent_on_by__in=keys))
        found = HouseLink.objects.filter(pk__in=both.values("pk"), revoked_at=None)
        return found.update(revoked_at=timezone.now())

    def made_for(self, institution, language=""):
        """Make a link for an institution; return it and its key, which is known only now."""
        key = secrets.token_urlsafe(KEY_BYTES)
        days = dt.timedelta(days=settings.HOUSE_LINK_DAYS)
        link = self.create(
            institution=institution,
            mark=mark_of(key),
            language=language or settings.LANGUAGE_CODE,
            expires_at=timezone.now() + days,
        )
        return link, key


class HouseLink(models.Model):
    """One institution's link: whoever has the letter speaks for the house until it expires."""

    institution = models.ForeignKey(
        Institution, verbose_name=_("Einrichtung"), on_delete=models.CASCADE, related_name="+"
    )
    mark = models.CharField(max_length=64, unique=True, editable=False)
    language = models.CharField(_("Sprache"), max_length=10)
    created_at = models.DateTimeField(_("angelegt am"), auto_now_add=True)
    expires_at = models.DateTimeField(_("gilt bis"))
    revoked_at = models.DateTimeField(_("zurückgenommen am"), null=True, blank=True)
    used_count = models.PositiveIntegerField(_("Antworten"), default=0)
    used_at = models.DateTimeField(_("zuletzt geantwortet am"), null=True, blank=True)

    objects = HouseLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("Link einer Einrichtung")
        verbose_name_plural = _("Links der Einrichtungen")
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return str(self.institution)

    def note_use(self):
        """Count an answer; looking at the page is none, as mail scanners look too."""
        uses = {"used_count": F("used_count") + 1, "used_at": timezone.now()}
        HouseLink.objects.filter(pk=self.pk).update(**uses)
