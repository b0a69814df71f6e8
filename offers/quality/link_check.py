"""Every night: do the addresses that published offers name still lead to a page?"""

import re
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import replace
from html import unescape
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone

from offers.models import LinkCheck, Offer
from offers.reading.document import MOST_BYTES, parse

from .link_visit import fetch, visit
from .robots import Robots

HOSTS_AT_ONCE = 6
SECONDS_BETWEEN = 1  # from one page of a host to the next
LINK = re.compile(r"""<a\s[^<>]*?href=["'](https?://[^"'\s]+)["']""", re.IGNORECASE)
URL_LENGTH = LinkCheck._meta.get_field("url").max_length  # noqa: SLF001, documented API


def check_links(seconds_between=SECONDS_BETWEEN, to_read=(), read=None):
    """Visit every address of the published offers once and keep what came of it.

    One page at a time for each host, and what was looked at longest ago first, so that a run
    that is cut short goes on the next night. ``read`` takes address and ``Document`` of each
    address ``to_read``, unless its host asks machines to stay away. Returns how many addresses
    were visited.
    """
    named = addresses_of_published_offers()
    forget_all_but(named)
    to_read = frozenset(to_read)
    count = 0
    with ThreadPoolExecutor(HOSTS_AT_ONCE) as visitors:
        hosts = [
            visitors.submit(_visit_all, urls, to_read, seconds_between)
            for urls in _by_host({*named, *to_read}).values()
        ]
        for host in as_completed(hosts):
            for url, found, document in host.result():
                if url in named:
                    keep(url, found, named[url])
                if document is not None:
                    read(url, document)
                count += 1
    return count


def addresses_of_published_offers():
    """Return the addresses that the public can follow, each with the keys of its offers."""
    named = defaultdict(set)
    rows = Offer.objects.published().values_list("pk", "url", "registration_url", "description")
    for key, page, registration, description in rows.iterator():
        for url in {page, registration, *map(unescape, LINK.findall(description))}:
            if url.startswith(("http://", "https://")) and len(url) <= URL_LENGTH:
                named[url].add(key)
    return dict(named)


def forget_all_but(named):
    """Remove what is kept about links that no published offer names any longer."""
    gone = [
        check.pk
        for check in LinkCheck.objects.only("offer", "url")
        if check.offer_id not in named.get(check.url, ())
    ]
    LinkCheck.objects.filter(pk__in=gone).delete()


@transaction.atomic
def keep(url, found, offers, at=None):
    """Note the result of a visit for each of the offers; failing since the first failure."""
    at = at or timezone.now()
    failing = dict(LinkCheck.objects.filter(url=url).values_list("offer", "failing_since"))
    status = str(found.status) if found.status else ""
    still_there = Offer.objects.filter(pk__in=offers).values_list("pk", flat=True)
    LinkCheck.objects.bulk_create(
        [
            LinkCheck(
                offer_id=key,
                url=url,
                ok=found.ok,
                status=status,
                checked_at=at,
                failing_since=None if found.ok else failing.get(key) or at,
            )
            for key in still_there
        ],
        update_conflicts=True,
        unique_fields=["offer", "url"],
        update_fields=["ok", "status", "checked_at", "failing_since"],
    )


def _by_host(named):
    """Return the addresses of each host, those looked at longest ago first."""
    seen = dict(LinkCheck.objects.values_list("url", "checked_at"))
    hosts = defaultdict(list)
    for url in sorted(named, key=lambda url: (url in seen, seen.get(url), url)):
        hosts[urlsplit(url).netloc.lower()].append(url)
    return hosts


def _visit_all(urls, to_read, seconds_between):
    """Return address, ``Visit`` and what is to be read of it for each address of a host."""
    results = []
    robots = Robots()
    for number, url in enumerate(urls):
        if number:
            time.sleep(seconds_between)
        results.append((url, *_look(url, robots, is_to_read=url in to_read)))
    return results


def _look(url, robots, *, is_to_read):
    if not (is_to_read and robots.allow(url)):
        return visit(url), None
    found = fetch(url, MOST_BYTES)
    document = parse(found.body, found.charset) if found.body else None
    return replace(found, body=b""), document
