"""What happens to those who call: what an entry says itself, else what holds for its kind."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from kekiz_portal.lib import languages


@dataclass(frozen=True)
class FirstCall:
    """In sentences, none where nobody knows; ``costs_nothing`` where only the kind says so."""

    sentences: list
    costs_nothing: bool


def first_call(offer):
    """Return what is known of a call, of an offer from ``for_page()``."""
    kind = offer.provider.kind if offer.provider else None
    costs_nothing = bool(
        kind
        and kind.costs_nothing
        and offer.cost_kind == offer.Cost.UNKNOWN
        and not offer.cost_note
    )
    sentences = [
        _of_names(_known(offer, kind, "anonymous_possible")),
        _of_the_youth_office(_known(offer, kind, "is_youth_office")),
        _("Das kostet nichts.") if costs_nothing else "",
        languages.marked_german(_known(offer, kind, "first_call")),
    ]
    return FirstCall([one for one in sentences if one], costs_nothing)


def _known(offer, kind, fact):
    """Return a fact as the entry says it, else as its kind does."""
    own = getattr(offer, fact)
    return getattr(kind, fact) if own in (None, "") and kind else own


def _of_names(may_be_unnamed):
    if may_be_unnamed is None:
        return ""
    if may_be_unnamed:
        return _("Sie müssen Ihren Namen nicht sagen.")
    return _("Ohne Namen geht es hier nicht.")


def _of_the_youth_office(is_youth_office):
    if is_youth_office is None:
        return ""
    if is_youth_office:
        return _("Sie sprechen dort mit dem Jugendamt.")
    return _("Sie sprechen dort nicht mit dem Jugendamt.")
