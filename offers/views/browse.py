"""Browse the offers, and read one."""

import math
from http import HTTPStatus

from django.conf import settings
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from kekiz_portal.lib import qr
from kekiz_portal.lib.keeping import for_one_reader, forgotten, kept
from kekiz_portal.lib.limits import Limit
from offers.browsing import unmet
from offers.browsing.contact import duties
from offers.browsing.filters import FILTERS, count_in_words
from offers.browsing.forms import AgeForm
from offers.browsing.known_facts import known_facts
from offers.browsing.listing.page import BrowsePage
from offers.browsing.one_offer.first_call import first_call
from offers.browsing.one_offer.reachable import reachable
from offers.browsing.one_offer.route import route
from offers.browsing.phases import AgeBar, light_phases
from offers.browsing.query import BrowseQuery
from offers.browsing.what_comes_next import Subject, related_to
from offers.browsing.whom_to_ask import beside, whom_to_ask
from offers.catalogue import held
from offers.catalogue.catalogue import of_no_entry
from offers.found.of_offer import of_offer
from offers.models import Helpline, Offer
from offers.search.query.memory import edition

from .successors import leads_on

DATES_ON_PAGE = 6
SUMMARY_LENGTH = 160
# A family types some words a minute, and a school shares one connection; a machine asks on and on.
SEARCHES = Limit("searches", connection=300, network=1500, seconds=60)
SENT = Limit("searches-sent", connection=300, network=1500, seconds=60)
PARAMETERS = [*(one.name for one in FILTERS), "woertlich", "sortierung", "seite", "zahl", "einheit"]


# Searching changes nothing, so there is nothing to forge, and the page sets no cookie.
@kept(*PARAMETERS, edition=edition)
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request", "HX-History-Restore-Request")
def browse(request):
    """Answer a search: sent by GET, and by POST so that no address ever holds words of distress.

    What was sent and is no distress has its page at an address to keep. What sounds like distress
    is answered at once, at the address of all offers.
    """
    is_sent = request.method == "POST"
    given = _readable(request.POST) if is_sent else request.GET
    limit = SENT if is_sent else SEARCHES
    if given.get("q") and not limit.allows(request):
        return limit.refuse(render(request, "429.html"))
    age_form = AgeForm(given, auto_id="filter-%s") if "zahl" in given else None
    has_its_address = not is_sent and not age_form
    if age_form and age_form.is_valid():
        given, age_form = _with_age(given, age_form), None
    query = BrowseQuery(given)
    page = BrowsePage(query, age_form)
    if page.is_private:
        request.stands_for = reverse("offers:browse")  # no link carries the words on
        return _forgotten(_shown(request, page))
    if not has_its_address and not age_form:
        status = HTTPStatus.SEE_OTHER if is_sent else HTTPStatus.FOUND
        return HttpResponseRedirect(query.url(), status=status)
    response = _shown(request, page)
    if page.was_in_vain and query.page_number == 1 and request.method == "GET":
        unmet.note_search(query)
        return for_one_reader(response)
    return for_one_reader(response) if page.shows_help else response


@kept(*PARAMETERS, edition=edition)
@require_safe
def count(request):
    """Say on the button of the filters how many offers what is ticked leads to."""
    given = request.GET
    if given.get("q") and not SEARCHES.allows(request):
        return SEARCHES.refuse(render(request, "429.html"))
    age_form = AgeForm(given) if "zahl" in given else None
    if age_form and age_form.is_valid():
        given = _with_age(given, age_form)
    number = BrowseQuery(given).found.bit_count()
    return render(request, "offers/_count.html", {"count": count_in_words(number)})


def _readable(sent):
    """Return what was sent with words that can be read: a pasted NUL is none of the reader's."""
    parameters = sent.copy()
    parameters.setlist("q", [text.replace("\x00", "") for text in sent.getlist("q")])
    return parameters


def _with_age(given, age_form):
    """Return the parameters with the age that was typed, if any, as the one that is chosen."""
    parameters = given.copy()
    for name, values in age_form.as_parameter().items():
        parameters.setlist(name, values)
    return parameters


def _shown(request, page):
    if request.htmx and not request.htmx.history_restore_request:
        return render(request, "offers/_browse.html", {"browse": page})

    def make():
        return render_to_string("offers/_browse.html", {"browse": page, "city": settings.CITY})

    is_kept = page.is_often_asked_for
    results = page.once(("results", page.results.number), make) if is_kept else make()
    return render(request, "offers/browse.html", {"browse": page, "results": results})


def _forgotten(response):
    """Keep what someone in need typed out of the browser's memory, as far as it lets us."""
    response["HX-Replace-Url"] = reverse("offers:browse")
    return forgotten(response)


@kept()
@require_safe
@leads_on(Offer)
def offer(request, slug):
    catalogue = held.current()
    name = "offer", slug, get_language()
    context = catalogue.once(
        name,
        lambda: _page_of(get_object_or_404(Offer.objects.published().for_page(), slug=slug)),
        until=lambda made: min(catalogue.until([made["offer"]["pk"]]), made["changes_at"]),
        entries=lambda made: made["entries"],
    )
    related = catalogue.once(("related", *name), lambda: _beside(context["subject"], catalogue))
    return render(request, "offers/offer.html", context | {"related": related})


def offer_page(request, offer):
    """Return the page of an offer from ``Offer.objects.for_page()``, whatever its state."""
    related = _beside(Subject.of(offer), held.current())
    return render(request, "offers/offer.html", _page_of(offer) | {"related": related})


def _beside(subject, catalogue):
    """Return what stands below an offer; other offers may change it."""
    return render_to_string("offers/_related.html", {"related": related_to(subject, catalogue)})


def _against_violence(catalogue):
    return catalogue.once(
        "against violence",
        lambda: list(Helpline.objects.against_violence()),
        entries=of_no_entry,
    )


def _beginning_of(description):
    """Return what search engines show below a title where no teaser was written."""
    return Truncator(strip_tags(description)).chars(SUMMARY_LENGTH)


def _page_of(offer):
    """Return what the page of an offer says of it, ready but for what every page has."""
    catalogue = held.current()
    light_phases([offer], catalogue.phases)
    dates = offer.coming_dates(DATES_ON_PAGE)
    in_danger = offer.may_be_read_in_danger
    asked = whom_to_ask(offer)
    now = reachable(offer, asked)
    is_full = offer.places_known is not None and offer.places_known.is_used_up
    call = first_call(offer)
    changes = [now.changes_at] if now else []
    changes += [offer.places_known.fades_at] if offer.places_known else []
    context = {
        "offer": offer,
        "age_bar": AgeBar(offer.ages, catalogue.phases),
        "asked": asked,
        "reachable": now,
        "instead": beside(offer) if is_full and not asked.is_city else None,
        "call": call,
        "route": route(offer),
        "dates": dates,
        "known": known_facts(offer, dates, costs_nothing=call.costs_nothing),
        "helplines": _against_violence(catalogue) if in_danger else [],
        "city": settings.CITY,
    }
    return {
        "offer": {
            "pk": offer.pk,
            "title": offer.here.title,
            "teaser": offer.here.teaser or _beginning_of(offer.here.description),
            "slug": offer.slug,
        },
        "subject": Subject.of(offer),
        "entries": (offer.pk, *duties.current().offers),
        "json_ld": of_offer(offer, asked, dates),
        "changes_at": min((one.timestamp() for one in changes), default=math.inf),
        "on_paper": {
            "address": (address := settings.PORTAL_URL + offer.get_absolute_url()),
            "code": qr.svg(address, _("QR-Code zu dieser Seite")),
            "confirmed_at": offer.confirmed_at,
        },
        "content": render_to_string("offers/offer_content.html", context),
    }
