"""The first page: one question, answered by a tap, by number, in words or by a situation."""

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from kekiz_portal.lib.keeping import kept
from offers.browsing.entering.coming_soon import coming_soon
from offers.browsing.entering.situations import entries
from offers.browsing.forms import BirthMonthForm
from offers.browsing.phases import thread
from offers.browsing.ready import lean
from offers.catalogue import held
from offers.found import graph

SEE_OTHER = 303


@kept()
# Answering with an address changes nothing, so there is nothing to forge, and the page
# sets no cookie.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def home(request):
    form = BirthMonthForm(request.POST) if request.method == "POST" else None
    if form and form.is_valid():
        return HttpResponseRedirect(
            f"{reverse('offers:browse')}?alter={form.month}", status=SEE_OTHER
        )
    catalogue = held.current()
    name = "home", get_language()
    made = catalogue.once(name, lambda: _made(catalogue), until=lambda made: made["until"])
    months, years = BirthMonthForm.months(), BirthMonthForm.years()
    return render(
        request, "offers/home.html", {**made, "form": form, "months": months, "years": years}
    )


def _made(catalogue):
    """Return the parts that are the same for everybody, ready, and until when they are."""
    soon = coming_soon(catalogue)
    beads = thread(catalogue) | {"list_url": reverse("offers:browse")}
    below = {"entries": entries(), "soon": soon}
    return {
        "thread": lean(render_to_string("components/thread.html", beads)),
        "below": lean(render_to_string("offers/home_below.html", below)),
        "json_ld": graph.script(graph.site(), graph.city()),
        "until": soon.until,
    }
