"""The chain of life phases, and one phase with what it holds."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from lifephases.models import LifePhase, Milestone, Transition
from offers.browsing.tally import total, union
from offers.models import Offer
from offers.shelves import shelves_of


@require_safe
def phases(request):
    phases = list(LifePhase.objects.select_related("transition_out"))
    published = Offer.objects.published()
    tallies = [total(published.for_phase(phase), "phase", phase.slug) for phase in phases]
    counts = {slug: number for _facet, slug, number in union(tallies)}
    for phase in phases:
        phase.offer_count = counts.get(phase.slug, 0)
    context = {
        "phases": [phase for phase in phases if not phase.is_cross],
        "cross": next((phase for phase in phases if phase.is_cross), None),
    }
    return render(request, "offers/phases.html", context)


@require_safe
def phase(request, slug):
    phase = get_object_or_404(LifePhase, slug=slug)
    phases = list(LifePhase.objects.along_the_chain())
    context = {
        "phase": phase,
        "phases": phases,
        "milestones": [] if phase.is_cross else Milestone.objects.overlapping(phase.ages),
        "transitions": [] if phase.is_cross else Transition.objects.overlapping(phase.ages),
        "shelves": shelves_of(phase),
    }
    return render(request, "offers/phase.html", context)
