"""Offers: what there is, for whom, at what cost, and how to take part."""

import uuid

from django.contrib.postgres.fields import ArrayField, IntegerRangeField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.fields import MailboxField, TelephoneField, WebAddressField, optional
from kekiz_portal.lib.german_order import GermanOrder
from kekiz_portal.lib.history.recording import tracked
from lifephases.models import LifePhase
from offers.models.call_facts import CallFacts
from offers.models.fields import ChoiceArrayField, RichTextField
from offers.models.institution import Institution
from offers.models.vocabulary import OfferType, TargetGroup, Topic
from offers.protection.protected_addresses import KeepsAddressesSecret

from . import choices, rules
from .queryset import OfferQuerySet
from .words import OfferWords


class Offer(OfferWords, CallFacts, KeepsAddressesSecret, models.Model):
    """Something that helps. Its places and times are ``OfferPlace`` and ``Schedule``."""

    Status = choices.Status
    Audience = choices.Audience
    Prevention = choices.Prevention
    Access = choices.Access
    Cost = choices.Cost
    Reduction = choices.Reduction
    ConfirmMethod = choices.ConfirmMethod

    PUBLIC_TEXTS = [
        *("title", "teaser", "description", "how_to_apply", "first_call"),
        *("schedule_text", "alert_text"),
    ]

    uuid = models.UUIDField(
        _("öffentliche Kennung"), default=uuid.uuid4, unique=True, editable=False
    )
    slug = models.SlugField(_("Adresse der Seite"), max_length=120, unique=True)
    title = models.CharField(_("Titel"), max_length=100)
    teaser = models.CharField(_("Kurzbeschreibung"), max_length=200, blank=True)
    description = RichTextField(_("Beschreibung"), blank=True)
    alternate_name = models.CharField(_("anderer Name"), max_length=200, blank=True)
    search_terms = models.CharField(
        _("Suchwörter"),
        max_length=500,
        blank=True,
        help_text=_("Wörter, die Eltern sonst noch eingeben, mit Leerzeichen getrennt."),
    )

    provider = optional(Institution, _("Anbieter"), models.PROTECT, related_name="offers")
    provider_name = models.CharField(_("Anbieter, wie genannt"), max_length=200, blank=True)

    # Without a span for any age; pregnancy is the months below 0.
    ages = IntegerRangeField(_("Alter"), null=True, blank=True)
    extra_phases = models.ManyToManyField(
        LifePhase,
        verbose_name=_("gehört auch zu"),
        blank=True,
        related_name="+",
        help_text=_("Nur, was nicht schon aus dem Alter folgt, etwa „Für Eltern“."),
    )
    audience = ChoiceArrayField(
        models.CharField(max_length=20, choices=Audience),
        verbose_name=_("für wen"),
        default=list,
        blank=True,
    )
    target_groups = models.ManyToManyField(
        TargetGroup, verbose_name=_("Zielgruppen"), blank=True, related_name="offers"
    )
    eligibility_text = models.TextField(_("Voraussetzungen"), blank=True)
    topics = models.ManyToManyField(Topic, verbose_name=_("Themen"), related_name="offers")
    offer_type = models.ForeignKey(
        OfferType, verbose_name=_("Angebotsart"), on_delete=models.PROTECT, related_name="offers"
    )

    prevention_level = models.CharField(
        _("Präventionsstufe"),
        max_length=10,
        choices=Prevention,
        blank=True,
        help_text=_(
            "Für alle (universell), für Familien mit mehr Belastung (selektiv) oder wenn schon "
            "etwas aufgefallen ist (indiziert). Leer: Das hat niemand gesagt."
        ),
    )

    access_modes = ChoiceArrayField(
        models.CharField(max_length=20, choices=Access),
        verbose_name=_("Zugang"),
        default=list,
        blank=True,
    )
    how_to_apply = models.TextField(_("So nehmen Sie teil"), blank=True)
    registration_url = WebAddressField(_("Anmeldung im Internet"), max_length=500, blank=True)
    registration_deadline = models.DateField(_("Anmeldeschluss"), null=True, blank=True)

    cost_kind = models.CharField(_("Kosten"), max_length=10, choices=Cost, default=Cost.UNKNOWN)
    cost_note = models.CharField(_("Hinweis zu den Kosten"), max_length=200, blank=True)
    reductions = ChoiceArrayField(
        models.CharField(max_length=20, choices=Reduction),
        verbose_name=_("Ermäßigung"),
        default=list,
        blank=True,
    )

    languages = ArrayField(  # codes of ISO 639
        models.CharField(max_length=12), verbose_name=_("Sprachen"), default=list, blank=True
    )
    languages_note = models.CharField(_("Hinweis zu den Sprachen"), max_length=200, blank=True)

    schedule_text = models.CharField(_("Zeiten, wie genannt"), max_length=300, blank=True)
    valid_from = models.DateField(_("gültig ab"), null=True, blank=True)
    valid_to = models.DateField(_("gültig bis"), null=True, blank=True)
    alert_text = models.CharField(_("aktueller Hinweis"), max_length=300, blank=True)
    alert_until = models.DateField(_("Hinweis bis"), null=True, blank=True)

    phone = TelephoneField(_("Telefon"), blank=True)
    email = MailboxField(_("E-Mail"), blank=True)
    url = WebAddressField(_("Internetseite"), max_length=500, blank=True)

    picture = models.ImageField(
        _("Bild"),
        upload_to="bilder",
        width_field="picture_width",
        height_field="picture_height",
        blank=True,
    )
    picture_width = models.PositiveSmallIntegerField(null=True, editable=False)
    picture_height = models.PositiveSmallIntegerField(null=True, editable=False)
    picture_alt = models.CharField(
        _("Was ist auf dem Bild zu sehen?"),
        max_length=200,
        blank=True,
        help_text=_("Ein Satz für Menschen, die das Bild nicht sehen."),
    )
    picture_is_decorative = models.BooleanField(
        _("Das Bild schmückt nur"),
        default=False,
        help_text=_("Ankreuzen, wenn das Bild nichts sagt, was nicht auch im Text steht."),
    )

    status = models.CharField(_("Status"), max_length=10, choices=Status, default=Status.DRAFT)
    return_reason = models.CharField(_("Grund der Rückgabe"), max_length=500, blank=True)
    is_generic = models.BooleanField(
        _("in der Region üblich"),
        default=False,
        help_text=_("Gibt es in der Region; für die Stadt hat es noch niemand geprüft."),
    )
    confirmed_at = models.DateTimeField(_("zuletzt bestätigt am"), null=True, blank=True)
    confirm_method = models.CharField(
        _("bestätigt durch"), max_length=10, choices=ConfirmMethod, blank=True
    )
    review_due_on = models.DateField(_("nächste Prüfung"), null=True, blank=True)
    responsible = optional("auth.User", _("verantwortlich"))
    notes = models.TextField(_("interne Notiz"), blank=True)
    open_question = models.CharField(_("offene Frage"), max_length=500, blank=True)

    source = models.CharField(_("Herkunft"), max_length=40, blank=True)
    external_id = models.CharField(_("Kennung dort"), max_length=80, blank=True)
    source_url = models.CharField(_("Quelle"), max_length=500, blank=True)
    source_year = models.CharField(_("Stand der Quelle"), max_length=20, blank=True)
    certainty = models.CharField(_("Wie sicher?"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("angelegt am"), auto_now_add=True)
    updated_at = models.DateTimeField(_("geändert am"), auto_now=True)

    objects = OfferQuerySet.as_manager()
    history = tracked(
        m2m_fields=["topics", "target_groups", "extra_phases"],
        excluded_fields=["updated_at"],
    )

    class Meta:
        verbose_name = _("Angebot")
        verbose_name_plural = _("Angebote")
        ordering = [GermanOrder("title"), "title", "pk"]
        permissions = [
            ("publish_offer", _("darf Angebote veröffentlichen")),
            ("return_offer", _("darf Angebote mit einer Frage zurückgeben")),
            ("archive_offer", _("darf Angebote archivieren")),
        ]
        constraints = rules.CONSTRAINTS
        indexes = rules.INDEXES

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("offers:offer", args=[self.slug])

    @property
    def is_put_away(self):
        return self.status == self.Status.ARCHIVED

    def put_away(self):
        self.status = self.Status.ARCHIVED

    def clean(self):
        """Refuse an institution that is closed."""
        super().clean()
        if self.status == self.Status.PUBLISHED and self.provider and self.provider.archived_on:
            raise ValidationError(
                _("„%(name)s“ ist archiviert. Öffnen Sie zuerst die Einrichtung wieder."),
                params={"name": self.provider.name},
            )

    def own_places(self):
        """The places of the offer and of its provider."""
        found = Q(pk__in=self.provider.locations.values("pk")) if self.provider else Q(pk=None)
        return found | Q(pk__in=self.places.values("location")) if self.pk else found
