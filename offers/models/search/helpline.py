"""Numbers to call when it must not wait."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib import telephone, web_address
from kekiz_portal.lib.fields import WebAddressField
from kekiz_portal.lib.german_order import GermanOrder
from kekiz_portal.lib.history.recording import tracked
from offers.protection.protected_addresses import KeepsAddressesSecret


class HelplineQuerySet(models.QuerySet):
    def for_families(self):
        """Numbers that everyone may call, the local one right after 112 and 110."""
        return self.filter(is_for_professionals=False)

    def against_violence(self):
        """Numbers for families in danger or facing violence."""
        situations = self.model.Situation
        return self.for_families().filter(situation__in=[situations.DANGER, situations.VIOLENCE])


ALWAYS = ("rund um die Uhr", "24/7")
NUMBER_HELP = _("In den Gruppen, in denen man sie kennt, etwa 116 111 oder 0800 111 0 111.")


class Helpline(KeepsAddressesSecret, models.Model):
    """An emergency or help line. ``situation`` groups them as people look for them."""

    class Situation(models.TextChoices):
        DANGER = "danger", _("Jemand ist in Gefahr")
        ILL = "ill", _("Mein Kind ist krank oder hat etwas verschluckt")
        VIOLENCE = "violence", _("Gewalt oder Missbrauch")
        CRISIS = "crisis", _("Ich kann nicht mehr")
        CHILD = "child", _("Für Kinder und Jugendliche")
        PARENTS = "parents", _("Für Eltern")
        PREGNANT = "pregnant", _("Schwanger und in Not")

    slug = models.SlugField(_("Kurzname"), max_length=80, unique=True)
    name = models.CharField(_("Name"), max_length=160)
    position = models.PositiveSmallIntegerField(_("Reihenfolge"), default=0)
    situation = models.CharField(_("Situation"), max_length=10, choices=Situation)
    # As people know it, "0800 111 0 111"; what is dialled follows from it.
    number = models.CharField(
        _("Nummer"), max_length=30, validators=[telephone.validated], help_text=NUMBER_HELP
    )
    hours = models.CharField(_("Zeiten"), max_length=120)
    languages = models.CharField(_("Sprachen"), max_length=200, blank=True)
    cost = models.CharField(_("Kosten"), max_length=80, blank=True)
    audience = models.CharField(_("für wen"), max_length=120, blank=True)
    online = models.CharField(_("Chat oder Internetseite"), max_length=200, blank=True)
    when_to_show = models.CharField(_("wann zeigen"), max_length=200, blank=True)
    is_for_professionals = models.BooleanField(_("nur für Fachkräfte"), default=False)
    is_local = models.BooleanField(_("aus der eigenen Stadt"), default=False)
    source_url = WebAddressField(_("Quelle"), max_length=500, blank=True)
    source_year = models.CharField(_("Stand der Quelle"), max_length=20, blank=True)
    certainty = models.CharField(_("Wie sicher?"), max_length=300, blank=True)

    objects = HelplineQuerySet.as_manager()
    history = tracked()

    class Meta:
        verbose_name = _("Hilfenummer")
        verbose_name_plural = _("Hilfenummern")
        ordering = ["position", GermanOrder("name"), "name"]

    def __str__(self):
        return f"{self.name} ({self.number})"

    @property
    def tel_uri(self):
        return telephone.tel_uri(self.number)

    @property
    def answers_always(self):
        """Whether the line says that somebody answers day and night."""
        return self.hours.startswith(ALWAYS)

    @property
    def online_url(self):
        """Where one can write or read: "www.116117.de (Chat)" begins with an address, or not."""
        return web_address.link(self.online.partition(" ")[0])
