"""When in life: phases, the transitions between them, and milestones."""

import datetime as dt

from django.contrib.postgres.fields import IntegerRangeField
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.fields import WebAddressField, optional
from kekiz_portal.lib.history.recording import tracked

from . import ages, school_years
from .signals import checked

DAY_OF_ANY_YEAR = (
    "^((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])"
    "|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))$"
)


class AgeSpanQuerySet(models.QuerySet):
    """Rows that hold a span of ages; shared by phases, transitions and milestones."""

    def overlapping(self, span):
        """Rows whose span shares at least one month with another."""
        return self.filter(ages__overlap=span)


class AgeSpan(models.Model):
    """A row that covers a span of ages in months; pregnancy is negative."""

    ages = IntegerRangeField(
        _("Alter in Monaten"),
        help_text=_("In Monaten seit der Geburt. Die Schwangerschaft sind die Monate davor."),
    )

    class Meta:
        abstract = True

    def __contains__(self, month):
        """Whether an age in months lies within the span."""
        first, last = self.first_month, self.last_month
        return (first is None or first <= month) and (last is None or month <= last)

    def clean(self):
        """Let the floors above object to what is about to be kept."""
        super().clean()
        checked.send(sender=type(self), entry=self)

    @property
    def age_words(self):
        return ages.roughly_in_words(self.ages)

    @property
    def first_month(self):
        return ages.first_month(self.ages)

    @property
    def last_month(self):
        return ages.last_month(self.ages)


def span_constraint(name):
    """Return the constraint that a span of ages is not empty."""
    return models.CheckConstraint(
        condition=Q(ages__isempty=False),
        name=name,
        violation_error_message=_("Das Alter „von“ muss vor dem Alter „bis“ liegen."),
    )


class Transition(AgeSpan):
    """A window between two phases in which children get lost most easily."""

    slug = models.SlugField(_("Kurzname"), max_length=80, unique=True)
    name = models.CharField(_("Name"), max_length=120)
    position = models.PositiveSmallIntegerField(_("Reihenfolge"), unique=True)
    note = models.TextField(_("Hinweis"), blank=True)

    objects = AgeSpanQuerySet.as_manager()

    class Meta:
        verbose_name = _("Übergang")
        verbose_name_plural = _("Übergänge")
        ordering = ["position"]
        constraints = [span_constraint("transition_ages_not_empty")]
        indexes = [GistIndex(fields=["ages"], name="transition_ages_gist")]

    def __str__(self):
        return self.name


class LifePhaseQuerySet(AgeSpanQuerySet):
    def along_the_chain(self):
        """The phases a child grows through, without those that cut across."""
        return self.filter(kind=self.model.Kind.PHASE)


class LifePhase(AgeSpan):
    """A stretch of growing up, or a theme that cuts across all of them."""

    class Kind(models.TextChoices):
        PHASE = "phase", _("Lebensphase")
        CROSS = "cross", _("Querschnitt: Alter des Kindes egal")

    slug = models.SlugField(_("Kurzname"), max_length=80, unique=True)
    name = models.CharField(_("Name"), max_length=120, unique=True)
    short_name = models.CharField(_("kurzer Name"), max_length=40)
    kind = models.CharField(_("Art"), max_length=10, choices=Kind, default=Kind.PHASE)
    position = models.PositiveSmallIntegerField(_("Reihenfolge"), unique=True)
    description = models.TextField(_("Beschreibung"), blank=True)
    hue = models.PositiveSmallIntegerField(
        _("Farbton"), default=0, help_text=_("1 bis 7 entlang der Kette, 0 ist neutral.")
    )
    pictogram = models.SlugField(_("Piktogramm"), max_length=40, blank=True)
    transition_out = optional(
        Transition, _("führt in den Übergang"), models.PROTECT, related_name="phases_before"
    )

    objects = LifePhaseQuerySet.as_manager()
    history = tracked()

    class Meta:
        verbose_name = _("Lebensphase")
        verbose_name_plural = _("Lebensphasen")
        ordering = ["position"]
        constraints = [
            span_constraint("lifephase_ages_not_empty"),
            models.CheckConstraint(
                condition=Q(hue__lte=7),
                name="lifephase_hue_within_the_palette",
                violation_error_message=_("Der Farbton ist eine Zahl von 0 bis 7."),
            ),
        ]
        indexes = [GistIndex(fields=["ages"], name="lifephase_ages_gist")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("offers:phase", args=[self.slug])

    @property
    def is_cross(self):
        return self.kind == self.Kind.CROSS


class MilestoneQuerySet(AgeSpanQuerySet):
    def in_phase(self, phase):
        """Return the milestones that a phase is about, as a list in order of age.

        What ends as the phase begins belongs to the one before, and what a child of ten still
        learns is not announced to the parents of sixteen-year-olds.
        """
        touching = self.overlapping(phase.ages)
        return [one for one in touching if ages.really_covers(one.ages, phase.ages)]


class Milestone(AgeSpan):
    """Something that is due at an age, with what to do and by when."""

    class Kind(models.TextChoices):
        HEALTH = "health", _("Gesundheit")
        CARE = "care", _("Betreuung")
        SCHOOL = "school", _("Schule")
        BENEFIT = "benefit", _("Geld und Antrag")
        WORK = "work", _("Ausbildung und Beruf")

    slug = models.SlugField(_("Kurzname"), max_length=80, unique=True)
    title = models.CharField(_("Titel"), max_length=120)
    kind = models.CharField(_("Art"), max_length=10, choices=Kind)
    what_to_do = models.TextField(_("Was ist zu tun?"))
    by_when = models.CharField(_("Bis wann?"), max_length=200, blank=True)
    source = models.CharField(_("Quelle"), max_length=200)
    source_url = WebAddressField(_("Adresse der Quelle"), max_length=500, blank=True)

    comes_first = models.BooleanField(
        _("zuerst zeigen"),
        default=False,
        help_text=_("Die Seite einer Lebensphase zeigt drei davon, die übrigen zum Aufklappen."),
    )

    before_day = models.CharField(
        _("jedes Jahr vor dem"),
        max_length=5,
        blank=True,
        help_text=_(
            "Nur wo ein Tag im Kalender drängt, nicht das Alter: Monat und Tag, 02-01 ist der "
            "1. Februar. „Mein Faden“ nennt den Tag davor als Ende."
        ),
    )
    cutoff_day = models.CharField(
        _("Stichtag für das Schuljahr"),
        max_length=5,
        blank=True,
        help_text=_(
            "Nur wo das Schuljahr entscheidet: Monat und Tag, 09-30 ist der 30. September. Das "
            "Alter zählt dann an diesem Tag, und die Zeit ist das Schuljahr, das im selben Jahr am "
            "1. August beginnt. Ohne „jedes Jahr vor dem“ und „geht auch später“ ist es dessen "
            "erster Tag."
        ),
    )
    goes_on = models.BooleanField(
        _("geht auch später"),
        default=False,
        help_text=_("Wo nach dem Alter nichts versäumt ist, nennt „Mein Faden“ kein Ende."),
    )

    objects = MilestoneQuerySet.as_manager()
    history = tracked()

    class Meta:
        verbose_name = _("Meilenstein")
        verbose_name_plural = _("Meilensteine")
        ordering = ["ages", "title"]
        constraints = [
            span_constraint("milestone_ages_not_empty"),
            models.CheckConstraint(
                condition=Q(before_day="") | Q(before_day__regex=DAY_OF_ANY_YEAR, goes_on=False),
                name="milestone_before_a_day_of_any_year",
                violation_error_message=_(
                    "Schreiben Sie den Tag als Monat und Tag, zum Beispiel 02-01. "
                    "Was vor einem Tag zu tun ist, geht nicht auch später."
                ),
            ),
            models.CheckConstraint(
                condition=Q(cutoff_day="")
                | Q(
                    cutoff_day__regex=DAY_OF_ANY_YEAR,
                    ages__startswith__isnull=False,
                    ages__endswith__isnull=False,
                    ages__endswith__gte=F("ages__startswith") + ages.MONTHS_A_YEAR,
                ),
                name="milestone_of_a_school_year_is_for_each_child",
                violation_error_message=_(
                    "Schreiben Sie den Stichtag als Monat und Tag, zum Beispiel 09-30. "
                    "Das Alter umfasst mindestens zwölf Monate, sonst fehlen Kinder."
                ),
            ),
        ]
        indexes = [GistIndex(fields=["ages"], name="milestone_ages_gist")]

    def __str__(self):
        return self.title

    @property
    def age_words(self):
        return ages.span_in_words(self.ages)

    def last_chance(self, day):
        """Return the last day before the next ``before_day``, ``None`` if it has none."""
        if not self.before_day:
            return None
        month, of_month = _month_and_day(self.before_day)
        years = (day.year, day.year + 1)
        over = next(one for year in years if (one := dt.date(year, month, of_month)) > day)
        return over - dt.timedelta(days=1)

    def school_years(self, born):
        """Return the first day of its school years for a child born in a month, and of the next.

        Asked only where there is a ``cutoff_day``.
        """
        cutoff = _month_and_day(self.cutoff_day)
        first = school_years.first_year(born, self.first_month, *cutoff)
        after = school_years.first_year(born, self.last_month + 1, *cutoff)
        return school_years.begin(first), school_years.begin(after)


def _month_and_day(written):
    month, day = written.split("-")
    return int(month), int(day)
