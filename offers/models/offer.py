"""Offers: what there is, for whom, at what cost, and how to take part."""

import uuid

from django.contrib.postgres.fields import ArrayField, IntegerRangeField
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib import languages
from kekiz_portal.lib.fields import MailboxField, TelephoneField, WebAddressField
from kekiz_portal.lib.german_order import GermanOrder
from kekiz_portal.lib.history.recording import tracked
from lifephases import ages
from lifephases.models import LifePhase
from offers.models.offer_queryset import OfferQuerySet
from offers.protection.protected_addresses import KeepsAddressesSecret

from . import last_heard
from .fields import ChoiceArrayField, RichTextField
from .institution import Institution
from .vocabulary import OfferType, TargetGroup, Topic


class Offer(KeepsAddressesSecret, models.Model):
    """Something that helps. Its places and times are ``OfferPlace`` and ``Schedule``."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Entwurf")
        IN_REVIEW = "in_review", _("in Prüfung")
        RETURNED = "returned", _("zurückgegeben")
        PUBLISHED = "published", _("veröffentlicht")
        ARCHIVED = "archived", _("archiviert")

    class Audience(models.TextChoices):
        CHILD = "child", _("Kinder und Jugendliche")
        PARENTS = "parents", _("Eltern")
        FAMILY = "family", _("die ganze Familie")
        PROFESSIONALS = "professionals", _("Fachkräfte")

    class Access(models.TextChoices):
        OPEN = "open", _("ohne Anmeldung")
        REGISTRATION = "registration", _("mit Anmeldung")
        APPLICATION = "application", _("auf Antrag")
        PRESCRIPTION = "prescription", _("mit ärztlicher Verordnung")
        INVITATION = "invitation", _("Sie bekommen eine Einladung")
        LOTTERY = "lottery", _("Plätze werden verlost")
        WAITING_LIST = "waiting_list", _("mit Warteliste")
        SCHOOL = "school", _("über die Schule")
        PROOF = "proof", _("mit Nachweis")

    class Cost(models.TextChoices):
        FREE = "free", _("Kostenlos")
        VARIES = "varies", _("Teils kostenlos")
        PAID = "paid", _("Kostet etwas")
        INSURANCE = "insurance", _("Zahlt die Krankenkasse")
        UNKNOWN = "unknown", _("Kosten bitte erfragen")

    class Reduction(models.TextChoices):
        BUT = "but", _("Bildung und Teilhabe (BuT)")
        FAMILY_PASS = "family-pass", _("Familienpass")

    class ConfirmMethod(models.TextChoices):
        PARTNER = "partner", _("vom Anbieter bestätigt")
        PHONE = "phone", _("telefonisch geprüft")
        MAIL = "mail", _("per Mail geprüft")
        VISIT = "visit", _("bei einem Besuch geprüft")
        EDITOR = "editor", _("von der Redaktion geprüft")

    PUBLIC_TEXTS = ["title", "teaser", "description", "how_to_apply", "schedule_text", "alert_text"]

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

    provider = models.ForeignKey(
        Institution,
        verbose_name=_("Anbieter"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="offers",
    )
    provider_name = models.CharField(
        _("Anbieter, wie genannt"),
        max_length=200,
        blank=True,
        help_text=_("Wenn der Anbieter keine eigene Seite hat oder mehrere gemeint sind."),
    )

    ages = IntegerRangeField(
        _("Alter in Monaten"),
        null=True,
        blank=True,
        help_text=_("Leer bedeutet: für jedes Alter. Die Schwangerschaft sind Monate unter 0."),
    )
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

    access_modes = ChoiceArrayField(
        models.CharField(max_length=20, choices=Access),
        verbose_name=_("Zugang"),
        default=list,
        blank=True,
    )
    how_to_apply = models.TextField(_("So nehmen Sie teil"), blank=True)
    registration_url = WebAddressField(_("Anmeldung im Internet"), max_length=500, blank=True)
    registration_deadline = models.DateField(_("Anmeldeschluss"), null=True, blank=True)
    anonymous_possible = models.BooleanField(_("anonym möglich"), null=True, blank=True)

    cost_kind = models.CharField(_("Kosten"), max_length=10, choices=Cost, default=Cost.UNKNOWN)
    cost_note = models.CharField(_("Hinweis zu den Kosten"), max_length=200, blank=True)
    reductions = ChoiceArrayField(
        models.CharField(max_length=20, choices=Reduction),
        verbose_name=_("Ermäßigung"),
        default=list,
        blank=True,
    )

    languages = ArrayField(
        models.CharField(max_length=12),
        verbose_name=_("Sprachen"),
        default=list,
        blank=True,
        help_text=_("Kürzel nach ISO 639, etwa de, tr, ar."),
    )
    languages_note = models.CharField(_("Hinweis zu den Sprachen"), max_length=200, blank=True)

    schedule_text = models.CharField(
        _("Zeiten, wie genannt"),
        max_length=300,
        blank=True,
        help_text=_("Nur, was sich nicht als Termin eintragen lässt."),
    )
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
    responsible = models.ForeignKey(
        "auth.User",
        verbose_name=_("verantwortlich"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    notes = models.TextField(_("interne Notiz"), blank=True)
    open_question = models.CharField(
        _("offene Frage"),
        max_length=500,
        blank=True,
        help_text=_("Was noch zu klären ist. Nur für die Redaktion; leeren, wenn es geklärt ist."),
    )

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
        constraints = [
            models.CheckConstraint(
                condition=Q(ages=None) | Q(ages__isempty=False),
                name="offer_ages_not_empty",
                violation_error_message=_("Das Alter „von“ muss vor dem Alter „bis“ liegen."),
            ),
            models.CheckConstraint(
                condition=~Q(provider=None) | ~Q(provider_name=""),
                name="offer_names_its_provider",
                violation_error_message=_(
                    "Wählen Sie einen Anbieter oder schreiben Sie seinen Namen."
                ),
            ),
            models.UniqueConstraint(
                fields=["title", "provider", "provider_name"],
                nulls_distinct=False,
                name="offer_title_once_a_provider",
                violation_error_message=_(
                    "Dieser Anbieter hat schon ein Angebot mit diesem Titel."
                ),
            ),
            models.CheckConstraint(
                condition=Q(url="") | Q(url__regex="^https?://"),
                name="offer_url_leads_to_a_page",
            ),
            models.CheckConstraint(
                condition=Q(registration_url="") | Q(registration_url__regex="^https?://"),
                name="offer_registration_url_leads_to_a_page",
            ),
            models.UniqueConstraint(
                fields=["source", "external_id"],
                condition=~Q(external_id=""),
                name="offer_external_id_once_a_source",
                violation_error_message=_("Diese Kennung gibt es aus dieser Herkunft schon."),
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="offer_ends_after_it_starts",
                violation_error_message=_("„Gültig bis“ darf nicht vor „gültig ab“ liegen."),
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirm_method="")
                | Q(confirmed_at__isnull=False) & ~Q(confirm_method=""),
                name="offer_confirmed_when_and_how",
                violation_error_message=_("Geben Sie an, wann und wie bestätigt wurde."),
            ),
            models.CheckConstraint(
                condition=Q(alert_until=None) | ~Q(alert_text=""),
                name="offer_alert_has_a_text",
                violation_error_message=_("Schreiben Sie den Hinweis, der bis dahin gelten soll."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "in_review", "returned", "published", "archived"]),
                name="offer_status_is_known",
            ),
            models.CheckConstraint(
                condition=Q(status="returned") & ~Q(return_reason="")
                | ~Q(status="returned") & Q(return_reason=""),
                name="offer_returned_with_a_reason",
                violation_error_message=_("Schreiben Sie, was noch zu klären ist."),
            ),
            models.CheckConstraint(
                condition=Q(picture="") | ~Q(picture_alt="") | Q(picture_is_decorative=True),
                name="offer_picture_is_described_or_decorative",
                violation_error_message=_(
                    "Schreiben Sie, was auf dem Bild zu sehen ist, "
                    "oder kreuzen Sie an, dass es nur schmückt."
                ),
            ),
            models.CheckConstraint(
                condition=Q(cost_kind__in=["free", "varies", "paid", "insurance", "unknown"]),
                name="offer_cost_is_known",
            ),
        ]
        indexes = [
            GistIndex(fields=["ages"], name="offer_ages_gist"),
            GinIndex(fields=["languages"], name="offer_languages_gin"),
            models.Index(
                fields=["title"], condition=Q(status="published"), name="offer_published_title"
            ),
            models.Index(fields=["review_due_on"], name="offer_review_due"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("offers:offer", args=[self.slug])

    def clean(self):
        """Refuse a closed house."""
        super().clean()
        if self.status == self.Status.PUBLISHED and self.provider and self.provider.archived_on:
            raise ValidationError(
                _("„%(name)s“ ist archiviert. Öffnen Sie zuerst die Einrichtung wieder."),
                params={"name": self.provider.name},
            )

    def own_places(self):
        """The places of the offer and of its provider."""
        of_the_house = Q(institutions=self.provider_id) if self.provider_id else Q(pk=None)
        return Q(offer_places__offer=self.pk) | of_the_house if self.pk else of_the_house

    @cached_property
    def age_words(self):
        return ages.span_in_words(self.ages)

    @property
    def is_confirmed(self):
        return self.confirmed_at is not None

    @property
    def provider_words(self):
        return self.provider.name if self.provider else self.provider_name

    @property
    def access_words(self):
        return ", ".join(str(self.Access(mode).label) for mode in self.access_modes)

    @property
    def audience_words(self):
        return ", ".join(str(self.Audience(one).label) for one in self.audience)

    @property
    def cost_words(self):
        """What it costs, in a few words: "Kostenlos", "10 Euro", "Kosten bitte erfragen"."""
        prices = [option.words for option in self.cost_options.all() if option.is_valid_today]
        if prices:
            return ", ".join(prices)
        return self.cost_note if self._note_says_the_cost else self.get_cost_kind_display()

    @property
    def cost_remark(self):
        """What is to be said beside ``cost_words``."""
        return "" if self._note_says_the_cost else self.cost_note

    @property
    def _note_says_the_cost(self):
        return bool(self.cost_note) and self.cost_kind in {self.Cost.PAID, self.Cost.VARIES}

    @property
    def registration_is_over(self):
        deadline = self.registration_deadline
        return deadline is not None and deadline < timezone.localdate()

    @property
    def reduction_words(self):
        return [str(self.Reduction(one).label) for one in self.reductions]

    @property
    def language_words(self):
        return [languages.name(code) for code in self.languages]

    @property
    def public_places(self):
        """The prefetched places the public may know of."""
        return [place for place in self.places.all() if not place.is_protected]

    @property
    def has_times(self):
        return any(place.times for place in self.places.all())

    @property
    def when_words(self):
        """When it takes place, in a line for lists: its rules as read, then what stays text."""
        rules = [words for place in self.places.all() for words in place.rules]
        times = dict.fromkeys(filter(None, [*rules, self.schedule_text]))
        return self.as_last_heard("; ".join(times))

    @property
    def has_several_places(self):
        return len(self.places.all()) > 1

    @property
    def has_protected_place(self):
        return any(place.is_protected for place in self.places.all())

    @property
    def place_words(self):
        """Where, in a few words for lists: "Wanne", "online", "ganz Herne"."""
        if self.has_protected_place:
            return _now("Ort ist geschützt")
        words = dict.fromkeys(place.words for place in self.places.all())
        return ", ".join(words) or _now("Ort bitte erfragen")

    @property
    def withholds_dates(self):
        """Whether its times are only what an old page said, so that no date follows from them.

        A confirmed entry speaks for itself, and so does one that no page is the source of.
        """
        return bool(self.old_sources_of_times())

    def old_sources_of_times(self, on=None):
        """Return the sources because of which it withholds dates on a day (today by default)."""
        if self.is_confirmed or self.pk is None:
            return []
        return last_heard.outdated(self.sources.all(), last_heard.SCHEDULE, on)

    def as_last_heard(self, times):
        """Return words about times as the public may read them: old ones promise nothing."""
        return last_heard.say(times, self.old_sources_of_times())

    @property
    def schedule_words(self):
        """The times that stay text, as the public may read them."""
        return self.as_last_heard(self.schedule_text)

    @property
    def source_words(self):
        """How old the pages are that it was put together from; empty if there are none."""
        return last_heard.how_old(self.sources.all())

    @property
    def next_occurrence(self):
        """The next date, from ``for_cards()``; ``None`` if none is known."""
        return self.next_occurrences[0] if self.next_occurrences else None

    @property
    def topics_shown(self):
        return self.topics.all()

    @property
    def accessibility_words(self):
        """What was checked at the places that the public may know."""
        facts = [
            fact.words
            for place in self.public_places
            if place.location
            for fact in place.location.accessibility.all()
        ]
        return ", ".join(dict.fromkeys(facts))

    def coming_dates(self, limit):
        """The next dates to go to, each with its place; at most ``limit`` of them.

        Without a schedule there are none, and nothing is asked where ``for_page()`` knows that.
        """
        if not any(place.schedules.all() for place in self.places.all()):
            return []
        return self.occurrences.upcoming().to_go_to().for_list()[:limit]

    @property
    def current_alert(self):
        """The notice that holds today, or an empty text."""
        over = self.alert_until and self.alert_until < timezone.localdate()
        return "" if over else self.alert_text
