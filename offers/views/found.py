"""What is found elsewhere: feeds of filters, and the pictures beside links."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.translation import override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from kekiz_portal.lib.keeping import kept
from kekiz_portal.lib.limits import Limit
from lifephases.models import LifePhase
from offers.browsing.filters import FILTERS
from offers.browsing.query import BrowseQuery
from offers.found import feed, picture
from offers.models import Institution, Offer

# What somebody searched for in words stands in no feed.
OF_A_FEED = [one.name for one in FILTERS if one.name != "q"]
PICTURES = Limit("pictures", connection=60, network=600, seconds=60)
AN_HOUR = 60 * 60


@kept(*OF_A_FEED)
@require_safe
def atom(request):
    """Answer what is new among the offers of some filters."""
    content = feed.atom(BrowseQuery(request.GET), request.get_full_path())
    return HttpResponse(content, content_type="application/atom+xml; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=AN_HOUR)
def link_picture(request, of="", slug=""):
    """Answer the picture of an offer, an institution, a phase of life, or of the portal."""
    with override(settings.LANGUAGE_CODE):
        title, about = _words(of, slug)
    if not PICTURES.allows(request):
        return PICTURES.refuse(HttpResponse(status=429))
    return HttpResponse(picture.png(title, about), content_type="image/png")


def _words(of, slug):
    """Return what a picture says: its title, and a few words."""
    if not of:
        return settings.CITY["claim"], ""
    rows = {
        "angebot": Offer.objects.published().for_cards(),
        "einrichtung": Institution.objects.current().for_list(),
        "lebensphase": LifePhase.objects.all(),
    }.get(of)
    found = rows.filter(slug=slug).first() if rows is not None else None
    if found is None:
        raise Http404
    if of == "angebot":
        return found.title, f"{found.age_words} · {found.place_words}"
    if of == "einrichtung":
        return found.name, found.place_words
    return found.name, "" if found.is_cross else found.age_words
