"""The chain of life phases, and one phase with what it holds."""

from django.http import Http404
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kekiz_portal.lib.keeping import kept
from kekiz_portal.lib.languages import said
from offers.browsing.cards import links
from offers.browsing.entering.milestones import due_in
from offers.browsing.entering.offers_of_phase import first_offers, topics_of
from offers.browsing.phases import thread
from offers.catalogue import held
from offers.found import graph


@kept()
@require_safe
def phases(request):
    return render(request, "offers/phases.html", thread(held.current()))


@kept()
@require_safe
def phase(request, slug):
    catalogue = held.current()
    phase = next((one for one in catalogue.phases if one.slug == slug), None)
    if phase is None:
        raise Http404
    name = "phase", slug, get_language()
    content = catalogue.once(name, lambda: _content(phase, catalogue))
    context = {"phase": phase, "catalogue": catalogue, "content": content}
    up = _("Lebensphasen"), reverse("offers:phases")
    context["json_ld"] = graph.script(graph.crumbs(said(phase.name), up))
    return render(request, "offers/phase.html", context)


def _content(phase, catalogue):
    chain = [one for one in catalogue.phases if not one.is_cross]
    later = [] if phase.is_cross else chain[chain.index(phase) + 1 :]
    offers = catalogue.by_phase[phase.slug]
    first = first_offers(phase, catalogue)
    known = links(catalogue, first)
    dues = due_in(phase)
    context = {
        "phase": phase,
        "due": dues.first,
        "due_too": dues.others,
        "offers": [known[key] for key in first if key in known],
        "count": offers.bit_count(),
        "topics": topics_of(phase, catalogue),
        "next_phase": later[0] if later else None,
    }
    return render_to_string("offers/phase_content.html", context)
