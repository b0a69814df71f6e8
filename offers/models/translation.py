"""What an offer says in free words, in another language."""

from django.conf import settings
from django.db import models
from django.db.models import Prefetch, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.history.recording import tracked
from offers.models.fields import RichTextField
from offers.models.offer import Offer, fingerprint
from offers.models.offer.fingerprint import Fingerprint
from offers.models.offer.here import TEXTS
from offers.protection.protected_addresses import KeepsAddressesSecret


def other_languages():
    """Return the languages that offers are translated into, as choices by their own names."""
    return [one for one in settings.LANGUAGES if one[0] != settings.LANGUAGE_CODE]


def loaded_here(path=""):
    """Return what loads the translations into the language of the page, for ``prefetch_related``.

    ``path`` leads to the offers: "offer__".
    """
    language = get_language()
    if language in {None, settings.LANGUAGE_CODE}:
        return []
    said = OfferTranslation.objects.filter(language=language)
    return [Prefetch(f"{path}translations", said, to_attr="translations_here")]


class OfferTranslationQuerySet(models.QuerySet):
    def out_of_date(self):
        """Those with a text that was made of other German than that of now."""
        is_old = Q()
        for name in TEXTS:
            german = Q(**{f"{name}_of": Fingerprint(f"offer__{name}")})
            is_old |= ~Q(**{name: ""}) & ~german
        return self.filter(is_old)

    def whole(self):
        """Those that say each text of the German of now."""
        for name in TEXTS:
            german = Q(**{f"{name}_of": Fingerprint(f"offer__{name}")})
            self = self.filter(Q(**{f"offer__{name}": ""}) | ~Q(**{name: ""}) & german)  # noqa: PLW0642
        return self

    def checked(self):
        return self.filter(state=self.model.State.CHECKED)


class OfferTranslation(KeepsAddressesSecret, models.Model):
    """The texts of an offer in one language, each with a sign of the German it was made of.

    So a text is out of date as soon as somebody changes its German; readers get the German then.
    """

    class State(models.TextChoices):
        MACHINE = "machine", _("noch von niemandem geprüft, der die Sprache spricht")
        CHECKED = "checked", _("geprüft")

    offer = models.ForeignKey(
        Offer, verbose_name=_("Angebot"), on_delete=models.CASCADE, related_name="translations"
    )
    language = models.CharField(_("Sprache"), max_length=12)
    title = models.CharField(_("Titel"), max_length=160, blank=True)
    teaser = models.CharField(_("Kurzbeschreibung"), max_length=320, blank=True)
    description = RichTextField(_("Beschreibung"), blank=True)
    title_of = models.CharField(_("Stand des Titels"), max_length=16, blank=True)
    teaser_of = models.CharField(_("Stand der Kurzbeschreibung"), max_length=16, blank=True)
    description_of = models.CharField(_("Stand der Beschreibung"), max_length=16, blank=True)
    state = models.CharField(_("Prüfung"), max_length=10, choices=State, default=State.MACHINE)

    objects = OfferTranslationQuerySet.as_manager()
    history = tracked()

    class Meta:
        verbose_name = _("Übersetzung")
        verbose_name_plural = _("Übersetzungen")
        ordering = ["language", "offer"]
        constraints = [
            models.UniqueConstraint(
                fields=["offer", "language"],
                name="translation_is_one_for_a_language",
                violation_error_message=_("Diese Übersetzung gibt es schon."),
            ),
            models.CheckConstraint(
                condition=~Q(language__in=["", "de"]), name="translation_is_of_another_language"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["machine", "checked"]), name="translation_state_is_known"
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{name: "", f"{name}_of": ""})
                    | ~Q(**{name: ""}) & ~Q(**{f"{name}_of": ""}),
                    name=f"translation_knows_its_german_{name}",
                )
                for name in TEXTS
            ),
        ]

    def __str__(self):
        return f"{self.offer} ({dict(settings.LANGUAGES).get(self.language, self.language)})"

    def own_places(self):
        return self.offer.own_places() if self.offer_id else None

    @property
    def is_out_of_date(self):
        return any(map(self.is_old, TEXTS))

    def is_old(self, name):
        """Whether a text was made of other German than that of now."""
        german = getattr(self.offer, name)
        return bool(getattr(self, name)) and getattr(self, f"{name}_of") != fingerprint.of(german)

    def say(self, name, text, german_sign):
        """Let a text be this, made of the German with a sign."""
        setattr(self, name, text)
        setattr(self, f"{name}_of", german_sign if text else "")
