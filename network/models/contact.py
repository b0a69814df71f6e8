"""People in the network. Personal data stands only here."""

from datetime import date, timedelta
from functools import reduce
from operator import or_

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.fields import MailboxField, NameOrderField, TelephoneField
from kekiz_portal.lib.german_order import GermanOrder
from kekiz_portal.lib.history.recording import tracked
from network import models as others  # which import this module: read when asked
from network.models.mail_consent import CONSENT_ENDS_AFTER_IT_BEGAN, CONSENT_IS_WHOLE, MailConsent
from network.models.partner import Partner
from offers.models import Location
from offers.protection.protected_addresses import KeepsAddressesSecret

EXPORT_RIGHT = "network.export_contacts"
ENDS_SOON_DAYS = 30


class ContactQuerySet(models.QuerySet):
    def by_partner(self, narrow):
        """Narrow by a question to their partners; partners have the same method."""
        return self.filter(partner__in=narrow(Partner.objects.order_by()).values("pk"))

    def current(self, on=None):
        """People who are there on a day (today by default); at a closed institution nobody is."""
        stays = Q(until=None) | Q(until__gte=on or timezone.localdate())
        return self.filter(stays, partner__institution__archived_on=None)

    def former(self):
        left = Q(until__lt=timezone.localdate())
        return self.filter(left | Q(partner__institution__archived_on__isnull=False))

    def maybe_twice(self):
        """People there with the name of somebody else who is there, in whatever order."""
        others = Contact.objects.current().exclude(pk=OuterRef("pk"))
        same = others.filter(name_order__iexact=OuterRef("name_order"))
        return self.current().filter(Exists(same.order_by()))

    def in_group(self, group_slug):
        """The distribution list of a group: who represents a partner there.

        Where a partner has named nobody who is still there, all of its people stand for it.
        """
        return self.in_one_of_the_groups([group_slug])

    def in_one_of_the_groups(self, group_slugs):
        return self.filter(reduce(or_, map(self._is_in_group, group_slugs)))

    def _is_in_group(self, group_slug):
        there = others.Membership.objects.open().filter(
            partner=OuterRef("partner"), group__slug=group_slug
        )
        named = there.filter(contact=OuterRef("pk"))
        somebody_is_named = there.filter(contact__in=self.model.objects.current().order_by())
        nobody_named = Exists(there) & ~Exists(somebody_is_named)
        return Exists(named) | nobody_named

    # Who may get mails

    def agreed_to_mail(self):
        """People who said that they want mails: nobody else is in any audience (GDPR Art. 6)."""
        return self.filter(mail_consent_given_on__isnull=False, mail_consent_withdrawn_on=None)

    def refusing_mails(self):
        """People who said no to mails."""
        return self.exclude(mail_consent_withdrawn_on=None)

    def without_mail_consent(self):
        """People with an address who neither agreed to mails nor said no."""
        unsaid = self.filter(mail_consent_given_on=None, mail_consent_withdrawn_on=None)
        return unsaid.exclude(email="")

    def to_ask_for_mail_consent(self):
        """Those of them whom nobody has asked, at an address that takes mail and wants it."""
        unwanted = others.Suppression.objects.filter(address__mailbox=OuterRef("email"))
        return (
            self.current()
            .without_mail_consent()
            .filter(consent_letter=None)
            .without_stopped_address()
            .exclude(Exists(unwanted))
        )

    def answering_for_entries(self, institutions):
        """People who get the letters about the entries of some institutions; not who refused."""
        theirs = self.filter(partner__institution__in=institutions, answers_for_entries=True)
        people = theirs.current()
        wanting = people.filter(mail_consent_withdrawn_on=None).exclude(email="")
        return wanting.without_stopped_address()

    # What somebody should look at

    def visible_without_consent(self):
        """People whom professionals see although nobody noted that they agreed."""
        return self.filter(visibility=self.model.Visibility.PROFESSIONALS, consent_given_on=None)

    def ending_soon(self):
        """People whose data is erased within a month."""
        last_day = timezone.localdate() + timedelta(days=ENDS_SOON_DAYS)
        return self.filter(kept_until__lte=last_day)

    def past_their_end(self, on=None):
        """People whose data should be gone on a day (today by default)."""
        return self.filter(kept_until__lt=on or timezone.localdate())

    def with_stopped_address(self):
        """People whose newsletters came back so often that they get none any more."""
        return self.filter(self._stopped_address())

    def without_stopped_address(self):
        return self.exclude(self._stopped_address())

    def _stopped_address(self):
        return Exists(
            others.AddressHealth.objects.stopped().filter(address__mailbox=OuterRef("email"))
        )

    def without_phone(self):
        return self.filter(phone="", mobile="")

    # Who may have it

    def to_hand_out(self, user):
        """People whom a user may take along: without the right only public ones."""
        if user.has_perm(EXPORT_RIGHT):
            return self
        return self.filter(visibility=self.model.Visibility.PUBLIC)

    # What a page reads

    def for_office_list(self):
        """Load all that the list of the office reads."""
        return self.select_related("partner__institution__kind")

    def for_export(self):
        """Load all that an exported list of people reads, by institution and name."""
        return (
            self.for_office_list()
            .prefetch_related(
                others.Membership.objects.with_groups(),
                Prefetch(
                    "partner__institution__locations",
                    Location.objects.select_related("district"),
                ),
            )
            .order_by(GermanOrder("partner__institution__name"), "name_order", "pk")
        )


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
    answers_for_entries = models.BooleanField(
        _("antwortet für die Angebote"),
        default=False,
        help_text=_(
            "Dann geht an diese Adresse, nicht an das Funktionspostfach, die Frage, ob die "
            "Angebote der Einrichtung noch stimmen. Dafür braucht es keine Einwilligung in E-Mails."
        ),
    )
    language = models.CharField(
        _("liest E-Mails auf"),
        max_length=12,
        choices=settings.LANGUAGES,
        default=settings.LANGUAGE_CODE,
        help_text=_("So sind Fragen nach den Angeboten geschrieben, die an diese Person gehen."),
    )
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

    # Nobody is merged into another institution, nor gets a consent by being merged.
    not_chosen = frozenset(
        {"partner", "visibility", "consent_given_on", "consent_text", "since", "until"}
        | {"kept_until", "name_order", *(one.name for one in MailConsent._meta.fields)}  # noqa: SLF001
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

    @property
    def is_put_away(self):
        return not self.is_current

    def put_away(self):
        """Let somebody have left yesterday."""
        self.until = timezone.localdate() - timedelta(days=1)
        self.since = self.since and min(self.since, self.until)
