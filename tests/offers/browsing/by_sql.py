"""The filters of ``/angebote/`` asked of the database: what the catalogue has to agree with."""

import datetime as dt
from math import acos, cos, radians, sin

from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Concat
from django.utils import timezone

from kekiz_portal.lib.german_order import GermanOrder
from offers.browsing.where_and_when import weekdays_of
from offers.catalogue.reading import (
    AT_ANY_TIME,
    LATER,
    MANY_AGES_MONTHS,
    NOW,
    PAST,
    SOON_DAYS,
    UNSURE,
    WIDEST_SPAN_MONTHS,
)
from offers.models import (
    AccessibilityFact,
    District,
    Location,
    Occurrence,
    Offer,
    OfferPlace,
    Schedule,
    Source,
)
from offers.models.location import is_public
from offers.models.offer.delicate import DELICATE
from offers.models.offer.narrowing import ANYWHERE_MODES, WITHOUT_A_WAY

FILTERS = {
    "alter": lambda values, _: Q(ages__contains=int(values[0])) | Q(ages=None),
    "phase": lambda values, words: in_phase(words.phases, values[0]),
    "thema": lambda values, _: Exists(
        Offer.topics.through.objects.filter(offer=OuterRef("pk"), topic__slug__in=values)
    ),
    "fuer": lambda values, _: Exists(
        Offer.target_groups.through.objects.filter(
            offer=OuterRef("pk"), targetgroup__slug__in=values
        )
    ),
    "plz": lambda values, _: Exists(visible_places(at_postal_code(values[0]))) | near_everywhere(),
    "kostenlos": lambda *_: Q(cost_kind="free"),
    "but": lambda *_: Q(reductions__contains=["but"]),
    "ohne-anmeldung": lambda *_: Q(access_modes__contains=["open"]),
    "anonym": lambda *_: (
        Q(anonymous_possible=True)
        | Q(anonymous_possible=None, provider__kind__anonymous_possible=True)
    ),
    "wann": lambda values, _: soon(values[0], timezone.now()),
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
    if "bezirk" in selection:
        offers = offers.filter(Exists(visible_places(around(selection))) | near_everywhere())
    if "tag" in selection or "zeit" in selection:
        weekdays, parts = weekdays_of(selection.get("tag", [])), selection.get("zeit", [])
        there = Schedule.objects.in_slot(weekdays, parts).filter(place__offer=OuterRef("pk"))
        offers = offers.filter(Exists(there))
    return offers


def beside(choice, selection, words):
    """Return the offers that the number beside a choice counts: of places only what is there."""
    apart = {"bezirk": "umkreis", "umkreis": "bezirk"}.get(choice.name)
    others = {name: those for name, those in selection.items() if name not in {choice.name, apart}}
    if choice.name == "bezirk":
        return found(others, words).filter(Exists(visible_places(in_districts([choice.value]))))
    if choice.name == "plz":
        return found(others, words).filter(Exists(visible_places(at_postal_code(choice.value))))
    if choice.name == "umkreis":
        wider = {"bezirk": selection.get("bezirk", []), "umkreis": [choice.value]}
        return found(others, words).filter(Exists(visible_places(around(wider))))
    return found(others | {choice.name: [choice.value]}, words)


def in_order(offers, sort, selection, at):
    """Return offers in one of the orders of the page."""
    if sort == "titel":
        return offers.by_title()
    if sort == "termin":
        coming = Occurrence.objects.upcoming(at).to_go_to().filter(offer=OuterRef("pk"))
        next_at = Subquery(coming.values("starts_at")[:1])
        order = [F("next_at").asc(nulls_last=True), GermanOrder("title"), "title", "pk"]
        return offers.alias(next_at=next_at).order_by(*order)
    fitting = best_fit_first(offers)
    if not {"bezirk", "plz"} & set(selection):
        return fitting
    there = Exists(visible_places(in_districts(selection.get("bezirk", []))))
    for code in selection.get("plz", []):
        there |= Exists(visible_places(at_postal_code(code)))
    near = Exists(visible_places(around(selection)))
    comes = Exists(places().filter(mode__in=WITHOUT_A_WAY))
    group = Case(When(there, then=0), When(near, then=1), When(comes, then=2), default=3)
    return fitting.alias(group=group).order_by("group", *fitting.query.order_by)


def best_fit_first(offers):
    """What the rows of the catalogue are ordered by, asked of the database."""
    width = Coalesce(F("ages__endswith") - F("ages__startswith"), WIDEST_SPAN_MONTHS)
    found = with_when(offers).alias(width=width)
    found = found.alias(for_many_ages=Q(width__gt=MANY_AGES_MONTHS))
    found = found.alias(is_unconfirmed=Q(confirmed_at=None))
    found = found.alias(is_delicate=Q(title__iregex=DELICATE.pattern))
    order = "when", "is_generic", "for_many_ages", "is_delicate", "is_unconfirmed", "width"
    return found.order_by(*order, GermanOrder("title"), "title", "pk")


def with_when(offers):
    """Say of each whether one can do it now, later, whether nobody is sure, or it is over."""
    day = timezone.localdate()
    coming = Occurrence.objects.filter(offer=OuterRef("pk"), day__gte=day).order_by("day")
    timed = Exists(Schedule.objects.filter(place__offer=OuterRef("pk")))
    outdated = Exists(Source.objects.of_outdated_times(day).filter(offer=OuterRef("pk")))
    old = outdated & Q(confirmed_at=None)
    this_year_on = "|".join(str(year) for year in range(day.year, 2100))
    is_of_a_year = Q(words__regex=r"\y20[0-9]{2}\y") & ~Q(words__regex=rf"\y({this_year_on})\y")
    soon = day + dt.timedelta(days=SOON_DAYS)
    return offers.alias(
        first=Subquery(coming.values("day")[:1]),
        words=Concat("title", Value(" "), "schedule_text"),
        when=Case(
            When(is_of_a_year & Q(first=None), then=PAST),
            When(old & Q(access_modes__overlap=AT_ANY_TIME), then=NOW),
            When(old & (~Q(schedule_text="") | timed), then=UNSURE),
            When(timed & Q(first=None), then=PAST),
            When(Q(first__gt=soon) | Q(registration_deadline__lt=day), then=LATER),
            default=NOW,
        ),
    )


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


def around(selection):
    """Places in the parts of the city that were chosen, or as near as was chosen."""
    inside = in_districts(selection.get("bezirk", []))
    if "umkreis" not in selection:
        return inside
    middles = [position(District.objects.get(slug=slug)) for slug in selection["bezirk"]]
    near = [
        place.pk
        for place in Location.objects.public().select_related("district")
        if any(apart(where(place), middle) <= int(selection["umkreis"][0]) for middle in middles)
    ]
    return inside | Q(location__in=near)


def where(place):
    if place.latitude is not None and place.visibility == "public":
        return float(place.latitude), float(place.longitude)
    return place.district and position(place.district)


def position(district):
    while district.parent and district.latitude is None:
        district = district.parent
    return (float(district.latitude), float(district.longitude)) if district.parent else None


def apart(one, other):
    """How many kilometres, by the law of cosines."""
    if not one or not other:
        return float("inf")
    if one == other:
        return 0
    (north, east), (other_north, other_east) = (map(radians, at) for at in (one, other))
    along = sin(north) * sin(other_north)
    return 6371 * acos(along + cos(north) * cos(other_north) * cos(east - other_east))


def soon(value, at):
    """Offers with a date to go to now, today, or within seven days from today's midnight."""
    dates = Occurrence.objects.to_go_to().filter(offer=OuterRef("pk"))
    if value == "jetzt":
        return Exists(dates.filter(starts_at__lte=at, ends_at__gt=at))
    day = timezone.localdate(at) + dt.timedelta(days=1 if value == "heute" else 7)
    end = timezone.make_aware(dt.datetime.combine(day, dt.time.min))
    return Exists(dates.upcoming(at).filter(starts_at__lt=end))


def at_postal_code(code):
    is_unknown = Q(location__postal_code="") | Q(location__visibility="district")
    of_its_district = Q(location__district__postal_codes__contains=[code])
    return Q(location__postal_code=code) & ~is_unknown | is_unknown & of_its_district


def near_everywhere():
    """Offers that come to the family or that name no part of the city."""
    comes = Exists(places().filter(mode__in=ANYWHERE_MODES))
    return comes | ~Exists(visible_places(Q(location__district__isnull=False)))
