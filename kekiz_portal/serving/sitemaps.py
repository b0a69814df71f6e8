"""Sitemaps (sitemaps.org): an index, and for each language its pages with those in the others.

What stands here is every page that search engines should know, each once a language. That a page
is there in other languages is said here and not in its head: either will do, and the head of a
page comes with the first flight.
"""

from django.conf import settings
from django.db.models.functions import Greatest
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from kekiz_portal.lib.keeping import kept
from kekiz_portal.lib.languages import of_pages
from kekiz_portal.models import Page
from lifephases.models import LifePhase
from network.models import Newsletter
from offers.models import Institution, Offer

XML = "application/xml; charset=utf-8"
ALWAYS_THERE = [
    *("offers:home", "offers:browse", "offers:phases", "offers:institutions", "offers:help"),
    *("offers:my_child", "offers:notepad", "offers:pocket"),
    *("network:newsletter", "network:archive", "portal:report_barrier"),
]


@kept()
@require_safe
def index(request):
    """Answer where the sitemap of each language is."""
    context = {"portal": settings.PORTAL_URL, "languages": of_pages()}
    return render(request, "sitemaps/index.xml", context, content_type=XML)


@kept()
@require_safe
def of_language(request, language):
    """Answer all pages in a language."""
    languages = of_pages()
    found = next((one for one in languages if one.code == language), None)
    if found is None:
        raise Http404
    with override(settings.LANGUAGE_CODE):  # paths as they are without a prefix
        pages = list(_pages())
    context = {
        "portal": settings.PORTAL_URL,
        "language": found,
        "languages": languages,
        "default": languages[0],
        "pages": pages,
    }
    return render(request, "sitemaps/of_language.xml", context, content_type=XML)


def _pages():
    """Yield pairs of a path and when what it shows last changed, ``None`` if every day."""
    for name in ALWAYS_THERE:
        yield reverse(name), None
    if settings.PUBLISHES_THE_CHAIN:
        yield reverse("net:city"), None
    if settings.PUBLISHES_REACH:
        yield reverse("offers:freshness"), None
    changed = Greatest("updated_at", "confirmed_at")  # PostgreSQL leaves out what is NULL
    offers = Offer.objects.published().annotate(changed=changed).order_by("pk")
    for slug, at in offers.values_list("slug", "changed"):
        yield reverse("offers:offer", args=[slug]), at
    houses = Institution.objects.current().order_by("pk")
    for slug, at in houses.values_list("slug", "updated_at"):
        yield reverse("offers:institution", args=[slug]), at
    for phase in LifePhase.objects.order_by("pk"):
        yield phase.get_absolute_url(), None
    for newsletter in Newsletter.objects.in_archive():
        yield reverse("network:archive_issue", args=[newsletter.slug]), newsletter.started_at
    for slug, at in Page.objects.values_list("slug", "updated_at"):
        yield f"/{slug}/", at
