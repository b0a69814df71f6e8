"""The filters of ``/angebote/`` asked of the database: what the catalogue has to agree with."""

from django.db.models import Exists, F, OuterRef, Q, Subquery

from kekiz_portal.lib.german_order import GermanOrder
from offers.browsing.filters import weekdays_of
from offers.models import AccessibilityFact, Occurrence, Offer, OfferPlace, Schedule
from offers.models.location import is_public
from offers.models.offer.narrowing import ANYWHERE_MODES

FILTERS = {
    "alter": lambda values, _: Q(ages__contains=int(values[0])) | Q(ages=None),
    "phase": lambda values, words: in_phase(words.phases, values[0]),
    "thema": lambda values, _: Exists(
        Offer.topics.through.objects.filter(offer=OuterRef("pk"), topic__slug__in=values)
    ),
    "bezirk": lambda values, _: Exists(visible_places(in_districts(values))) | near_everywhere(),
    "plz": lambda values, _: Exists(visible_places(at_postal_code(values[0]))) | near_everywhere(),
    "kostenlos": lambda *_: Q(cost_kind="free"),
    "but": lambda *_: Q(reductions__contains=["but"]),
    "ohne-anmeldung": lambda *_: Q(access_modes__contains=["open"]),
    "online": lambda *_: Exists(places().filter(mode="online")),
    "barrierefrei": lambda *_: Exists(
        AccessibilityFact.objects.filter(
            is_public("location"),
            location__offer_places__offer=OuterRef("pk"),
            feature="step-free",
            is_present=True,
        )
    ),
    "sprache": lambda values, _: Q(languages__overlap=values),
}


def found(selection, words):
    """Return the published offers that a selection leaves; ``words`` has the phases."""
    offers = Offer.objects.published()
    for name, values in selection.items():
        if name in FILTERS:
            offers = offers.filter(FILTERS[name](values, words))
    if "tag" in selection or "zeit" in selection:
        weekdays, parts = weekdays_of(selection.get("tag", [])), selection.get("zeit", [])
        there = Schedule.objects.in_slot(weekdays, parts).filter(place__offer=OuterRef("pk"))
        offers = offers.filter(Exists(there))
    return offers


def in_order(offers, sort, selection, at):
    """Return offers in one of the orders of the page."""
    if sort == "titel":
        return offers.by_title()
    if sort == "termin":
        coming = Occurrence.objects.upcoming(at).to_go_to().filter(offer=OuterRef("pk"))
        next_at = Subquery(coming.values("starts_at")[:1])
        order = [F("next_at").asc(nulls_last=True), GermanOrder("title"), "title", "pk"]
        return offers.alias(next_at=next_at).order_by(*order)
    fitting = offers.best_fit_first()
    there = Exists(visible_places(in_districts(selection.get("bezirk", []))))
    return fitting.alias(is_there=there).order_by(F("is_there").desc(), *fitting.query.order_by)


def in_phase(phases, slug):
    phase = next(one for one in phases if one.slug == slug)
    if phase.is_cross:
        through = Offer.extra_phases.through.objects.filter(lifephase=phase.pk)
        return Exists(through.filter(offer=OuterRef("pk")))
    return Q(ages__overlap=phase.ages) | Q(ages=None)


def places():
    return OfferPlace.objects.filter(offer=OuterRef("pk"))


def visible_places(condition):
    return places().filter(is_public("location")).filter(condition)


def in_districts(slugs):
    return Q(location__district__path__overlap=list(slugs))


def at_postal_code(code):
    is_unknown = Q(location__postal_code="") | Q(location__visibility="district")
    of_its_district = Q(location__district__postal_codes__contains=[code])
    return Q(location__postal_code=code) & ~is_unknown | is_unknown & of_its_district


def near_everywhere():
    """Offers that come to the family or that name no part of the city."""
    comes = Exists(places().filter(mode__in=ANYWHERE_MODES))
    return comes | ~Exists(visible_places(Q(location__district__isnull=False)))
