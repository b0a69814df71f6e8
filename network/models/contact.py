"""People in the network. Personal data stands only here."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.fields import MailboxField, NameOrderField, TelephoneField
from network.querysets.contacts import ContactQuerySet
from offers.history import tracked
from offers.protected_addresses import KeepsAddressesSecret

from .mail_consent import CONSENT_ENDS_AFTER_IT_BEGAN, CONSENT_IS_WHOLE, MailConsent
from .partner import Partner


class Contact(KeepsAddressesSecret, MailConsent):
    """A person one may reach at a partner, and who may see that."""

    class Visibility(models.TextChoices):
        PUBLIC = "public", _("öffentlich")
        PROFESSIONALS = "professionals", _("nur Fachkräfte")
        INTERNAL = "internal", _("nur intern")

    partner = models.ForeignKey(
        Partner, verbose_name=_("Partner"), on_delete=models.PROTECT, related_name="contacts"
    )
    name = models.CharField(_("Name"), max_length=120)
    name_order = NameOrderField(_("Reihenfolge"))
    role = models.CharField(_("Aufgabe"), max_length=120, blank=True)
    phone = TelephoneField(_("Telefon"), blank=True)
    mobile = TelephoneField(_("Mobil"), blank=True)
    email = MailboxField(_("E-Mail"), blank=True)
    visibility = models.CharField(
        _("Sichtbarkeit"), max_length=15, choices=Visibility, default=Visibility.INTERNAL
    )
    consent_given_on = models.DateField(
        _("Einwilligung in die Sichtbarkeit vom"), null=True, blank=True
    )
    consent_text = models.CharField(_("Wortlaut der Einwilligung"), max_length=300, blank=True)
    since = models.DateField(_("seit"), null=True, blank=True)
    until = models.DateField(
        _("bis"),
        null=True,
        blank=True,
        help_text=_("Wer geht, bekommt hier den letzten Tag und bleibt nachlesbar."),
    )
    kept_until = models.DateField(
        _("Daten behalten bis"),
        null=True,
        blank=True,
        help_text=_(
            "In der Nacht danach werden Name, Nummern und Adressen von selbst gelöscht. "
            "Bei Menschen, die gegangen sind, sonst nach einem Jahr."
        ),
    )

    objects = ContactQuerySet.as_manager()
    history = tracked(excluded_fields=["name_order"])

    class Meta:
        verbose_name = _("Ansprechperson")
        verbose_name_plural = _("Ansprechpersonen")
        ordering = ["name_order", "pk"]
        permissions = [("export_contacts", _("Kann Listen mit allen Ansprechpersonen ausgeben"))]
        constraints = [
            CONSENT_IS_WHOLE,
            CONSENT_ENDS_AFTER_IT_BEGAN,
            models.CheckConstraint(
                condition=~Q(phone="", mobile="", email=""),
                name="contact_has_a_channel",
                violation_error_message=_(
                    "Geben Sie eine Telefonnummer oder eine E-Mail-Adresse an."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(visibility="public") | Q(consent_given_on__isnull=False),
                name="contact_is_public_only_with_consent",
                violation_error_message=_(
                    "Öffentlich zeigen dürfen wir eine Person nur mit ihrer Einwilligung."
                ),
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(since=None) | Q(until__gte=F("since")),
                name="contact_ends_after_it_starts",
                violation_error_message=_("„Bis“ darf nicht vor „seit“ liegen."),
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(kept_until__isnull=False, kept_until__gte=F("until")),
                name="contact_who_left_has_an_end_of_data",
                violation_error_message=_(
                    "„Daten behalten bis“ darf nicht vor dem letzten Tag liegen."
                ),
            ),
        ]
        indexes = [
            # Asked before each mail, and when somebody wants to know or erase their data.
            models.Index(Lower("email"), name="contact_by_email"),
        ]

    def __str__(self):
        return self.name

    def save(self, **options):
        self.state_end_of_data()
        super().save(**options)

    def clean(self):
        self.state_end_of_data()

    def state_end_of_data(self):
        """Whoever leaves without a stated end of their data gets the usual one."""
        if self.until and self.kept_until is None:
            days = self.until.toordinal() + settings.CONTACT_KEPT_DAYS
            # "31.12.9999" is how some people write that somebody stays.
            self.kept_until = date.fromordinal(min(days, date.max.toordinal()))

    @property
    def is_current(self):
        return self.until is None or self.until >= timezone.localdate()
