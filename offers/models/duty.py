"""Whose duty a need is: the city's rules, by topic, part of the city and age."""

import datetime as dt

from django.contrib.postgres.fields import IntegerRangeField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.fields import optional
from kekiz_portal.lib.history.recording import tracked
from lifephases import ages
from offers.protection.protected_addresses import KeepsAddressesSecret

from .district import District
from .institution import Institution
from .offer import Offer
from .vocabulary import Topic

CHECKED_FOR = dt.timedelta(days=365)  # so long a rule counts as checked


class DutyQuerySet(models.QuerySet):
    def to_check(self):
        """Rules that nobody has checked, or not for a year."""
        a_year_ago = timezone.localdate() - CHECKED_FOR
        return self.filter(Q(checked_on=None) | Q(checked_on__lt=a_year_ago))


class Duty(KeepsAddressesSecret, models.Model):
    """Who answers for a topic, in a part of the city, at an age; what is left open means any.

    The number and its hours are those of the offer or of the institution, so they stand in one
    place; without either it is known whose duty it is, but not how to reach them.
    """

    who = models.CharField(
        _("Wer zuständig ist"),
        max_length=120,
        help_text=_("Die Stelle, wie Familien sie kennen: „Familienbüro“."),
    )
    topic = optional(
        Topic,
        _("Thema"),
        models.PROTECT,
        help_text=_("Leer: für jedes Thema, für das keine andere Regel gilt."),
    )
    district = optional(
        District, _("Stadtteil"), models.PROTECT, help_text=_("Leer: in der ganzen Stadt.")
    )
    ages = IntegerRangeField(
        _("Alter"), null=True, blank=True, help_text=_("Leer: jedes Alter, auch wo es offen ist.")
    )
    offer = optional(Offer, _("Nummer aus dem Angebot"))
    institution = optional(Institution, _("Nummer der Einrichtung"))
    is_youth_office = models.BooleanField(_("Ist das das Jugendamt?"), null=True, blank=True)
    is_anonymous = models.BooleanField(
        _("Geht es, ohne den Namen zu sagen?"), null=True, blank=True
    )
    checked_on = models.DateField(
        _("geprüft am"),
        null=True,
        blank=True,
        help_text=_("Wann das Amt zuletzt bestätigt hat, dass die Stelle zuständig ist."),
    )
    note = models.CharField(_("interne Notiz"), max_length=300, blank=True)

    objects = DutyQuerySet.as_manager()
    history = tracked()

    class Meta:
        verbose_name = _("Zuständigkeit")
        verbose_name_plural = _("Zuständigkeiten")
        ordering = ["topic__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["topic", "district", "ages"],
                nulls_distinct=False,
                name="duty_once_a_need",
                violation_error_message=_(
                    "Für dieses Thema, diesen Stadtteil und dieses Alter gibt es schon eine Regel."
                ),
            ),
            models.CheckConstraint(
                condition=Q(offer=None) | Q(institution=None),
                name="duty_has_one_number",
                violation_error_message=_("Wählen Sie ein Angebot oder eine Einrichtung."),
            ),
            models.CheckConstraint(condition=Q(ages__isempty=False), name="duty_ages_not_empty"),
        ]

    def __str__(self):
        return self.who

    @property
    def age_words(self):
        return ages.span_in_words(self.ages)

    @property
    def is_checked(self):
        """Whether somebody said within a year that it is so."""
        return bool(self.checked_on and self.checked_on >= timezone.localdate() - CHECKED_FOR)
