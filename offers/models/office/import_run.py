"""Imports: each file with its dry run, what it changed, and the way back."""

from datetime import timedelta

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.fields import optional
from kekiz_portal.lib.german_order import GermanOrder

DAYS_KEPT = 30
ATTEMPTS = 2  # of a step: what takes a worker down twice would do so a third time


def _month_ago():
    return timezone.now() - timedelta(days=DAYS_KEPT)


class ImportRunQuerySet(models.QuerySet):
    def claim(self, pk, *, before, after, **values):
        """Take a run from one state to the next; whether it was this call that did it."""
        return bool(self.filter(pk=pk, state__in=before).update(state=after, **values))

    def of_people_long_ago(self):
        """Lists of people that were taken over a month ago: undone by then, or never."""
        return self.filter(kind=self.model.Kind.PEOPLE, done_at__lt=_month_ago())

    def abandoned(self):
        """Runs that nobody took over for a month, whatever they wait for."""
        state = self.model.State
        done = [state.DONE, state.UNDOING, state.UNDONE]
        return self.exclude(state__in=done).filter(created_at__lt=_month_ago())

    def forget_refused_rows(self):
        """Forget the rows, kept to be mended, that were refused more than a month ago."""
        old = self.filter(done_at__lt=_month_ago(), content__isnull=False)
        return old.update(content=None)

    def cut_short(self):
        """Runs whose step was begun once and may have lost its worker."""
        at_work = self.filter(state__in=self.model.AT_WORK, started_at__isnull=False)
        return at_work.filter(attempts__lt=ATTEMPTS)


class ImportRowQuerySet(models.QuerySet):
    def of_kind_done(self, kind):
        """Rows of imports that stand, the oldest import first."""
        return self.filter(run__kind=kind, run__state="done").order_by("run__done_at", "run_id")

    def to_apply(self):
        """Rows that change something here."""
        return self.filter(
            Q(outcome__in=["created", "changed"]) | Q(outcome="protected", overwrite=True)
        )

    def remaining(self):
        """Rows of an import that was undone of which something stands here all the same."""
        return self.filter(run__state="undone", is_applied=True)

    def with_protected_values(self):
        return self.exclude(protected={})

    def counts(self):
        """Return how many rows have each outcome, hold protected values, remained."""
        found = dict(self.order_by().values_list("outcome").annotate(Count("pk")))
        return found | {
            "protected": self.with_protected_values().count(),
            "remaining": self.remaining().count(),
        }


class Kind(models.TextChoices):
    """What a file is about."""

    OFFERS = "offers", _("Angebote")
    INSTITUTIONS = "institutions", _("Einrichtungen")
    # The floor above knows what these are.
    PEOPLE = "people", _("Menschen im Netzwerk")
    CHILDREN = "children", _("Kinderzahlen")
    NEEDS = "needs", _("Zahlen zum Bedarf")


class ImportRun(models.Model):
    """One file on its way in. Its bytes and what was read are kept only until the import is done,
    at most ``DAYS_KEPT``; what gives a protected place away is forgotten as soon as it is checked.

    ``content`` is the packed ``tables.document.Document``; ``reading`` what a person said about
    encoding, sheet and header; ``answers`` which entry a row is about, by line: its number, or
    "new". ``attempts`` counts how often the step at hand was begun.
    """

    Kind = Kind

    class State(models.TextChoices):
        READING = "reading", _("wird gelesen")
        UNREADABLE = "unreadable", _("nicht lesbar")
        UPLOADED = "uploaded", _("hochgeladen")
        CHECKING = "checking", _("wird geprüft")
        CHECKED = "checked", _("geprüft")
        COMMITTING = "committing", _("wird übernommen")
        DONE = "done", _("übernommen")
        UNDOING = "undoing", _("wird rückgängig gemacht")
        UNDONE = "undone", _("rückgängig gemacht")

    AT_WORK = (State.READING, State.CHECKING, State.COMMITTING, State.UNDOING)

    kind = models.CharField(_("Was?"), max_length=12, choices=Kind)
    file_name = models.CharField(_("Datei"), max_length=200)
    file = models.BinaryField(null=True)
    content = models.BinaryField(null=True)
    reading = models.JSONField(default=dict)
    answers = models.JSONField(default=dict)
    by = optional(settings.AUTH_USER_MODEL, _("von"), blank=False)
    mapping = models.JSONField(_("Spalten"), default=dict)
    state = models.CharField(_("Stand"), max_length=10, choices=State, default=State.UPLOADED)
    problem = models.CharField(_("Was nicht ging"), max_length=500, blank=True)
    notes = models.JSONField(_("Hinweise"), default=list)
    progress = models.PositiveIntegerField(_("Zeilen bisher"), default=0)
    total = models.PositiveIntegerField(_("Zeilen"), default=0)
    created_at = models.DateTimeField(_("hochgeladen am"), auto_now_add=True)
    started_at = models.DateTimeField(_("begonnen am"), null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(_("übernommen am"), null=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("Import")
        verbose_name_plural = _("Importe")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["done", "undoing", "undone"]) | Q(done_at__isnull=False),
                name="import_run_done_at_a_time",
            ),
        ]

    def __str__(self):
        return self.file_name

    @property
    def reason(self):
        """What the history of every changed entry says."""
        return f"Import „{self.file_name}“"

    @property
    def is_at_work(self):
        return self.state in self.AT_WORK


class ImportRow(models.Model):
    """One row of a file: what it says, what it would change, what became of it.

    ``values`` are all plain values read, by column; ``changes`` and ``protected`` hold pairs of
    the value here and the value in the file. A protected value was edited here after the last
    import: it is taken only with ``overwrite``.
    """

    class Outcome(models.TextChoices):
        CREATED = "created", _("neu")
        CHANGED = "changed", _("geändert")
        UNCHANGED = "unchanged", _("unverändert")
        REFUSED = "refused", _("abgelehnt")
        PROTECTED = "protected", _("hier geändert")
        QUESTION = "question", _("fragt nach")

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField(_("Zeile"))
    outcome = models.CharField(_("Ergebnis"), max_length=10, choices=Outcome)
    name = models.CharField(_("Eintrag"), max_length=200, blank=True)
    target = models.BigIntegerField(null=True)  # an offer or an institution, which may be gone
    values = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    changes = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    protected = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    problems = models.JSONField(default=list)
    hints = models.JSONField(default=list)
    candidates = models.JSONField(default=list)  # entries a row that asks may be about
    overwrite = models.BooleanField(_("trotzdem überschreiben"), default=False)
    is_applied = models.BooleanField(default=False)  # and not taken back, or not all of it

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("Zeile eines Imports")
        verbose_name_plural = _("Zeilen eines Imports")
        ordering = ["line"]
        constraints = [
            models.UniqueConstraint(fields=["run", "line"], name="import_row_once_a_run"),
        ]
        indexes = [
            models.Index(fields=["run", "outcome", "line"], name="import_row_outcome"),
            models.Index(fields=["target"], name="import_row_target"),
        ]

    def __str__(self):
        return f"{self.run}, {self.line}"


class ImportMapping(models.Model):
    """The columns of a file as somebody has mapped them, kept for the next time."""

    kind = models.CharField(_("Was?"), max_length=12, choices=Kind)
    name = models.CharField(_("Name"), max_length=80)
    mapping = models.JSONField(_("Spalten"))

    class Meta:
        verbose_name = _("Spaltenzuordnung")
        verbose_name_plural = _("Spaltenzuordnungen")
        ordering = [GermanOrder("name"), "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "name"],
                name="import_mapping_name_once_a_kind",
                violation_error_message=_("Diesen Namen gibt es schon."),
            ),
        ]

    def __str__(self):
        return self.name
