"""What the city and a partner have agreed on."""

from datetime import timedelta

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.history.recording import tracked
from network.models.partner import Partner
from offers.protection.protected_addresses import KeepsAddressesSecret

RUNS_OUT_DAYS = 90


class AgreementQuerySet(models.QuerySet):
    def valid(self, on=None):
        """Agreements that hold on a day (today by default)."""
        day = on or timezone.localdate()
        begun = Q(valid_from=None) | Q(valid_from__lte=day)
        return self.filter(begun, Q(valid_until=None) | Q(valid_until__gte=day))

    def running_out(self, on=None):
        """Valid agreements that end within three months and that no later one follows."""
        day = on or timezone.localdate()
        later = self.model.objects.filter(
            Q(valid_until=None) | Q(valid_until__gt=OuterRef("valid_until")),
            partner=OuterRef("partner"),
        )
        soon = self.valid(day).filter(valid_until__lte=day + timedelta(days=RUNS_OUT_DAYS))
        return soon.filter(~Exists(later))


class Agreement(KeepsAddressesSecret, models.Model):
    """A cooperation agreement; without an end it holds until somebody ends it."""

    partner = models.ForeignKey(
        Partner, verbose_name=_("Partner"), on_delete=models.PROTECT, related_name="agreements"
    )
    title = models.CharField(_("Worüber"), max_length=200)
    signed_on = models.DateField(_("unterschrieben am"), null=True, blank=True)
    valid_from = models.DateField(_("gilt ab"), null=True, blank=True)
    valid_until = models.DateField(_("gilt bis"), null=True, blank=True)
    note = models.TextField(_("Notiz"), blank=True)

    objects = AgreementQuerySet.as_manager()
    history = tracked()

    class Meta:
        verbose_name = _("Vereinbarung")
        verbose_name_plural = _("Vereinbarungen")
        ordering = [F("valid_until").desc(nulls_first=True), "-signed_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from=None)
                | Q(valid_until=None)
                | Q(valid_until__gte=F("valid_from")),
                name="agreement_ends_after_it_starts",
                violation_error_message=_("„Gilt bis“ darf nicht vor „gilt ab“ liegen."),
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def term_words(self):
        """From when to when it holds, and when it was signed; "" if nobody entered any day."""
        days = [self.valid_from, self.valid_until, self.signed_on]
        start, end, signed = (day and date_format(day, "SHORT_DATE_FORMAT") for day in days)
        said = []
        if start and end:
            said.append(_now("gilt vom %(start)s bis %(end)s") % {"start": start, "end": end})
        elif start or end:
            said.append(_now("gilt ab %s") % start if start else _now("gilt bis %s") % end)
        if signed:
            said.append(_now("unterschrieben %s") % signed)
        return ", ".join(said)
