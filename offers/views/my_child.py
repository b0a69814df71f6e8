"""One's own thread: what is due for a child now, made of the request and forgotten."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from kekiz_portal.lib.keeping import for_coming_back, forgotten, kept
from offers.browsing.whom_to_ask import of_the_city
from offers.catalogue import held
from offers.my_child.calendar import calendar_of
from offers.my_child.children import ChildrenForm
from offers.my_child.plan import Plan


@kept()
# What is sent is answered and changes nothing, so there is nothing to forge, and the page
# sets no cookie.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def my_child(request):
    if request.method != "POST":
        return _page(request, ChildrenForm())
    return _answer(request)


def _answer(request):
    wanted = request.POST.get("aktion", "")
    form = ChildrenForm(request.POST)
    if wanted == "kind":
        return _page(request, form.with_one_row_more() if form.may_grow else form)
    if not form.is_valid():
        return _page(request, form)
    catalogue = held.current()
    plans = [Plan(child, catalogue) for child in form.children]
    if wanted == "kalender":
        return forgotten(_file(calendar_of(plans)))
    return _page(request, form, plans)


def _page(request, form, plans=()):
    context = {"form": form, "plans": plans, "asked": of_the_city()}
    page = render(request, "offers/my_child.html", context)
    # Nobody who opens an offer of the plan and comes back shall have to type the months again.
    return for_coming_back(page) if request.method == "POST" else page


def _file(calendar):
    response = HttpResponse(calendar, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="mein-faden.ics"'
    return response
