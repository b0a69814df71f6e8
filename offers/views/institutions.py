"""The institutions of the city, and one with its offers."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from lifephases.models import LifePhase
from offers.browsing.institution_list import InstitutionQuery
from offers.browsing.notices import page_of
from offers.browsing.phases import light_phases
from offers.browsing.whom_to_ask import of_the_city
from offers.models import Institution, Offer

INSTITUTIONS_A_PAGE = 30


@require_safe
def institutions(request):
    query = InstitutionQuery(request.GET)
    paginator = Paginator(query.institutions.for_list(), INSTITUTIONS_A_PAGE)
    page = page_of(paginator, query.page_number, query.notices)
    context = {"query": query, "page": page, "asked": of_the_city()}
    return render(request, "offers/institutions.html", context)


@require_safe
def institution(request, slug):
    institution = get_object_or_404(Institution.objects.current().for_page(), slug=slug)
    offers = list(Offer.objects.published().of(institution).by_title().for_cards())
    light_phases(offers, LifePhase.objects.all())
    return render(
        request, "offers/institution.html", {"institution": institution, "offers": offers}
    )
