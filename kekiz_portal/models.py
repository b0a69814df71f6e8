"""Pages that speak for the portal as a whole; their texts are kept in the admin."""

from datetime import timedelta

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.fields import optional
from offers.models.fields import PageTextField
from offers.protection.protected_addresses import KeepsAddressesSecret

from . import films
from .lib import rich_text
from .lib.fields import MailboxField
from .lib.history.recording import tracked


class Page(KeepsAddressesSecret, models.Model):
    """A text the law asks of a public body."""

    class Slug(models.TextChoices):
        IMPRINT = "impressum", _("Impressum")
        PRIVACY = "datenschutz", _("Datenschutz")
        ACCESSIBILITY = "barrierefreiheit", _("Barrierefreiheit")
        EASY_LANGUAGE = "leichte-sprache", _("Leichte Sprache")

    slug = models.CharField(_("Seite"), max_length=20, choices=Slug, unique=True)
    title = models.CharField(_("Titel"), max_length=120)
    body = PageTextField(
        _("Text"), help_text=_("Erlaubt sind Überschriften, Absätze, Listen und Links.")
    )
    is_placeholder = models.BooleanField(
        _("Platzhalter"),
        default=True,
        help_text=_("Solange das gesetzt ist, steht über dem Text, dass er noch nicht gilt."),
    )
    updated_at = models.DateTimeField(_("geändert am"), auto_now=True)

    history = tracked(excluded_fields=["updated_at"])

    class Meta:
        verbose_name = _("Seite des Portals")
        verbose_name_plural = _("Seiten des Portals")
        ordering = ["slug"]

    def __str__(self):
        return self.title

    @property
    def safe_body(self):
        """The text, cleaned once more at the last step before it is shown."""
        return rich_text.stored(self.body, rich_text.PAGE_TAGS)


class Film(KeepsAddressesSecret, models.Model):
    """A film in Deutscher Gebärdensprache (BITV 2.0 § 4), with its words beside it."""

    About = films.About

    about = models.CharField(_("Worum geht es?"), max_length=12, choices=About, unique=True)
    file = models.FileField(
        _("Film"),
        upload_to=films.name_of,
        validators=[films.check],
        help_text=_(
            "MP4 (H.264) oder WebM, höchstens 24 MB, mindestens 320 × 240 Punkte und 25 Bilder in "
            "der Sekunde. Der Hintergrund steht still und ist weder schwarz noch weiß; Hände und "
            "Kleidung heben sich ab; das Logo für DGS ist zu sehen."
        ),
    )
    seconds = models.PositiveSmallIntegerField(
        _("Dauer in Sekunden"), validators=[MinValueValidator(1)]
    )
    text = models.TextField(
        _("Was der Film sagt"), max_length=6000, help_text=_("Steht als Text neben dem Film.")
    )

    class Meta:
        verbose_name = _("Film in Gebärdensprache")
        verbose_name_plural = _("Filme in Gebärdensprache")
        ordering = ["pk"]

    def __str__(self):
        return self.get_about_display()

    def get_absolute_url(self):
        return reverse("portal:films")

    @property
    def address(self):
        """Where the file itself is, to be played and to be kept."""
        name, _dot, ending = self.file.name.rpartition("/")[2].partition(".")
        return reverse("film", args=[name, ending])

    @property
    def media_type(self):
        return films.TYPES[self.file.name.rpartition(".")[2]]

    @property
    def minutes(self):
        """How long it is, as players say it: "1:05"."""
        return f"{self.seconds // 60}:{self.seconds % 60:02}"


ANSWERED_WITHIN = timedelta(weeks=4)  # BGG NRW § 10b (3): in a reasonable time


class BarrierReportQuerySet(models.QuerySet):
    def open(self):
        """What nobody has answered yet, the oldest first."""
        return self.filter(done_at=None).order_by("created_on", "pk")

    def close(self, user):
        """Note that these are answered; where to answer is forgotten with it."""
        return self.update(done_at=timezone.now(), done_by=user, reply_to="")


class BarrierReport(models.Model):
    """A barrier that somebody reported, or information they need in another form.

    Nothing is kept of them but where to answer, if they said so, and that only until it is done.
    """

    message = models.TextField(_("Nachricht"), max_length=2000)
    reply_to = MailboxField(_("Antwort an"), blank=True)
    created_on = models.DateField(_("gemeldet am"), auto_now_add=True)
    done_at = models.DateTimeField(_("erledigt am"), null=True, blank=True, editable=False)
    done_by = optional(settings.AUTH_USER_MODEL, _("erledigt von"), editable=False)

    objects = BarrierReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("gemeldete Barriere")
        verbose_name_plural = _("gemeldete Barrieren")
        ordering = ["created_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(done_at=None) | models.Q(reply_to=""),
                name="barrier_report_forgets_whom_it_answered",
            ),
        ]

    def __str__(self):
        return date_format(self.created_on, "d.m.Y")

    @property
    def answer_until(self):
        """The day until which it should be answered."""
        return self.created_on + ANSWERED_WITHIN
