"""What a newsletter is made of, in order."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.fields import optional
from kekiz_portal.lib.history.recording import tracked
from lifephases.models import LifePhase
from offers.models import Institution, Offer, Topic
from offers.models.fields import RichTextField
from offers.protection.protected_addresses import KeepsAddressesSecret

from .newsletter import Newsletter


class NewsletterBlock(KeepsAddressesSecret, models.Model):
    """One part of a newsletter. A kind reads only the fields that belong to it."""

    class Kind(models.TextChoices):
        TEXT = "text", _("Text")
        OFFER = "offer", _("Angebot")
        INSTITUTION = "institution", _("Einrichtung")
        DATE = "date", _("Termin")
        PICTURE = "picture", _("Bild")
        NEWS = "news", _("Neu und geändert seit dem letzten Newsletter")

    newsletter = models.ForeignKey(
        Newsletter, verbose_name=_("Newsletter"), on_delete=models.CASCADE, related_name="blocks"
    )
    position = models.PositiveSmallIntegerField(_("Nummer"), default=1)
    kind = models.CharField(_("Art"), max_length=12, choices=Kind, default=Kind.TEXT)
    heading = models.CharField(_("Überschrift"), max_length=120, blank=True)
    text = RichTextField(_("Text"), blank=True)
    # Whatever is deleted leaves an empty block; the checks before sending name it.
    offer = optional(Offer, _("Angebot"))
    institution = optional(Institution, _("Einrichtung"))
    day = models.DateField(_("Tag"), null=True, blank=True)
    picture = models.ImageField(
        _("Bild"),
        upload_to="bilder",
        width_field="picture_width",
        height_field="picture_height",
        blank=True,
    )
    picture_width = models.PositiveSmallIntegerField(null=True, editable=False)
    picture_height = models.PositiveSmallIntegerField(null=True, editable=False)
    picture_alt = models.CharField(_("Was ist auf dem Bild zu sehen?"), max_length=200, blank=True)
    picture_is_decorative = models.BooleanField(_("Das Bild schmückt nur"), default=False)

    # What news tell of, where not of all.
    news_topic = optional(Topic, _("nur zum Thema"))
    news_phase = optional(LifePhase, _("nur für die Lebensphase"))
    left_out = models.ManyToManyField(
        Offer, verbose_name=_("weglassen"), blank=True, related_name="+"
    )

    history = tracked(excluded_fields=["picture_width", "picture_height"], m2m_fields=["left_out"])

    class Meta:
        verbose_name = _("Baustein")
        verbose_name_plural = _("Bausteine")
        ordering = ["newsletter", "position", "pk"]
        constraints = [
            # Of other kinds nobody sees the picture, nor could describe it.
            models.CheckConstraint(
                condition=~Q(kind="picture")
                | Q(picture="")
                | ~Q(picture_alt="")
                | Q(picture_is_decorative=True),
                name="newsletter_picture_is_described_or_decorative",
                violation_error_message=_(
                    "Schreiben Sie, was auf dem Bild zu sehen ist, "
                    "oder kreuzen Sie an, dass es nur schmückt."
                ),
            ),
        ]

    def __str__(self):
        return self.heading or self.get_kind_display()
