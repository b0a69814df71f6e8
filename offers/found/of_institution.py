"""An institution in the words of schema.org; which kind is which stands in ``city.toml``."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from offers.browsing.answering_hours import AnsweringHours

from . import graph
from .of_offer import WEEKDAYS

OF_ANY_KIND = "Organization"


def of_institution(institution):
    """Return the script of the page of an institution from ``for_page()``."""
    path = reverse("offers:institutions")
    return graph.script(
        _house(institution), graph.crumbs(institution.name, (_("Einrichtungen"), path))
    )


def _house(institution):
    places = [graph.place(one) for one in institution.public_locations]
    return {
        # A local business without an address is none.
        "@type": _kind(institution) if places else OF_ANY_KIND,
        "@id": graph.address(f"/#einrichtung-{institution.uuid}"),
        "name": institution.name,
        "url": graph.address(institution.get_absolute_url()),
        "sameAs": institution.url,
        "telephone": graph.number(institution.phone),
        "email": institution.email,
        "address": places[0]["address"] if places else None,
        "geo": places[0]["geo"] if places else None,
        "location": places[1:],
        "openingHoursSpecification": list(_hours(institution)) if places else None,
        "parentOrganization": _above(institution),
    }


def _kind(institution):
    kinds = settings.CITY.get("schema_types", {})
    return kinds.get(institution.kind.slug, OF_ANY_KIND)


def _above(institution):
    if institution.parent:
        return {"@type": "Organization", "name": institution.parent.name}
    if institution.carrier_name == settings.CITY["full_name"]:
        return {"@id": graph.address("/#stadt")}
    carrier = institution.carrier_words
    return carrier and {"@type": "Organization", "name": carrier}


def _hours(institution):
    """Yield the hours that can be read with certainty, and that no old page alone says."""
    read = AnsweringHours.read(institution.opening_hours_relied_on)
    for day, spans in sorted(read.by_weekday.items()) if read else []:
        for start, end in spans:
            yield graph.hours(WEEKDAYS[day], start, end)
