"""Whether the addresses in the blocks of a newsletter lead to a page.

Foreign ones are visited, by a worker after saving or when somebody asks; what came of it is known
for a day. Our own are looked up here: nothing is asked of the portal itself.
"""

import re
from concurrent.futures import ThreadPoolExecutor, wait
from html import unescape
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils import timezone

from kekiz_portal.lib import mails
from network.models import CheckedLink
from offers.models import Institution, Offer
from offers.quality.link_visit import visit

from . import composing

AT_ONCE = 6
SECONDS_FOR_A_PERSON = 10
SECONDS_FOR_A_WORKER = 120
HREF = re.compile(r"""<a\s[^<>]*?href=["']([^"']+)["']""", re.IGNORECASE)
WEB = ("http://", "https://")
NEEDS_NO_PAGE = ("mailto:", "tel:")
LONGEST = CheckedLink._meta.get_field("url").max_length  # noqa: SLF001, documented API


def links_of(section):
    """Return the addresses a section leads to, in order, each once."""
    found = [unescape(href) for href in HREF.findall(section.markup)]
    return list(dict.fromkeys([*found, *(item.url for item in section.items)]))


def is_foreign(url):
    return url.startswith(WEB) and not _is_own(url) and len(url) <= LONGEST


def is_whole(url):
    """Whether an address can be followed from a mail, which stands on no page."""
    return url.startswith((*WEB, *NEEDS_NO_PAGE))


def is_missing(url):
    """Whether an address of the portal leads to no page that the public may see."""
    if not _is_own(url):
        return False
    try:
        page = resolve(urlsplit(url).path or "/")
    except Resolver404:
        return True
    slug = page.kwargs.get("slug")
    if page.view_name == "offers:offer":
        return not Offer.objects.published().filter(slug=slug).exists()
    if page.view_name == "offers:institution":
        return not Institution.objects.filter(slug=slug, archived_on=None).exists()
    return False


def known(urls):
    """Return the ``CheckedLink`` by address of those that were looked at lately."""
    return {link.url: link for link in CheckedLink.objects.known().filter(url__in=urls)}


def unknown(newsletter):
    """Return the foreign addresses of a newsletter that nobody looked at lately."""
    found = {url for section in composing.sections(newsletter) for url in links_of(section)}
    foreign = {url for url in found if is_foreign(url)}
    return sorted(foreign - known(foreign).keys())


def call_worker(newsletter_id):
    """Ask a worker to look at the links of a newsletter; without one a person can ask for it."""
    mails.call_worker("network.tasks.check_newsletter_links", newsletter_id)


def look(newsletter, seconds):
    """Visit the addresses nobody looked at lately; what takes longer than that stays unknown."""
    CheckedLink.objects.old().delete()
    visitors = ThreadPoolExecutor(AT_ONCE)
    visits = {visitors.submit(visit, url): url for url in unknown(newsletter)}
    done, _late = wait(visits, timeout=seconds)
    visitors.shutdown(wait=False, cancel_futures=True)
    now, results = timezone.now(), {visits[one]: one.result() for one in done}
    CheckedLink.objects.bulk_create(
        [
            CheckedLink(url=url, ok=found.ok, status=found.status, checked_at=now)
            for url, found in results.items()
        ],
        update_conflicts=True,
        unique_fields=["url"],
        update_fields=["ok", "status", "checked_at"],
    )


def _is_own(url):
    return url.startswith(f"{settings.PORTAL_URL}/") or url == settings.PORTAL_URL
