"""What happened to an entry when it was saved: above all whether families see it now."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from offers.models import Offer

Status = Offer.Status


def after_saving(offer):
    """Return a sentence about an offer that was saved as it is."""
    return f"{_('Gespeichert.')} {_who_sees(offer)}"


def after_step(name, offer):
    """Return a sentence about an offer that just took a step (``offers.curation.publishing``)."""
    done = {
        "submit": _("Zur Prüfung gegeben."),
        "publish": _("Veröffentlicht."),
        "return": _("Zurückgegeben. Wer den Eintrag pflegt, liest Ihre Frage."),
        "archive": _("Archiviert."),
        "reopen": _("Wieder geöffnet."),
    }
    return f"{done[name]} {_who_sees(offer)}"


def _who_sees(offer):
    today = timezone.localdate()
    if offer.status == Status.PUBLISHED and offer.valid_from and offer.valid_from > today:
        day = date_format(offer.valid_from, "j. F Y")
        return _("Familien sehen den Eintrag ab dem %s.") % day
    if offer.status == Status.PUBLISHED and offer.valid_to and offer.valid_to < today:
        return _("Familien sehen den Eintrag nicht mehr: Sein Zeitraum ist vorbei.")
    return {
        Status.PUBLISHED: _("Familien sehen den Eintrag jetzt."),
        Status.DRAFT: _("Familien sehen den Eintrag noch nicht: Er ist ein Entwurf."),
        Status.IN_REVIEW: _("Familien sehen den Eintrag, wenn die Redaktion ihn freigibt."),
        Status.RETURNED: _("Familien sehen den Eintrag nicht, bis die Frage geklärt ist."),
        Status.ARCHIVED: _("Familien sehen den Eintrag nicht mehr."),
    }[offer.status]
