"""Whether there is room in an offer, as its institution said; old words are no promise."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from offers.models.offer import Offer


class FreePlacesQuerySet(models.QuerySet):
    def fresh(self):
        """Those that still hold."""
        return self.filter(
            said_at__gt=timezone.now() - dt.timedelta(days=settings.FREE_PLACES_DAYS)
        )

    def used_up(self):
        """Those of offers in which a child gets no place now."""
        return self.fresh().filter(state__in=FreePlaces.USED_UP)


class FreePlaces(models.Model):
    """The newest word about an offer. After ``FREE_PLACES_DAYS`` nobody knows any more."""

    class State(models.TextChoices):
        FREE = "free", _("freie Plätze")
        FEW = "few", _("wenige freie Plätze")
        WAITING_LIST = "waiting_list", _("nur noch Warteliste")
        FULL = "full", _("zurzeit voll")

    class Wait(models.IntegerChoices):
        """How long families wait, about; in months."""

        ONE = 1, _("etwa einen Monat")
        THREE = 3, _("etwa drei Monate")
        SIX = 6, _("etwa ein halbes Jahr")
        TWELVE = 12, _("etwa ein Jahr")
        LONGER = 24, _("länger als ein Jahr")

    WITH_ROOM = frozenset({State.FREE, State.FEW})
    USED_UP = frozenset({State.WAITING_LIST, State.FULL})

    offer = models.OneToOneField(
        Offer, verbose_name=_("Angebot"), on_delete=models.CASCADE, related_name="free_places"
    )
    state = models.CharField(_("Plätze"), max_length=12, choices=State)
    wait_months = models.PositiveSmallIntegerField(
        _("Wartezeit ungefähr"), choices=Wait, null=True, blank=True
    )
    said_at = models.DateTimeField(_("gesagt am"))

    objects = FreePlacesQuerySet.as_manager()

    class Meta:
        verbose_name = _("freie Plätze")
        verbose_name_plural = _("freie Plätze")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["free", "few", "waiting_list", "full"]),
                name="free_places_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(wait_months=None)
                | Q(wait_months__in=[1, 3, 6, 12, 24], state__in=["waiting_list", "full"]),
                name="free_places_wait_only_where_none_are_free",
            ),
        ]

    def __str__(self):
        return f"{self.offer}: {self.get_state_display()}"

    @property
    def words(self):
        """How it stands, in a line, with the time families wait where that is known."""
        if self.wait_months is None:
            return self.get_state_display()
        said = {"state": self.get_state_display(), "time": self.get_wait_months_display()}
        return _now("%(state)s, Wartezeit %(time)s") % said

    @property
    def words_and_day(self):
        """The same with the day it was said: where nothing else tells how old it is."""
        day = date_format(timezone.localtime(self.said_at), "DATE_FORMAT")
        return f"{self.words}, {_now('gesagt am %(day)s') % {'day': day}}"

    @property
    def has_room(self):
        """Whether a child gets a place now."""
        return self.state in self.WITH_ROOM

    @property
    def is_used_up(self):
        """Whether a child gets no place now."""
        return self.state in self.USED_UP

    @property
    def fades_at(self):
        """When it is known no more."""
        return self.said_at + dt.timedelta(days=settings.FREE_PLACES_DAYS)

    @property
    def is_fresh(self):
        return timezone.now() < self.fades_at
