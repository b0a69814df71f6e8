"""What the office decided about two entries that looked like one."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.fields import optional


class TwinDecisionQuerySet(models.QuerySet):
    def told_apart(self, model):
        """Return the pairs of keys, the smaller first, of entries of a model that are two."""
        pairs = self.filter(model=model._meta.label_lower, is_one=False)  # noqa: SLF001
        return set(pairs.values_list("first", "second"))

    def between(self, one, other):
        """Return what was decided about two entries of one model, None if nothing was."""
        label, keys = type(one)._meta.label_lower, [one.pk, other.pk]  # noqa: SLF001
        about = self.filter(model=label, first__in=keys, second__in=keys)
        return about.order_by("-decided_at", "-pk").first()

    def successor(self, model, **wanted):
        """Return the entry that another one, which is not shown any more, was merged into.

        ``wanted`` finds the one that is gone, such as ``slug="babycafe"``; None without one.
        """
        gone = model.objects.filter(**wanted).values_list("pk", flat=True).first()
        return model.objects.filter(pk=self.successors(model).get(gone)).first()

    def successors(self, model):
        """Return by the key of each entry that was merged the key of the one it is now."""
        merged = self.filter(model=model._meta.label_lower, is_one=True)  # noqa: SLF001
        into = dict(merged.order_by("pk").values_list("second", "first"))
        return {gone: _end_of(gone, into) for gone in into}


def _end_of(gone, into):
    """Follow merged entries to the last one; a ring, which undoing may leave, ends somewhere."""
    seen = set()
    while gone in into and gone not in seen:
        seen.add(gone)
        gone = into[gone]
    return gone


class TwinDecision(models.Model):
    """Two entries of one model by their keys: they are two, or ``second`` went up in ``first``.

    Then ``edit`` is the step of work in both histories, and ``moved`` names the rows that pointed
    to the second: lists of model, field and key. So it can be taken back.
    """

    model = models.CharField(_("Art des Eintrags"), max_length=80)
    first = models.BigIntegerField(_("Eintrag"))
    second = models.BigIntegerField(_("anderer Eintrag"))
    is_one = models.BooleanField(_("zusammengeführt"))
    decided_at = models.DateTimeField(_("entschieden am"), auto_now_add=True)
    decided_by = optional(settings.AUTH_USER_MODEL, _("entschieden von"), blank=False)

    edit = models.UUIDField(null=True, editable=False)
    moved = models.JSONField(default=list, editable=False)

    objects = TwinDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("doppelter Eintrag")
        verbose_name_plural = _("doppelte Einträge")
        ordering = ["decided_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["model", "first", "second"], name="twin_decision_once_a_pair"
            ),
            models.CheckConstraint(
                condition=Q(is_one=True) | Q(first__lt=F("second")), name="twin_decision_in_order"
            ),
        ]

    def __str__(self):
        return f"{self.model}: {self.first}, {self.second}"
