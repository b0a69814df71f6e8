"""Which facts of an offer are known: those get the room on its page, the others one line."""

from dataclasses import dataclass, fields

from django.utils.translation import gettext_lazy as _

WORDS = {
    "times": _("Zeiten"),
    "place": _("Ort"),
    "cost": _("Kosten"),
    "access": _("Anmeldung"),
    "languages": _("Sprachen"),
    "accessibility": _("Barrierefreiheit"),
}


@dataclass(frozen=True)
class KnownFacts:
    """Of each fact whether anything is known, in the order of the page."""

    times: bool
    place: bool
    cost: bool
    access: bool
    languages: bool
    accessibility: bool

    @property
    def missing(self):
        """The words for what nobody knows yet: "Zeiten", "Sprachen"."""
        return [str(WORDS[one.name]) for one in fields(self) if not getattr(self, one.name)]


def known_facts(offer, dates, *, costs_nothing=False):
    """Return what is known of an offer from ``for_page()`` with the next ``dates`` to go to.

    ``costs_nothing`` where that is known though the offer does not say it.
    """
    is_valid_for = offer.valid_from or offer.valid_to
    return KnownFacts(
        times=bool(offer.has_times or offer.schedule_text or dates or is_valid_for),
        place=any(place.mode != place.Mode.UNKNOWN for place in offer.places.all()),
        cost=costs_nothing
        or bool(offer.cost_kind != offer.Cost.UNKNOWN or offer.cost_note)
        or bool(offer.cost_options.all()),
        access=bool(offer.access_modes or offer.how_to_apply or offer.registration_url),
        languages=bool(offer.languages or offer.languages_note),
        accessibility=bool(offer.accessibility_words),
    )
