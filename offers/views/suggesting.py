"""Suggestions for the search: inside the field while one types, or as a page of their own."""

from dataclasses import dataclass

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from kekiz_portal.lib.keeping import for_one_reader, kept
from kekiz_portal.lib.languages import said
from kekiz_portal.lib.limits import Limit
from offers.browsing.cards import offers_in_order
from offers.browsing.filters import SearchFilter
from offers.catalogue import held
from offers.models import Institution
from offers.search.query.memory import edition
from offers.search.suggesting import suggestions

SUGGESTIONS = Limit("suggestions", connection=600, network=3000, seconds=60)  # one a key
BY_SCRIPT = "X-Requested-With"  # says that js/suggest.js asks, which only needs the list


@dataclass
class Group:
    """Suggestions of one kind; ``entries`` are pairs of words and address."""

    name: str
    title: str
    entries: list


# What somebody typed is kept nowhere on the way, and a need not here either.
@kept("q", only_here=True, edition=edition)
@require_safe
@never_cache
@vary_on_headers(BY_SCRIPT)
def suggest(request):
    if not SUGGESTIONS.allows(request):
        return SUGGESTIONS.refuse(render(request, "429.html"))
    accepted, _rejected = SearchFilter().clean(request.GET.getlist("q"), None)
    text = accepted[0] if accepted else ""
    found = suggestions(text)
    groups = [group for group in groups_of(found) if group.entries]
    context = {
        "q": text,
        "groups": groups,
        "count": sum(len(group.entries) for group in groups),
        "is_crisis": found.is_crisis,
    }
    part = "offers/_suggestions.html" if BY_SCRIPT in request.headers else "offers/suggestions.html"
    page = render(request, part, context)
    return for_one_reader(page) if found.is_crisis else page


def groups_of(found):
    """Return the suggestions in groups: help first where someone is in need, then offers."""
    browse, catalogue = reverse("offers:browse"), held.current()
    topics = {topic.slug: topic for topic in catalogue.topics}
    phases = {phase.slug: phase for phase in catalogue.phases}
    institutions = (
        Institution.objects.current().in_bulk(found.institutions) if found.institutions else {}
    )
    help_now = [(_("Nummern, die jetzt helfen"), reverse("offers:help"))]
    return [
        Group("hilfe", _("Hilfe sofort"), help_now if found.is_crisis else []),
        Group(
            "angebote",
            _("Angebote"),
            [
                (offer.here.title, offer.get_absolute_url())
                for offer in offers_in_order(catalogue, found.offers)
            ],
        ),
        Group(
            "themen",
            _("Themen"),
            [
                (said(topics[slug].name), f"{browse}?thema={slug}")
                for slug in found.topics
                if slug in topics
            ],
        ),
        Group("einrichtungen", _("Einrichtungen"), _links(institutions, found.institutions)),
        Group("phasen", _("Lebensphasen"), _links(phases, found.phases)),
    ]


def _links(things, keys):
    return [(things[key].name, things[key].get_absolute_url()) for key in keys if key in things]
