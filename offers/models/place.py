"""Where an offer takes place: an address, at home, online, by phone, all over the city.

An offer whose times are known and whose place is not has a place of the mode `UNKNOWN`.
"""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.fields import optional
from kekiz_portal.lib.history.recording import tracked
from offers.protection.protected_addresses import KeepsAddressesSecret

from .location import Location
from .offer import Offer


def refuse_beside_protected(locations):
    """Raise ``ValidationError`` if a protected place stands beside another; takes locations.

    Whoever knows the one would find the other. A trigger of the database guards the same.
    """
    protected = [location for location in locations if location.is_protected]
    if protected and len(protected) < len(locations):
        raise ValidationError(
            _(
                "Ein geschützter Ort steht nie neben einem anderen Ort: Wer den einen kennt, "
                "findet den anderen. Legen Sie für den anderen Ort ein eigenes Angebot an."
            )
        )


class OfferPlace(KeepsAddressesSecret, models.Model):
    """One way to get to an offer; each has its own schedules (HSDS: service at location)."""

    class Mode(models.TextChoices):
        LOCATION = "location", _("an einem Ort")
        HOME_VISIT = "home_visit", _("bei Ihnen zu Hause")
        ONLINE = "online", _("online")
        PHONE = "phone", _("am Telefon")
        CITY_WIDE = "city_wide", _("in der ganzen Stadt")
        UNKNOWN = "unknown", _("Ort bitte erfragen")

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="places")
    mode = models.CharField(_("wie"), max_length=10, choices=Mode, default=Mode.LOCATION)
    location = optional(Location, _("Ort"), models.PROTECT, related_name="offer_places")
    note = models.CharField(_("Hinweis zum Ort"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(_("Reihenfolge"), default=0)

    history = tracked()

    class Meta:
        verbose_name = _("Ort des Angebots")
        verbose_name_plural = _("Orte des Angebots")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(mode="location", location__isnull=False)
                | ~Q(mode="location") & Q(location=None),
                name="offer_place_has_an_address_if_at_one",
                violation_error_message=_(
                    "Wählen Sie einen Ort, wenn das Angebot an einem stattfindet, und sonst keinen."
                ),
            ),
            models.UniqueConstraint(
                fields=["offer", "mode", "location"],
                nulls_distinct=False,
                deferrable=models.Deferrable.IMMEDIATE,  # two rows may change places
                name="offer_place_once",
                violation_error_message=_("Dieser Ort steht schon bei dem Angebot."),
            ),
        ]

    def __str__(self):
        return str(self.location) if self.location else str(self.get_mode_display())

    @property
    def is_protected(self):
        return self.location is not None and self.location.is_protected

    @property
    def public_note(self):
        """The note, unless it could lead to a place that is not to be found."""
        hidden = self.location is not None and not self.location.is_public
        return "" if hidden else self.note

    @property
    def times(self):
        """The rules of the prefetched schedules as read, each once; old ones in one line.

        They are markup.
        """
        rules = self.rules_marked
        is_old = bool(rules) and self.offer.withholds_dates
        return [self.offer.last_heard_marked(rules)] if is_old else rules

    @property
    def rules(self):
        """The rules of the prefetched schedules, each once, whoever says them."""
        return list(dict.fromkeys(one.words for one in self.schedules.all() if one.words))

    @property
    def rules_marked(self):
        """``rules`` as markup that says what of them is German."""
        return list(dict.fromkeys(one.marked for one in self.schedules.all() if one.words))

    @property
    def words(self):
        """Where, in a word or two for lists; says nothing of a protected place."""
        if self.mode == self.Mode.CITY_WIDE:
            return _now("ganz %(city)s") % {"city": settings.CITY["name"]}
        if self.mode != self.Mode.LOCATION:
            return str(self.Mode(self.mode).label)
        if self.is_protected:
            return _now("Ort ist geschützt")
        return self.location.district_words or settings.CITY["name"]

    def own_places(self):
        return self.offer.own_places() if self.offer_id else None
