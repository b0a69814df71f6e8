"""Calls to institutions about their entries: when, by whom, and when to try again."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.fields import optional
from offers.models import ContactPoint, Institution, Offer, Pursuit

BY_LETTER = (Pursuit.Step.LETTER, Pursuit.Step.SECOND_LETTER)


class CallQuerySet(models.QuerySet):
    def reached(self):
        """Calls that somebody took."""
        return self.filter(again_at=None)

    def for_office_list(self):
        return self.select_related("institution", "by")


def to_call_about():
    """Return the offers that are due and wait for no answer to a letter."""
    due = Offer.objects.meant_for_readers().to_ask_about()
    by_letter = Pursuit.objects.at(*BY_LETTER).order_by().values("offer")
    return due.exclude(provider=None).exclude(pk__in=by_letter)


def houses_to_call():
    """Return the institutions to call now: with a number, and nobody said to try later."""
    later = Call.objects.filter(institution=OuterRef("pk"), again_at__gt=timezone.now())
    return _with_something_to_ask().filter(_has_number()).exclude(Exists(later))


def houses_without_number():
    """Return the institutions that nobody can call: a number is to be found first."""
    return _with_something_to_ask().exclude(_has_number())


def _with_something_to_ask():
    return Institution.objects.current().filter(Exists(_about_a_house()))


def _has_number():
    points = ContactPoint.objects.public().exclude(phone="")
    of_an_offer = points.filter(offer__provider=OuterRef("pk"), offer__in=to_call_about())
    return ~Q(phone="") | Q(Exists(_about_a_house().exclude(phone=""))) | Q(Exists(of_an_offer))


def _about_a_house():
    return to_call_about().filter(provider=OuterRef("pk")).order_by()


class Call(models.Model):
    """One call. ``again_at`` is when to try again after nobody answered."""

    institution = models.ForeignKey(
        Institution, verbose_name=_("Einrichtung"), on_delete=models.CASCADE, related_name="+"
    )
    by = optional(settings.AUTH_USER_MODEL, _("von"), blank=False)
    called_at = models.DateTimeField(_("angerufen am"), default=timezone.now)
    confirmed = models.PositiveSmallIntegerField(_("bestätigte Einträge"), default=0)
    again_at = models.DateTimeField(_("wieder anrufen ab"), null=True, blank=True)

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("Anruf")
        verbose_name_plural = _("Anrufe")
        ordering = ["-called_at", "-pk"]

    def __str__(self):
        return str(self.institution)
