"""The city's parts, from the city down to the quarter people name."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.fields import WebAddressField, optional
from kekiz_portal.lib.german_order import GermanOrder
from offers.protection.protected_addresses import KeepsAddressesSecret


class DistrictQuerySet(models.QuerySet):
    def within_the_city(self):
        """Every part below the city itself, larger parts first."""
        return self.exclude(parent=None).order_by("path")


class District(KeepsAddressesSecret, models.Model):
    """A part of the city; ``parent`` is the next larger part."""

    class Level(models.TextChoices):
        CITY = "city", _("Stadt")
        BOROUGH = "borough", _("Stadtbezirk")
        LOCALITY = "locality", _("Ortsteil")
        QUARTER = "quarter", _("Quartier")

    level = models.CharField(_("Ebene"), max_length=10, choices=Level)
    slug = models.SlugField(_("Kurzname"), max_length=80, unique=True)
    name = models.CharField(_("Name"), max_length=120)
    parent = optional("self", _("liegt in"), models.PROTECT, related_name="children")
    postal_codes = ArrayField(
        models.CharField(max_length=5), verbose_name=_("Postleitzahlen"), default=list, blank=True
    )
    aliases = ArrayField(
        models.CharField(max_length=80), verbose_name=_("andere Namen"), default=list, blank=True
    )
    latitude = models.DecimalField(
        _("Breitengrad"), max_digits=9, decimal_places=6, null=True, blank=True
    )
    longitude = models.DecimalField(
        _("Längengrad"), max_digits=9, decimal_places=6, null=True, blank=True
    )
    position_source = models.CharField(_("Herkunft der Lage"), max_length=200, blank=True)
    path = ArrayField(models.CharField(max_length=80), default=list, editable=False)
    population = models.PositiveIntegerField(_("Einwohner"), null=True, blank=True)
    population_as_of = models.CharField(_("Einwohner, Stand"), max_length=60, blank=True)
    under_18_percent = models.DecimalField(
        _("Anteil unter 18 (%)"), max_digits=4, decimal_places=1, null=True, blank=True
    )
    source_url = WebAddressField(_("Quelle"), max_length=500, blank=True)
    certainty = models.CharField(_("Wie sicher?"), max_length=300, blank=True)

    objects = DistrictQuerySet.as_manager()

    class Meta:
        verbose_name = _("Stadtteil")
        verbose_name_plural = _("Stadtteile")
        ordering = [GermanOrder("name"), "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(level="city", parent=None) | ~Q(level="city") & ~Q(parent=None),
                name="district_only_the_city_has_no_parent",
                violation_error_message=_(
                    "Jeder Stadtteil außer der Stadt liegt in einem anderen."
                ),
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("pk")),
                name="district_is_not_its_own_parent",
                violation_error_message=_("Ein Stadtteil kann nicht in sich selbst liegen."),
            ),
        ]
        indexes = [GinIndex(fields=["path"], name="district_path_gin")]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        """Save, and keep ``path`` true for this part and all parts inside it.

        The path names every part this one lies in, from the city down to itself, so
        that "everything in Wanne" is one indexed comparison.
        """
        self.path = [*(self.parent.path if self.parent else []), self.slug]
        super().save(*args, **kwargs)
        for child in self.children.all():
            if child.path[:-1] != self.path:
                child.save(update_fields=["path"])

    def clean(self):
        """Refuse a parent that lies inside this part."""
        super().clean()
        if self.pk and self.parent_id and self.parent_id != self.pk and self._contains(self.parent):
            raise ValidationError(
                {
                    "parent": _now("%(parent)s liegt selbst in %(name)s. Wählen Sie einen anderen.")
                    % {"parent": self.parent, "name": self}
                }
            )

    @property
    def label(self):
        """The name where parts of all levels stand together: "Stadtbezirk Wanne"."""
        if self.level == self.Level.BOROUGH:
            return _now("Stadtbezirk %s") % self.name
        return self.name

    def _contains(self, part):
        """Tell whether a part lies inside this one; by the stored paths, so at any depth."""
        stored = District.objects.get(pk=self.pk)
        return stored.slug in part.path
