"""Whether there is room in an offer, as its institution said; old words are no promise."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from offers.models.offer import Offer


class FreePlaces(models.Model):
    """The newest word about an offer. After ``FREE_PLACES_DAYS`` nobody knows any more."""

    class State(models.TextChoices):
        FREE = "free", _("freie Plätze")
        FEW = "few", _("wenige freie Plätze")
        WAITING_LIST = "waiting_list", _("nur noch Warteliste")
        FULL = "full", _("zurzeit voll")

    WITH_ROOM = frozenset({State.FREE, State.FEW})

    offer = models.OneToOneField(
        Offer, verbose_name=_("Angebot"), on_delete=models.CASCADE, related_name="free_places"
    )
    state = models.CharField(_("Plätze"), max_length=12, choices=State)
    said_at = models.DateTimeField(_("gesagt am"))

    class Meta:
        verbose_name = _("freie Plätze")
        verbose_name_plural = _("freie Plätze")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["free", "few", "waiting_list", "full"]),
                name="free_places_state_is_known",
            ),
        ]

    def __str__(self):
        return f"{self.offer}: {self.get_state_display()}"

    @property
    def has_room(self):
        """Whether a child gets a place now."""
        return self.state in self.WITH_ROOM

    @property
    def is_used_up(self):
        """Whether a child gets no place now."""
        return self.state in {self.State.FULL, self.State.WAITING_LIST}

    @property
    def fades_at(self):
        """When it is known no more."""
        return self.said_at + dt.timedelta(days=settings.FREE_PLACES_DAYS)

    @property
    def is_fresh(self):
        return timezone.now() < self.fades_at
