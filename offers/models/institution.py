"""Institutions: who offers something, and what the public may know of them."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, Exists, F, Min, OuterRef, Prefetch, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib import languages
from kekiz_portal.lib.fields import MailboxField, TelephoneField, WebAddressField, optional
from kekiz_portal.lib.german_order import GermanOrder
from kekiz_portal.lib.history.recording import tracked
from offers import models as others  # which import this module: read when asked
from offers.models.location import Location, is_public
from offers.models.vocabulary import InstitutionKind
from offers.protection.protected_addresses import KeepsAddressesSecret

from . import last_heard


def of_kind(kind_slug, path=""):
    """Return the condition that an institution is of a kind or of one that counts as it.

    ``path`` leads to the institution from the rows that are asked, such as "institution".
    """
    kind = f"{path}__kind" if path else "kind"
    return Q(**{f"{kind}__slug": kind_slug}) | Q(**{f"{kind}__counts_as__slug": kind_slug})


class InstitutionQuerySet(models.QuerySet):
    def current(self):
        """Institutions the public may see: those nobody has archived."""
        return self.filter(archived_on=None)

    def of_kind(self, kind_slug):
        """Institutions of a kind, and of those that count as it: Familienzentren are Kitas."""
        return self.filter(of_kind(kind_slug))

    def without_a_district(self):
        """Institutions that no question about a part of the city finds."""
        return self.filter(~self._has_public_place(location__district__isnull=False))

    def in_district(self, district_slug):
        """Institutions with a public place in a part of the city, smaller parts included."""
        return self.filter(
            self._has_public_place(location__district__path__contains=[district_slug])
        )

    def with_an_orphaned_offer(self):
        """Institutions with an offer in the works that nobody in the office is responsible for."""
        orphaned = others.Offer.objects.in_the_works().filter(responsible=None)
        return self.filter(Exists(orphaned.filter(provider=OuterRef("pk"))))

    def with_entries_due(self):
        """Institutions with an entry to ask about."""
        asked_about = others.Offer.objects.meant_for_readers().to_ask_about()
        return self.filter(pk__in=asked_about.order_by().values("provider"))

    def for_office_list(self):
        """Load all that the list of the office reads: how many offers, and how fresh they are."""
        published = _published()
        return self.annotate(
            published_count=_count(published),
            due_count=_count(published.due()),
            confirmed_last=Subquery(
                published.values("provider").annotate(first=Min("confirmed_at")).values("first")
            ),
        )

    def for_list(self):
        """Load all that the list of institutions reads, with the number of offers shown."""
        return (
            self.select_related("kind")
            .prefetch_related(
                Prefetch("locations", Location.objects.public().select_related("district"))
            )
            .annotate(offer_count=_count(_published()))
            .order_by(GermanOrder("name"), "name", "pk")
        )

    def for_page(self):
        """Load all that the page of one institution reads."""
        return self.for_list().select_related("kind__counts_as", "parent")

    def _has_public_place(self, **where):
        places = self.model.locations.through.objects.filter(is_public("location"), **where)
        return Exists(places.filter(institution=OuterRef("pk")))


def _published():
    """Return the published offers of the institution that is the outer row."""
    return others.Offer.objects.published().filter(provider=OuterRef("pk")).order_by()


def _count(offers):
    """Return how many offers each institution has; ``offers`` name it as the outer row."""
    numbers = offers.values("provider").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(numbers), Value(0))


class Institution(KeepsAddressesSecret, models.Model):
    """A body or one of its facilities. Named people never stand here, only in ``network``."""

    uuid = models.UUIDField(
        _("öffentliche Kennung"), default=uuid.uuid4, unique=True, editable=False
    )
    slug = models.SlugField(_("Adresse der Seite"), max_length=120, unique=True)
    name = models.CharField(_("Name"), max_length=200)  # two towns each have a "Sonnenschule"
    kind = models.ForeignKey(
        InstitutionKind,
        verbose_name=_("Art"),
        on_delete=models.PROTECT,
        related_name="institutions",
    )
    carrier_name = models.CharField(_("Träger"), max_length=200, blank=True)
    parent = optional("self", _("gehört zu"), models.PROTECT, related_name="members")
    locations = models.ManyToManyField(
        Location, verbose_name=_("Orte"), related_name="institutions", blank=True
    )
    phone = TelephoneField(_("Telefon der Zentrale"), blank=True)
    email = MailboxField(_("Funktionspostfach"), blank=True)
    url = WebAddressField(_("Internetseite"), max_length=500, blank=True)
    opening_hours_text = models.CharField(_("Öffnungszeiten"), max_length=300, blank=True)
    languages = ArrayField(
        models.CharField(max_length=8), verbose_name=_("Sprachen"), default=list, blank=True
    )
    notes = models.TextField(_("interne Notiz"), blank=True)
    open_question = models.CharField(
        _("offene Frage"),
        max_length=500,
        blank=True,
        help_text=_("Was noch zu klären ist. Nur für die Redaktion; leeren, wenn es geklärt ist."),
    )
    archived_on = models.DateField(_("archiviert am"), null=True, blank=True, editable=False)
    source = models.CharField(_("Herkunft"), max_length=40, blank=True)
    external_id = models.CharField(_("Kennung dort"), max_length=80, blank=True)
    source_url = models.CharField(_("Quelle"), max_length=500, blank=True)
    source_year = models.CharField(_("Stand der Quelle"), max_length=20, blank=True)
    certainty = models.CharField(_("Wie sicher?"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("angelegt am"), auto_now_add=True)
    updated_at = models.DateTimeField(_("geändert am"), auto_now=True)

    objects = InstitutionQuerySet.as_manager()
    history = tracked(m2m_fields=["locations"], excluded_fields=["updated_at"])

    class Meta:
        verbose_name = _("Einrichtung")
        verbose_name_plural = _("Einrichtungen")
        ordering = [GermanOrder("name"), "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("pk")),
                name="institution_is_not_its_own_parent",
                violation_error_message=_("Eine Einrichtung kann nicht zu sich selbst gehören."),
            ),
            models.CheckConstraint(
                condition=Q(url="") | Q(url__regex="^https?://"),
                name="institution_url_leads_to_a_page",
            ),
            models.UniqueConstraint(
                fields=["source", "external_id"],
                condition=~Q(external_id=""),
                name="institution_external_id_once_a_source",
                violation_error_message=_("Diese Kennung gibt es aus dieser Herkunft schon."),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("offers:institution", args=[self.slug])

    @property
    def is_put_away(self):
        return self.archived_on is not None

    def put_away(self):
        self.archived_on = timezone.localdate()

    @property
    def carrier_words(self):
        """Who runs it as families read it: a name that is in doubt ("Ev. Jugend?") is none yet."""
        return "" if "?" in self.carrier_name else self.carrier_name

    @property
    def public_locations(self):
        """The places the public may know, from the prefetched locations."""
        return [place for place in self.locations.all() if not place.is_protected]

    def hours_as_last_heard(self, hours):
        """Return words about the opening hours as the public may read them, as markup.

        Those of an old page promise nothing.
        """
        return last_heard.say_marked(hours, self._old_sources_of_hours())

    @property
    def opening_hours_relied_on(self):
        """The opening hours, empty where only an old page says them."""
        return "" if self._old_sources_of_hours() else self.opening_hours_text

    def _old_sources_of_hours(self):
        return last_heard.outdated(self.sources.all(), "opening_hours")

    @property
    def place_words(self):
        """The parts of the city for lists, each once."""
        return languages.listed(
            dict.fromkeys(
                place.district_words for place in self.public_locations if place.district_words
            )
        )

    def own_places(self):
        """The places of the institution and of what it offers."""
        if not self.pk:
            return None
        of_its_offers = Location.objects.filter(offer_places__offer__provider=self.pk)
        return Q(pk__in=self.locations.values("pk")) | Q(pk__in=of_its_offers.values("pk"))
