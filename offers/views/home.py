"""The first page: one question, a search, the chain, and what takes place today."""

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from kekiz_portal.lib.keeping import kept
from lifephases.models import LifePhase
from offers.browsing.filters import WEEKDAYS
from offers.browsing.forms import BirthMonthForm
from offers.models import Occurrence

DATES_ON_HOME = 8
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
    return render(request, "offers/home.html", _context(form))


def _context(form):
    phases = list(LifePhase.objects.select_related("transition_out"))
    today = timezone.localdate()
    coming = Occurrence.objects.of_published_offers().to_go_to().upcoming().for_list().timed_first()
    return {
        "form": form,
        "months": BirthMonthForm.months(),
        "years": BirthMonthForm.years(),
        "phases": [phase for phase in phases if not phase.is_cross],
        "cross": next((phase for phase in phases if phase.is_cross), None),
        "today": today,
        "occurrences": coming.on(today)[:DATES_ON_HOME],
        "weekday": WEEKDAYS[today.weekday()],
    }
