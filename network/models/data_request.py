"""What people ask the office about their own data, and until when it must be answered."""

from dateutil.relativedelta import relativedelta
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.fields import MailboxField


class DataRequestQuerySet(models.QuerySet):
    def open(self):
        """What still waits for an answer, the most urgent first."""
        return self.filter(done_on=None).order_by("due_on", "pk")

    def answered(self):
        return self.exclude(done_on=None)

    def of(self, address):
        return self.filter(address__mailbox=address)

    def close(self):
        """Note that these are answered today; they name nobody any more."""
        return self.update(done_on=timezone.localdate(), address="", note="")


ANSWERED_WITHIN = relativedelta(months=1)
AT_THE_LATEST = relativedelta(months=3)


class DataRequest(models.Model):
    """A request by letter, phone or mail (GDPR Art. 15 to 21), due within a month (Art. 12 (3)).

    Whoever uses the link of a mail is answered at once and needs none. What is answered names
    nobody any more: it only proves that the office kept the time.
    """

    class Kind(models.TextChoices):
        ACCESS = "access", _("Auskunft")
        RECTIFICATION = "rectification", _("Berichtigung")
        ERASURE = "erasure", _("Löschung")
        PORTABILITY = "portability", _("Mitnahme der Daten")
        OBJECTION = "objection", _("Widerspruch")

    kind = models.CharField(_("worum es geht"), max_length=15, choices=Kind, default=Kind.ACCESS)
    address = MailboxField(_("E-Mail"), blank=True)
    note = models.TextField(
        _("Notiz"),
        blank=True,
        help_text=_("Wie die Bitte kam und was noch fehlt. Geht mit der Adresse, wenn erledigt."),
    )
    received_on = models.DateField(_("eingegangen am"), default=timezone.localdate)
    extended_on = models.DateField(
        _("Verlängerung mitgeteilt am"),
        null=True,
        blank=True,
        help_text=_(
            "Nur wenn es schwierig ist, und innerhalb des ersten Monats mit Gründen mitgeteilt: "
            "Dann sind es drei Monate."
        ),
    )
    due_on = models.DateField(_("zu beantworten bis"), editable=False)
    done_on = models.DateField(_("beantwortet am"), null=True, blank=True)

    objects = DataRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("Bitte zu eigenen Daten")
        verbose_name_plural = _("Bitten zu eigenen Daten")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_on=None) | Q(done_on__gte=F("received_on")),
                name="data_request_is_answered_after_it_came",
                violation_error_message=_("„Beantwortet“ darf nicht vor „eingegangen“ liegen."),
            ),
            models.CheckConstraint(
                condition=Q(done_on=None) | Q(address="", note=""),
                name="data_request_that_is_answered_names_nobody",
            ),
            models.CheckConstraint(
                condition=~Q(done_on=None) | ~Q(address="", note=""),
                name="data_request_says_who_asked",
                violation_error_message=_("Schreiben Sie, von wem die Bitte kommt."),
            ),
        ]

    def __str__(self):
        words = _("%(kind)s, fällig war %(day)s") if self.is_late else _("%(kind)s bis %(day)s")
        day = date_format(self.due_on, "j. F Y")
        return words % {"kind": self.get_kind_display(), "day": day}

    def save(self, **options):
        self.settle()
        super().save(**options)

    def clean(self):
        """Nothing comes or is answered in the future; more time only where it was told in time."""
        today = timezone.localdate()
        for name in ["received_on", "extended_on", "done_on"]:
            if (getattr(self, name) or today) > today:
                raise ValidationError({name: _("Dieser Tag liegt noch vor uns.")})
        if self.extended_on and self.received_on:
            first, last = self.received_on, self.received_on + ANSWERED_WITHIN
            if not first <= self.extended_on <= last:
                words = _("Das geht nur innerhalb eines Monats nach dem Eingang.")
                raise ValidationError({"extended_on": words})
        if self.received_on:
            self.settle()

    def settle(self):
        """Work out the last day; take who asked out of what is answered."""
        self.due_on = self.received_on + (AT_THE_LATEST if self.extended_on else ANSWERED_WITHIN)
        if self.done_on:
            self.address = self.note = ""

    @property
    def is_late(self):
        return self.done_on is None and self.due_on < timezone.localdate()
