"""The chain of life phases, and one phase with what it holds."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from lifephases.models import LifePhase, Milestone
from offers.browsing.topics_of_phase import topics_of


@require_safe
def phases(request):
    phases = list(LifePhase.objects.select_related("transition_out"))
    context = {
        "phases": [phase for phase in phases if not phase.is_cross],
        "cross": next((phase for phase in phases if phase.is_cross), None),
    }
    return render(request, "offers/phases.html", context)


@require_safe
def phase(request, slug):
    phase = get_object_or_404(LifePhase.objects.select_related("transition_out"), slug=slug)
    chain = list(LifePhase.objects.along_the_chain())
    later = [] if phase.is_cross else chain[chain.index(phase) + 1 :]
    context = {
        "phase": phase,
        "phases": chain,
        "milestones": [] if phase.is_cross else Milestone.objects.in_phase(phase),
        "next_phase": later[0] if later else None,
        "topics": topics_of(phase),
    }
    return render(request, "offers/phase.html", context)
