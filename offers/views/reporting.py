"""Readers say what is wrong with an entry: no account, no cookie, nothing about them kept."""

from http import HTTPStatus

from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from kekiz_portal.lib.keeping import kept
from kekiz_portal.lib.limits import Limit
from offers.browsing.forms import ReportForm
from offers.browsing.whom_to_ask import city_in_a_line
from offers.models import Offer

REPORTS = Limit("reports", connection=10, network=60)


@kept()
# A report is not bound to any session, so there is nothing to forge, and the page sets no
# cookie.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def report(request, slug):
    offer = get_object_or_404(Offer.objects.published(), slug=slug)
    form = ReportForm(request.POST) if request.method == "POST" else ReportForm()
    is_refused = False
    if form.is_bound and form.is_valid():
        if REPORTS.allows(request):
            form.store(offer)
            return _see_other("offers:report_thanks", slug)
        form.add_error(None, _too_many())
        is_refused = True
    page = render(request, "offers/report.html", {"offer": offer, "form": form})
    return REPORTS.refuse(page) if is_refused else page


@require_safe
def thanks(request, slug):
    offer = get_object_or_404(Offer.objects.published(), slug=slug)
    return render(request, "offers/report_thanks.html", {"offer": offer})


def _see_other(name, slug):
    response = redirect(name, slug=slug)
    response.status_code = HTTPStatus.SEE_OTHER
    return response


def _too_many():
    return (
        _(
            "Von Ihrem Anschluss kamen gerade viele Meldungen. Bitte versuchen Sie es in einer "
            "Stunde noch einmal, oder rufen Sie an: %s."
        )
        % city_in_a_line()
    )
