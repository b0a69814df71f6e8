"""JSON-LD: what a page says in the words of schema.org, and nothing that it does not show."""

import json

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import mark_safe

from kekiz_portal.lib import telephone
from kekiz_portal.lib.languages import of_pages, said

# No text may end the script it stands in.
ESCAPED = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})
NOTHING = (None, "", [], {})


def script(*nodes):
    """Return one graph of nodes as the element that a page carries; what is unknown is left out."""
    graph = {"@context": "https://schema.org", "@graph": [_known(one) for one in nodes]}
    text = json.dumps(graph, ensure_ascii=False, separators=(",", ":")).translate(ESCAPED)
    element = f'<script type="application/ld+json">{text}</script>'
    return mark_safe(element)  # noqa: S308, escaped above


def address(path):
    """Return the whole address of a page of ours."""
    return settings.PORTAL_URL + path


def city():
    """Return the city that answers for the portal."""
    return {
        "@type": "GovernmentOrganization",
        "@id": address("/#stadt"),
        "name": settings.CITY["full_name"],
        "telephone": number(settings.CITY["contact"]["phone"]),
    }


def site():
    """Return the portal as a whole."""
    return {
        "@type": "WebSite",
        "@id": address("/#portal"),
        "name": settings.CITY["portal_name"],
        "description": said(settings.CITY["claim"]),
        "url": address("/"),
        "inLanguage": [language.code for language in of_pages()],
        "publisher": {"@id": address("/#stadt")},
    }


def crumbs(name, *above):
    """Return where a page lies: its name, and pairs of name and path of what is above it."""
    pages = [(settings.CITY["portal_name"], reverse("offers:home")), *above, (name, None)]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": words, "item": path and address(path)}
            for place, (words, path) in enumerate(pages, start=1)
        ],
    }


def number(text):
    """Return the telephone number in a text as machines dial it; nothing where there is none."""
    return telephone.tel_uri(text).removeprefix("tel:")


def place(location):
    """Return a place as far as the public may know it; ``None`` if not at all."""
    if location.is_protected:
        return None
    known = location if location.is_public else None
    return {
        "@type": "Place",
        "name": location.public_name or ", ".join(location.address_lines),
        "address": {
            "@type": "PostalAddress",
            "streetAddress": known and known.street,
            "postalCode": known and known.postal_code_is_certain and known.postal_code,
            "addressLocality": location.city or settings.CITY["name"],
            "addressCountry": settings.CITY["region"]["holidays_country"],
        },
        "geo": known
        and known.latitude is not None
        and {
            "@type": "GeoCoordinates",
            "latitude": float(known.latitude),
            "longitude": float(known.longitude),
        },
    }


def hours(days, start, end):
    """Return when somebody is there: names of weekdays, and times of day."""
    return {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": days,
        "opens": start.isoformat("minutes"),
        "closes": end.isoformat("minutes"),
    }


def _known(value):
    """Return a value without what is unknown in it, all the way down."""
    if isinstance(value, dict):
        found = {name: _known(one) for name, one in value.items()}
        return {name: one for name, one in found.items() if one not in NOTHING and one is not False}
    if isinstance(value, list | tuple):
        return [one for one in map(_known, value) if one not in NOTHING]
    return value
