"""Write the places of entries that come whole: locations, what is known of them, and schedules."""

from collections import defaultdict

from django.db.models import Q

from kekiz_portal.lib.history.beginnings import is_tracked, write_history
from offers.exchange.columns.addresses import locations_of
from offers.models import (
    AccessibilityFact,
    Institution,
    Location,
    Offer,
    OfferPlace,
    Schedule,
    ScheduleException,
)
from offers.protection.protected_addresses import look_up_anew, protected, refuse
from offers.schedules import occurrences


def place(changes, by, reason):
    """Give each entry the places that its change plans, instead of those it has."""
    if not changes:
        return
    planned = [(change, change.places()) for change in changes]
    before = [one for change in changes if not change.is_new for one in locations_of(change.entry)]
    _find_or_make_locations(planned, by, reason)
    if isinstance(changes[0].entry, Offer):
        _place_offers(planned, by, reason)
    else:
        _place_institutions(planned)
    _make_accessibility(planned, by, reason)
    drop_unused(before)


def drop_unused(locations):
    """Delete those of some locations that nothing refers to any more."""
    unused = Q(institutions=None, offer_places=None, accessibility=None)
    Location.objects.filter(unused, pk__in=[location.pk for location in locations]).delete()


def _find_or_make_locations(planned, by, reason):
    """Replace each planned location by the one that is here already, else write it.

    A protected place says nothing by which it could be found: an entry keeps those it has.
    """
    known = {_key(one): one for one in Location.objects.public()}
    fresh = []
    for change, places in planned:
        kept = (
            [] if change.is_new else [one for one in locations_of(change.entry) if one.is_protected]
        )
        for one in places:
            if one.location is None:
                continue
            if one.location.is_protected:
                if kept:
                    one.location = kept.pop(0)
                else:
                    fresh.append(one.location)
            elif _key(one.location) in known:
                one.location = known[_key(one.location)]
            else:
                known[_key(one.location)] = one.location
                fresh.append(one.location)
    write(Location, fresh, by, reason)
    look_up_anew()


def _place_offers(planned, by, reason):
    OfferPlace.objects.filter(
        offer__in=[change.entry.pk for change, _places in planned if not change.is_new]
    ).delete()
    rows, schedules, exceptions = [], [], []
    for change, places in planned:
        for position, one in enumerate(places):
            about = {"mode": one.mode, "location": one.location, "note": one.note}
            place = OfferPlace(offer=change.entry, position=position, **about)
            rows.append(place)
            for said in one.schedules:
                said.schedule.place = place
                schedules.append(said.schedule)
                for exception in said.exceptions:
                    exception.schedule = said.schedule
                exceptions += said.exceptions
    write(OfferPlace, rows, by, reason)
    write(Schedule, schedules, by, reason)
    write(ScheduleException, exceptions, by, reason)
    if schedules:
        occurrences.renew(Schedule.objects.filter(pk__in=[one.pk for one in schedules]))


def _place_institutions(planned):
    through = Institution.locations.through
    through.objects.filter(
        institution__in=[change.entry.pk for change, _places in planned if not change.is_new]
    ).delete()
    through.objects.bulk_create(
        through(institution=change.entry, location=one.location)
        for change, places in planned
        for one in places
    )


def _make_accessibility(planned, by, reason):
    """Note what is said about getting into places; what is known of them stays."""
    places = [one for _change, places in planned for one in places if one.accessibility]
    known = defaultdict(set)
    facts = AccessibilityFact.objects.filter(location__in=[one.location.pk for one in places])
    for location, feature in facts.values_list("location_id", "feature"):
        known[location].add(feature)
    fresh = []
    for one in places:
        for fact in one.accessibility:
            if fact.feature not in known[one.location.pk]:
                known[one.location.pk].add(fact.feature)
                fact.location = one.location
                fresh.append(fact)
    write(AccessibilityFact, fresh, by, reason)


def write(model, rows, by, reason):
    """Write new rows at once, after asking what writing them one by one would ask."""
    addresses = protected()
    for row in rows:
        refuse(row, addresses)
    written = model.objects.bulk_create(rows)
    if is_tracked(model):
        write_history(written, "+", reason, by)


def _key(location):
    return (
        location.visibility,
        location.name,
        location.street,
        location.postal_code,
        location.city,
        location.district_id,
    )
