"""Families say in two taps what they found: no account, no cookie, counted by the week."""

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from kekiz_portal.lib.keeping import kept
from kekiz_portal.lib.limits import Limit
from offers.browsing import unmet
from offers.browsing.whom_to_ask import beside
from offers.models import Experience, Offer

# A household, or a waiting room, may tell of several offers; a flood it is not.
EXPERIENCES = Limit("experiences", connection=10, network=60)
SEE_OTHER = 303


@kept("danke")
# Nothing is bound to a session, so there is nothing to forge, and the page sets no cookie.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def experience(request, slug):
    offer = get_object_or_404(Offer.objects.published().for_page(), slug=slug)
    said = request.POST.get("war", "")
    context = {
        "offer": offer,
        "kinds": Experience.Kind.choices,
        "is_told": "danke" in request.GET,
        "is_unclear": request.method == "POST",
        "instead": beside(offer) if "danke" in request.GET else None,
    }
    if said not in Experience.Kind.values:
        return render(request, "offers/experience.html", context)
    if not EXPERIENCES.allows(request):
        return EXPERIENCES.refuse(render(request, "429.html"))
    if not request.POST.get("website"):  # a trap that people neither see nor hear
        Experience.objects.note(offer, said)
        unmet.note_found(offer, said)
    address = reverse("offers:experience", args=[slug])
    return HttpResponseRedirect(f"{address}?danke=1", status=SEE_OTHER)
