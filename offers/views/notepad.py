"""The list of remembered offers: its address holds it, and it prints as a sheet."""

from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from kekiz_portal.lib.keeping import forgotten, kept
from offers.catalogue import held
from offers.notepad import labels
from offers.notepad.adding import Adding
from offers.notepad.sheet import KEYS, LANGUAGE, Sheet

from .browse import SENT


# Looking for an offer to add changes nothing, so there is nothing to forge, and the page sets
# no cookie.
@kept(KEYS, LANGUAGE)
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def notepad(request):
    if request.method != "POST":
        return _page(request, Sheet(request.GET))
    if not SENT.allows(request):
        return SENT.refuse(render(request, "429.html"))
    sheet = Sheet(request.POST)
    return forgotten(
        _page(request, sheet, Adding(request.POST.get("q", ""), sheet, held.current()))
    )


def _page(request, sheet, adding=None):
    context = {"sheet": sheet, "adding": adding, "languages": labels.choices()}
    return render(request, "offers/notepad.html", context)
