"""The first page: one question, answered by a tap, by number, in words or by a situation."""

from django.conf import settings
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
    if form:
        return render(request, "offers/home.html", _made(catalogue, form))
    name = "home", get_language()
    made = catalogue.once(name, lambda: _made(catalogue), until=lambda made: made["until"])
    return render(request, "offers/home.html", made)


def _made(catalogue, form=None):
    """Return what the page says, ready, and until when; a refused ``form`` is one reader's."""
    soon = coming_soon(catalogue)
    beads = thread(catalogue) | {"list_url": reverse("offers:browse")}
    context = {
        "thread": render_to_string("components/thread.html", beads),
        "form": form,
        "months": BirthMonthForm.months(),
        "years": BirthMonthForm.years(),
        "entries": entries(),
        "soon": soon,
        "city": settings.CITY,
    }
    return {
        "content": lean(render_to_string("offers/home_content.html", context)),
        "form": form,
        "json_ld": graph.script(graph.site(), graph.city()),
        "until": soon.until,
    }
