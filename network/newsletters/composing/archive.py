"""Newsletters on the web as they were sent: a list, a page for each, and an Atom feed."""

import re

import nh3
from django.conf import settings
from django.contrib.syndication.views import Feed
from django.shortcuts import get_object_or_404, render
from django.urls import reverse, reverse_lazy
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from kekiz_portal.lib.keeping import kept
from kekiz_portal.lib.mail_headers import one_line
from kekiz_portal.lib.rich_text import ATTRIBUTES, PAGE_TAGS, SCHEMES
from network.models import Newsletter

CONTENT = re.compile(r"<main\b[^<>]*>(.*)</main>", re.DOTALL)
MOST_IN_FEED = 20
LINE_LENGTH = 300


@kept()
@require_safe
def issues(request):
    """Show the list of the newsletters that were sent."""
    return render(request, "network/archive.html", {"newsletters": Newsletter.objects.in_archive()})


@kept()
@require_safe
def issue(request, slug):
    newsletter = get_object_or_404(Newsletter.objects.in_archive(), slug=slug)
    return page(request, newsletter, newsletter.editions.get())


def page(request, newsletter, edition):
    """Answer with an edition as a page of the portal."""
    context = {"newsletter": newsletter, "content": content_of(edition.html)}
    return render(request, "network/issue.html", context)


def content_of(html):
    """Return what a mail tells, without its frame and its style, as clean HTML."""
    found = CONTENT.search(html)
    if not found:
        return ""
    return nh3.clean(
        found[1],
        tags=PAGE_TAGS | {"img", "div"},
        allowed_classes={"div": {"item"}, "p": {"day", "mark", "item-facts"}},
        attributes=ATTRIBUTES | {"img": {"src", "width", "height", "alt"}},
        attribute_filter=_own_picture,
        url_schemes=SCHEMES,
        link_rel=None,
    )


def _own_picture(tag, name, value):
    """Return the value of an attribute; a picture comes from here or is none."""
    if (tag, name) != ("img", "src"):
        return value
    own = settings.PORTAL_URL + settings.MEDIA_URL
    return value.removeprefix(settings.PORTAL_URL) if value.startswith(own) else None


class IssuesFeed(Feed):
    """The newest newsletters for feed readers; the web page has the words."""

    feed_type = Atom1Feed
    title = _("Newsletter für Familien")
    link = reverse_lazy("network:archive")
    feed_url = reverse_lazy("network:archive_feed")

    def items(self):
        return Newsletter.objects.in_archive()[:MOST_IN_FEED]

    def item_title(self, item):
        return one_line(item.title, LINE_LENGTH)

    def item_description(self, item):
        return one_line(item.preheader, LINE_LENGTH)

    def item_link(self, item):
        return reverse("network:archive_issue", args=[item.slug])

    def item_pubdate(self, item):
        return item.started_at

    item_updateddate = item_pubdate
