"""An offer in the words of schema.org: a service, and an event for each date that it shows."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from kekiz_portal.lib.languages import said
from lifephases import ages
from offers.models import OfferPlace
from offers.recurrence.rules import is_every_week

from . import graph

MONTHS_A_YEAR = 12
CHILDHOOD_ENDS = 18 * MONTHS_A_YEAR
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def of_offer(offer, asked, dates):
    """Return the script of the page of an offer: from ``for_page()``, whom to ask, next dates."""
    path = reverse("offers:browse")
    return graph.script(
        _service(offer, asked),
        _provider(offer),
        *(one for one in (_event(offer, date) for date in dates) if one),
        graph.crumbs(offer.here.title, (_("Angebote"), path)),
    )


def _service(offer, asked):
    is_of_the_city = _is_of_the_city(offer.provider)
    channel = {"@type": "ServiceChannel", "availableLanguage": offer.languages}
    return {
        "@type": "GovernmentService" if is_of_the_city else "Service",
        "@id": _id(offer),
        "name": offer.here.title,
        "alternateName": offer.alternate_name,
        "description": offer.here.teaser or strip_tags(offer.here.description),
        "url": graph.address(offer.get_absolute_url()),
        "serviceType": said(offer.offer_type.name),
        "provider": {"@id": _id(offer, "anbieter")} if offer.provider_words else None,
        "areaServed": {"@type": "City", "name": settings.CITY["name"]},
        "audience": _audience(offer),
        "availableChannel": [channel | way for way in _channels(offer, asked)],
        "hoursAvailable": list(_hours(offer)),
        "offers": _prices(offer),
    }


def _provider(offer):
    provider = offer.provider
    named = {"@type": "Organization", "@id": _id(offer, "anbieter")}
    if not provider:
        return named | {"name": offer.provider_name} if offer.provider_name else {}
    return named | {
        "name": provider.name,
        "url": provider.archived_on is None and graph.address(provider.get_absolute_url()),
        "telephone": graph.number(provider.phone),
        "parentOrganization": _is_of_the_city(provider) and {"@id": graph.address("/#stadt")},
    }


def _is_of_the_city(provider):
    return provider is not None and provider.carrier_name == settings.CITY["full_name"]


def _audience(offer):
    """Return for whom it is; ages in whole years, as the vocabulary has them."""
    first, last = ages.first_month(offer.ages), ages.last_month(offer.ages)
    return {
        "@type": "PeopleAudience",
        "audienceType": [group for group in offer.target_group_names if group],
        "suggestedMinAge": None if first is None or first <= 0 else first // MONTHS_A_YEAR,
        "suggestedMaxAge": None if last is None or last < 0 else last // MONTHS_A_YEAR,
    }


def _channels(offer, asked):
    """Yield the ways to it: whom to call, and each place that the public may know."""
    if not asked.is_city:  # the city's number is the last way, never the offer's own
        for channel in asked.channels:
            number = graph.number(channel.phone) if channel.phone else ""
            yield {
                "name": channel.label,
                "servicePhone": number and {"@type": "ContactPoint", "telephone": number},
            }
    if page := offer.open_registration_url or offer.url:
        yield {"serviceUrl": page}
    for one in offer.public_places:
        if one.location:
            yield {"serviceLocation": graph.place(one.location)}


def _hours(offer):
    """Yield the hours of every week; what only an old page says promises nothing."""
    if offer.withholds_dates:
        return
    for one in (schedule for place in offer.places.all() for schedule in place.schedules.all()):
        if is_every_week(one.rrule) and one.weekdays and one.start_time and one.end_time:
            days = [WEEKDAYS[day] for day in one.weekdays]
            yield graph.hours(days, one.start_time, one.end_time) | {
                "validFrom": one.starts_on and one.starts_on.isoformat(),
                "validThrough": one.ends_on and one.ends_on.isoformat(),
            }


def _prices(offer):
    in_euros = {"@type": "Offer", "priceCurrency": "EUR"}
    if offer.cost_kind == offer.Cost.FREE:
        return [in_euros | {"price": "0"}]
    return [
        in_euros | {"name": option.label, "price": f"{option.amount:.2f}"}
        for option in offer.cost_options.all()
        if option.is_valid_today
    ]


def _event(offer, date):
    """Return one date as an event; ``None`` without a place that the public may know."""
    place = date.schedule.place
    online = place.mode == OfferPlace.Mode.ONLINE
    if online:
        page = graph.address(offer.get_absolute_url())
        where = {"@type": "VirtualLocation", "url": offer.url or page}
    else:
        where = place.location and graph.place(place.location)
    if not where:
        return None
    last = ages.last_month(offer.ages)
    return {
        "@type": "ChildrensEvent" if last is not None and last < CHILDHOOD_ENDS else "Event",
        "name": offer.here.title,
        "description": offer.here.teaser,
        "startDate": _moment(date.starts_at, has_time=date.has_time),
        "endDate": date.ends_at and _moment(date.ends_at, has_time=date.has_time),
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode"
        if online
        else "https://schema.org/OfflineEventAttendanceMode",
        "location": where,
        "url": graph.address(offer.get_absolute_url()),
        "about": {"@id": _id(offer)},
        "organizer": {"@id": _id(offer, "anbieter")} if offer.provider_words else None,
        "isAccessibleForFree": offer.cost_kind == offer.Cost.FREE or None,
        "offers": _prices(offer),
    }


def _moment(at, *, has_time):
    local = timezone.localtime(at)
    return local.isoformat() if has_time else local.date().isoformat()


def _id(offer, part="angebot"):
    return graph.address(f"/#{part}-{offer.uuid}")
