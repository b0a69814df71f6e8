"""The institutions of the city, and one with its offers."""

from http import HTTPStatus
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from kekiz_portal.lib.keeping import kept
from kekiz_portal.lib.languages import said
from offers.browsing.cards import cards
from offers.browsing.contact.channels import hours_of
from offers.browsing.filters import count_in_words
from offers.browsing.institution_list import InstitutionQuery, list_asked_for
from offers.browsing.notices import tell_if_too_far
from offers.browsing.one_offer.route import way_to
from offers.browsing.paging import pagination
from offers.browsing.whom_to_ask import beside_a_house, of_the_city, who_answers
from offers.catalogue import held
from offers.found.of_institution import of_institution
from offers.models import Institution, Offer

from .browse import SENT
from .successors import leads_on

INSTITUTIONS_A_PAGE = 30


# Asking changes nothing, so there is nothing to forge, and the page sets no cookie.
@kept("art", "bezirk", "seite")
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def institutions(request):
    """Answer with the list; words that were typed lead to that of a kind, else to the offers."""
    catalogue = held.current()
    if request.method == "POST":
        return _of_the_kind_or_offers(request, catalogue)
    query = InstitutionQuery(request.GET, catalogue)
    name = "institutions", query.kind, query.district, query.page_number, get_language()
    found = catalogue.once(name, lambda: _list(query))
    tell_if_too_far(query.page_number, found["pages"], query.notices)
    return render(request, "offers/institutions.html", {"query": query, **found})


def _of_the_kind_or_offers(request, catalogue):
    """Lead on to where what was typed is answered; no address holds what may be distress."""
    if not SENT.allows(request):
        return SENT.refuse(render(request, "429.html"))
    kinds = InstitutionQuery(QueryDict(), catalogue).kinds.values()
    filters = list_asked_for(request.POST.get("q", ""), kinds)
    if filters is None:
        return HttpResponseRedirect(reverse("offers:browse"), preserve_request=True)
    response = HttpResponseRedirect(f"{reverse('offers:institutions')}?{urlencode(filters)}")
    response.status_code = HTTPStatus.SEE_OTHER
    return response


def _list(query):
    """Return the list with its filters, ready, the number of its page, and how many there are."""
    paginator = Paginator(query.institutions.for_list(), INSTITUTIONS_A_PAGE)
    page = paginator.get_page(query.page_number)
    context = {
        "query": query,
        "page": page,
        "pagination": pagination(page, query.url_of_page),
        "asked": who_answers(paths=[query.path] if query.path else ()),
    }
    content = render_to_string("offers/institutions_content.html", context)
    return {"content": content, "number": page.number, "pages": paginator.num_pages}


@kept()
@require_safe
@leads_on(Institution)
def institution(request, slug):
    catalogue = held.current()
    name = "institution", slug, get_language()
    found = catalogue.once(
        name, lambda: _one(slug, catalogue), until=lambda made: catalogue.until(made["keys"])
    )
    return render(request, "offers/institution.html", found)


def _one(slug, catalogue):
    institution = get_object_or_404(Institution.objects.current().for_page(), slug=slug)
    offers = Offer.objects.published().of(institution).by_title()
    keys = list(offers.values_list("pk", flat=True))
    first_need = _first_need(institution.kind)
    topics = [topic.slug for topic in first_need.topics.all()] if first_need else ()
    context = {
        "institution": institution,
        "hours": hours_of(institution),
        "cards": cards(catalogue, keys),
        "route": way_to(institution.public_locations),
        "asked": beside_a_house(institution, topics),
        "first_need": first_need,
        "city": of_the_city(),
    }
    content = render_to_string("offers/institution_content.html", context)
    about = [said(institution.kind.name), institution.place_words, count_in_words(len(keys))]
    return {
        "name": institution.name,
        "slug": slug,
        "about": " · ".join(filter(None, about)),
        "json_ld": of_institution(institution),
        "keys": keys,
        "content": content,
    }


def _first_need(kind):
    """Return the offer that who needs a kind of institution needs first, as the city names it."""
    named = settings.CITY.get("first_need_of_kinds", {})
    wider = kind.counts_as.slug if kind.counts_as else ""
    slug = named.get(kind.slug) or named.get(wider)
    return slug and Offer.objects.published().for_page().filter(slug=slug).first()
