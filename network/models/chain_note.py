"""What the coordinators know of a cell of the chain, and what they mean to do."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.fields import optional
from kekiz_portal.lib.history.recording import tracked
from lifephases.models import LifePhase, Transition
from offers.models import District, Topic
from offers.protection.protected_addresses import KeepsAddressesSecret


class ChainNoteQuerySet(models.QuerySet):
    def for_office_list(self):
        return self.select_related("district", "topic", "phase", "step", "owner")

    def by_cell(self, district):
        """Return the notes of a part of the city by column and topic, as slugs."""
        found = self.for_office_list().filter(district=district)
        return {((one.phase or one.step).slug, one.topic.slug): one for one in found}


class ChainNote(KeepsAddressesSecret, models.Model):
    """One note a cell: a part of the city, a topic, and a phase or a step between phases."""

    class State(models.TextChoices):
        KNOWN = "known", _("bekannt")
        WANTED = "wanted", _("gewünscht")
        PLANNED = "planned", _("geplant")
        CLOSED = "closed", _("geschlossen")

    district = models.ForeignKey(
        District, verbose_name=_("Stadt oder Stadtteil"), on_delete=models.CASCADE, related_name="+"
    )
    topic = models.ForeignKey(
        Topic, verbose_name=_("Thema"), on_delete=models.CASCADE, related_name="+"
    )
    phase = optional(LifePhase, _("Lebensphase"), models.CASCADE)
    step = optional(Transition, _("Übergang"), models.CASCADE)
    state = models.CharField(
        _("Stand"),
        max_length=10,
        choices=State,
        default=State.KNOWN,
        help_text=_("„geschlossen“: Das Loch ist zu, oder hier braucht es nichts."),
    )
    text = models.TextField(_("Notiz"), max_length=1000, blank=True)
    owner = optional(
        "auth.User", _("Wer kümmert sich?"), limit_choices_to={"is_active": True, "is_staff": True}
    )
    due_on = models.DateField(_("bis wann"), null=True, blank=True)

    objects = ChainNoteQuerySet.as_manager()
    history = tracked()

    class Meta:
        verbose_name = _("Notiz zur Kette")
        verbose_name_plural = _("Notizen zur Kette")
        ordering = [models.F("due_on").asc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(phase=None, step__isnull=False) | Q(phase__isnull=False, step=None),
                name="chain_note_is_about_a_phase_or_a_step",
                violation_error_message=_("Wählen Sie eine Lebensphase oder einen Übergang."),
            ),
            models.UniqueConstraint(
                fields=["district", "topic", "phase", "step"],
                nulls_distinct=False,
                name="chain_note_once_a_cell",
                violation_error_message=_("Zu diesem Feld gibt es schon eine Notiz."),
            ),
        ]

    def __str__(self):
        return f"{self.district.label}, {self.topic}, {self.phase or self.step}"
