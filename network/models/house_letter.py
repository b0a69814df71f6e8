"""Letters that ask institutions about their entries, and those that a house has sent on."""

import datetime as dt

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.fields import MailboxField, optional
from offers.models import Institution

from .contact import Contact
from .house_link import HouseLink

A_WEEK = dt.timedelta(days=7)


def week_from(day):
    """Return the seven days in which a house gets no other letter."""
    return DateRange(day, day + A_WEEK)


def _as_span(value):
    """Return a span of one number: GiST knows those without an extension."""
    return Func(value, value, Value("[]"), function="int8range")


class HouseLetterQuerySet(models.QuerySet):
    def to_houses(self):
        """Letters the office or the clock wrote."""
        return self.filter(sent_on_by=None)

    def sent_on(self):
        """Letters a house had sent to somebody else."""
        return self.exclude(sent_on_by=None)

    def forget_addresses(self):
        """Forget to whom letters were sent on whose links are over."""
        over = Q(link=None) | Q(link__expires_at__lt=timezone.now())
        over |= Q(link__revoked_at__isnull=False)
        left = self.exclude(sent_on_to="").filter(over, begun_at__isnull=False)
        self.filter(pk__in=list(left.values_list("pk", flat=True))).update(sent_on_to="")

    def waiting(self):
        """Letters that nobody has begun to send."""
        return self.filter(begun_at=None)

    def answered(self):
        return self.filter(link__used_at__isnull=False)

    def unanswered(self):
        """Letters that left and brought no answer yet, those of which nobody knows included."""
        begun = self.filter(begun_at__isnull=False, refused_with=None, returned_at=None)
        return begun.filter(link__used_at=None)

    def come_back(self):
        """Letters that a mail server refused for good, at once or later."""
        return self.exclude(refused_with=None, returned_at=None)

    def of_days(self, number):
        """Letters that were written within so many days."""
        day = timezone.localdate() - dt.timedelta(days=number)
        return self.filter(week__startswith__gt=day)

    def in_one_mail(self, first):
        """A letter and those that left with it, in one mail."""
        return self.filter(Q(pk=first.pk) | Q(sent_with=first)).order_by("pk")

    def put_back(self):
        """Let letters wait again that surely did not leave."""
        keys = list(self.values_list("pk", flat=True))
        HouseLink.objects.filter(letter__in=keys).delete()
        self.model.objects.filter(pk__in=keys).update(begun_at=None, contact=None, sent_with=None)

    def for_office_list(self):
        """Load all that the list of the office reads."""
        return self.select_related("institution", "contact", "link", "by")


class HouseLetter(models.Model):
    """One letter to a house about all its entries that are due; nobody's where the clock wrote it.

    ``week`` begins when it is wanted, then when it leaves: no two letters of a house share one.
    ``begun_at`` is written before it leaves: rather no letter than a second. ``sent_with`` is the
    first of those in one mail. A house may send it on: by a link, to a mailbox that is forgotten
    when the link of the new letter is over.
    """

    institution = models.ForeignKey(
        Institution, verbose_name=_("Einrichtung"), on_delete=models.CASCADE, related_name="+"
    )
    week = DateRangeField(editable=False)
    by = optional(settings.AUTH_USER_MODEL, _("von"))
    contact = optional(Contact, _("Ansprechperson"))
    link = models.OneToOneField(
        HouseLink,
        verbose_name=_("Link"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="letter",
    )
    entries = models.PositiveSmallIntegerField(_("Einträge"), default=0)
    wanted_at = models.DateTimeField(_("gewünscht am"), auto_now_add=True)
    begun_at = models.DateTimeField(_("Versand begonnen"), null=True, blank=True)
    sent_at = models.DateTimeField(_("gesendet am"), null=True, blank=True)
    refused_with = models.PositiveSmallIntegerField(
        _("Ablehnung des Mailservers"), null=True, blank=True
    )

    returned_at = models.DateTimeField(_("zurückgekommen am"), null=True, blank=True)
    sent_on_by = optional(
        HouseLink, _("weitergegeben mit dem Link"), models.CASCADE, related_name="sent_on"
    )
    sent_with = optional("self", None, editable=False)
    sent_on_to = MailboxField(_("weitergegeben an"), blank=True)

    objects = HouseLetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("Brief an eine Einrichtung")
        verbose_name_plural = _("Briefe an Einrichtungen")
        ordering = ["-wanted_at", "-pk"]
        constraints = [
            ExclusionConstraint(
                name="house_letter_one_a_week",
                expressions=[
                    (_as_span(F("institution")), RangeOperators.OVERLAPS),
                    ("week", RangeOperators.OVERLAPS),
                ],
                condition=Q(sent_on_by=None),
            ),
            ExclusionConstraint(
                name="house_letter_sent_on_once_a_week",
                expressions=[
                    (
                        _as_span(Func(Lower("sent_on_to"), function="hashtext")),
                        RangeOperators.OVERLAPS,
                    ),
                    ("week", RangeOperators.OVERLAPS),
                ],
                condition=~Q(sent_on_to=""),
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None, refused_with=None) | Q(begun_at__isnull=False),
                name="house_letter_begins_before_it_is_sent",
            ),
        ]

    def __str__(self):
        return str(self.institution)

    @property
    def address(self):
        """Where it went; nothing where that is forgotten."""
        if self.sent_on_by_id:
            return self.sent_on_to
        return self.contact.email if self.contact else self.institution.email

    def note_return(self):
        """Note that a mail server sent it back, with all that was in the same mail."""
        self.returned_at = timezone.now()
        HouseLetter.objects.in_one_mail(self).update(returned_at=self.returned_at)

    @property
    def state(self):
        """What became of it, in words."""
        if self.link is not None and self.link.used_at:
            return _("beantwortet")
        if self.refused_with:
            return _("vom Mailserver abgelehnt (%d)") % self.refused_with
        if self.returned_at:
            return _("zurückgekommen: dort kam er nicht an")
        if self.sent_at:
            return _("gesendet, noch keine Antwort")
        return _("ungeklärt: vielleicht angekommen") if self.begun_at else _("wartet")
