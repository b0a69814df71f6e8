"""Places with an address; a building may house several institutions."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.fields import optional
from kekiz_portal.lib.german_order import GermanOrder, in_german_order
from kekiz_portal.lib.history.recording import tracked
from offers import models as others  # which import this module: read when asked
from offers.models.district import District
from offers.protection.protected_addresses import (
    KeepsAddressesSecret,
    address_of,
    entries_naming,
    may_see,
)


def is_public(path=""):
    """Return the condition that the public may know of a place; never of a protected one.

    ``path`` leads to the place from the rows that are asked, such as "location".
    """
    return ~Q(**{f"{path}__visibility" if path else "visibility": "protected"})


def counts_by_its_district():
    """Return the condition that a place has the postal codes of its part of the city.

    It has no code of its own, or the public may know its part of the city only.
    """
    return Q(postal_code="") | Q(visibility="district")


class LocationQuerySet(models.QuerySet):
    def public(self):
        """Places whose existence the public may know; never a protected one."""
        return self.filter(is_public())

    def usable_by(self, user):
        """Places a user may choose.

        A provider's editor only public ones and those of their own; who only looks, none that is
        protected.
        """
        if not others.Editorship.objects.restricts(user):
            return self if may_see(user) else self.public()
        # Each way by itself: joined, the rows of all ways multiply before any is left out.
        every = self.model.objects
        of_the_editor = every.filter(institutions__editorships__user=user)
        of_an_offer = every.filter(offer_places__offer__provider__editorships__user=user)
        return self.filter(
            models.Q(visibility=self.model.Visibility.PUBLIC)
            | models.Q(pk__in=of_the_editor.values("pk"))
            | models.Q(pk__in=of_an_offer.values("pk"))
        )

    def in_district(self, slug):
        """Places in a part of the city, smaller parts included; protected ones lie in none."""
        return self.filter(district__path__contains=[slug])

    def for_office_list(self):
        """Load all that the list of the office reads."""
        return self.annotate(offer_count=Count("offer_places"))


MOST_NAMED = 5  # entries that a message lists


class Location(KeepsAddressesSecret, models.Model):
    """An address. How much of it the public may know is ``visibility``."""

    class Visibility(models.TextChoices):
        PUBLIC = "public", _("öffentlich")
        DISTRICT = "district", _("nur der Stadtteil")
        PROTECTED = "protected", _("geschützt: nie zeigen")

    name = models.CharField(_("Name des Ortes"), max_length=200, blank=True)
    street = models.CharField(_("Straße und Hausnummer"), max_length=200, blank=True)
    postal_code = models.CharField(_("Postleitzahl"), max_length=5, blank=True)
    postal_code_is_certain = models.BooleanField(_("Postleitzahl ist belegt"), default=True)
    city = models.CharField(_("Stadt"), max_length=80, blank=True)
    district = optional(District, _("Stadtteil"), models.PROTECT, related_name="locations")
    latitude = models.DecimalField(
        _("Breitengrad"), max_digits=9, decimal_places=6, null=True, blank=True
    )
    longitude = models.DecimalField(
        _("Längengrad"), max_digits=9, decimal_places=6, null=True, blank=True
    )
    transport_note = models.CharField(_("Anfahrt"), max_length=300, blank=True)
    visibility = models.CharField(
        _("Sichtbarkeit"),
        max_length=10,
        choices=Visibility,
        default=Visibility.PUBLIC,
        help_text=_("Ein geschützter Ort wird nie gezeigt, gesucht, exportiert oder verortet."),
    )

    objects = LocationQuerySet.as_manager()
    history = tracked()

    class Meta:
        verbose_name = _("Ort")
        verbose_name_plural = _("Orte")
        ordering = [GermanOrder("name"), GermanOrder("street"), "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__isnull=False, longitude__isnull=False),
                name="location_has_both_coordinates_or_none",
                violation_error_message=_(
                    "Geben Sie Breiten- und Längengrad an oder keines von beiden."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(visibility="protected") | Q(latitude=None, district=None),
                name="location_protected_is_not_on_the_map",
                violation_error_message=_(
                    "Ein geschützter Ort darf weder Koordinaten noch einen Stadtteil haben."
                ),
            ),
            models.CheckConstraint(
                condition=Q(postal_code="") | Q(postal_code__regex=r"^[0-9]{5}$"),
                name="location_postal_code_has_five_digits",
                violation_error_message=_("Eine Postleitzahl hat fünf Ziffern."),
            ),
            models.CheckConstraint(
                condition=~Q(name="", street="", district=None) | Q(visibility="protected"),
                name="location_says_where",
                violation_error_message=_(
                    "Geben Sie einen Namen, eine Straße oder einen Stadtteil an."
                ),
            ),
            models.UniqueConstraint(
                fields=["name", "street", "postal_code", "city", "district"],
                nulls_distinct=False,
                condition=~Q(visibility="protected"),
                name="location_is_listed_once",
                violation_error_message=_("Diesen Ort gibt es schon."),
            ),
        ]

    def __str__(self):
        if self.is_protected:
            return str(_("Geschützter Ort %d") % (self.pk or 0))
        return ", ".join(part for part in [self.name, *self.address_lines] if part)

    @property
    def words_to_choose(self):
        """The address, and which institutions are there: people know a place by those."""
        if self.is_protected:
            return str(self)
        institutions = self.institutions.current().order_by("name").values_list("name", flat=True)
        named = ", ".join(name for name in institutions[:3] if name != self.name)
        return f"{self} ({named})" if named else str(self)

    def clean(self):
        """Refuse a change of visibility that would give a protected place away."""
        super().clean()
        self._refuse_what_names_it()
        if self.pk is None:
            return
        if beside := self._offers_beside_others():
            raise ValidationError(
                {
                    "visibility": _now(
                        "Ein geschützter Ort steht bei keinem Angebot neben einem anderen Ort. "
                        "Nehmen Sie zuerst einen der Orte weg bei: %s"
                    )
                    % ", ".join(beside)
                }
            )

    def _refuse_what_names_it(self):
        """Before a place becomes protected, its address goes out of every text."""
        address = address_of(self) if self.is_protected else None
        if address is None:
            return
        before = type(self).objects.filter(pk=self.pk, visibility=self.visibility)
        if before.filter(street=self.street).exists():
            return
        found = entries_naming({self.pk: address})
        naming = [str(entry) for entry, *_more in found if entry != self]
        if naming:
            raise ValidationError(
                {
                    "visibility": _now(
                        "Die Straße steht noch in anderen Texten. "
                        "Nehmen Sie sie zuerst heraus bei: %s"
                    )
                    % ", ".join(naming[:MOST_NAMED])
                }
            )

    def _offers_beside_others(self):
        """The titles of the offers that have this place and one of the other sort."""
        places = self.offer_places.model.objects.exclude(location=None).exclude(location=self)
        of_its_sort = Q(location__visibility=self.Visibility.PROTECTED)
        others = places.exclude(of_its_sort) if self.is_protected else places.filter(of_its_sort)
        found = others.filter(offer__in=self.offer_places.values("offer"))
        return in_german_order(set(found.values_list("offer__title", flat=True)))

    @property
    def is_protected(self):
        return self.visibility == self.Visibility.PROTECTED

    @property
    def is_public(self):
        """Whether its name and address may be known, not its district alone."""
        return self.visibility == self.Visibility.PUBLIC

    @property
    def address_lines(self):
        """The lines of the address that the public may read; none if it is protected."""
        if self.is_protected:
            return []
        if self.visibility == self.Visibility.DISTRICT:
            return [self.district.name] if self.district else []
        code = self.postal_code if self.postal_code_is_certain else ""
        town = " ".join(part for part in [code, self.city] if part)
        if self.district and self.district.name != self.city:
            town = f"{town} ({self.district.name})" if town else self.district.name
        return [line for line in [self.street, town] if line]

    @property
    def public_name(self):
        """The name of the place, unless only its district may be known."""
        return self.name if self.is_public else ""

    @property
    def public_transport_note(self):
        """How to get there, unless only the district may be known."""
        return self.transport_note if self.is_public else ""

    @property
    def district_words(self):
        """The part of the city for lists; empty if it is protected or unknown."""
        return self.district.name if self.district and not self.is_protected else ""


class AccessibilityFact(KeepsAddressesSecret, models.Model):
    """What someone has checked at a place; nothing stored means unknown."""

    class Feature(models.TextChoices):
        STEP_FREE = "step-free", _("stufenlos erreichbar")
        TOILET = "toilet", _("barrierefreie Toilette")
        LIFT = "lift", _("Aufzug")
        PARKING = "parking", _("Behindertenparkplatz")
        HEARING_LOOP = "hearing-loop", _("Induktionsschleife")
        SIGN_LANGUAGE = "sign-language", _("Gebärdensprache (DGS)")
        CHANGING_TABLE = "changing-table", _("Wickeltisch")
        PRAM = "pram", _("mit dem Kinderwagen erreichbar")
        QUIET_ROOM = "quiet-room", _("ruhiger Raum")

    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="accessibility")
    feature = models.CharField(_("Merkmal"), max_length=20, choices=Feature)
    is_present = models.BooleanField(_("vorhanden"))
    note = models.CharField(_("Hinweis"), max_length=200, blank=True)

    history = tracked()

    class Meta:
        verbose_name = _("Angabe zur Barrierefreiheit")
        verbose_name_plural = _("Angaben zur Barrierefreiheit")
        ordering = ["feature"]
        constraints = [
            models.UniqueConstraint(
                fields=["location", "feature"],
                deferrable=models.Deferrable.IMMEDIATE,  # two rows may change places
                name="accessibility_feature_once_a_place",
                violation_error_message=_("Dieses Merkmal ist für den Ort schon angegeben."),
            ),
        ]

    def __str__(self):
        return self.get_feature_display()

    @property
    def words(self):
        """The fact as read: "Aufzug", "Aufzug: nicht vorhanden (defekt bis Mai)"."""
        state = "" if self.is_present else _now(": nicht vorhanden")
        note = f" ({self.note})" if self.note else ""
        return f"{self.get_feature_display()}{state}{note}"
