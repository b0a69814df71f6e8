"""The pages a public body owes its visitors."""

from http import HTTPStatus

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from . import legal
from .barriers import BarrierForm
from .lib.keeping import kept
from .lib.limits import Limit
from .models import Film, Page

REPORTS = Limit("barriers", connection=10, network=60)


@kept()
@require_safe
def page(request, slug):
    found = get_object_or_404(Page, slug=slug)
    return render(
        request, "pages/page.html", {"page": found, "text": legal.filled(found.safe_body)}
    )


@kept()
# A report is not bound to any session, so there is nothing to forge, and the page sets no cookie.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def report_barrier(request):
    """Take a barrier that somebody found, without telephone, account or name."""
    form = BarrierForm(request.POST or None)
    is_sent = request.method == "POST"
    if not is_sent or not form.is_valid():
        return render(request, "pages/barrier.html", {"form": form})
    if not REPORTS.allows(request):
        return REPORTS.refuse(render(request, "429.html"))
    form.store()
    return HttpResponseRedirect(reverse("portal:barrier_reported"), status=HTTPStatus.SEE_OTHER)


@kept()
@require_safe
def barrier_reported(request):
    return render(request, "pages/barrier_reported.html")


@kept()
@require_safe
def films(request):
    """Show the films in sign language that there are, and name those that lack."""
    known = {film.about: film for film in Film.objects.all()}
    slots = [{"title": about.label, "film": known.get(about)} for about in Film.About]
    return render(request, "pages/films.html", {"slots": slots})


app_name = "portal"
urlpatterns = [
    path("barrierefreiheit/melden/", report_barrier, name="report_barrier"),
    path("barrierefreiheit/melden/danke/", barrier_reported, name="barrier_reported"),
    path("impressum/", page, {"slug": Page.Slug.IMPRINT}, name="imprint"),
    path("datenschutz/", page, {"slug": Page.Slug.PRIVACY}, name="privacy"),
    path("barrierefreiheit/", page, {"slug": Page.Slug.ACCESSIBILITY}, name="accessibility"),
    path("leichte-sprache/", page, {"slug": Page.Slug.EASY_LANGUAGE}, name="easy_language"),
    path("gebaerdensprache/", films, name="films"),
]
