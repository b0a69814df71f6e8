"""How fast mail leaves, counted in the database so that every worker knows.

Buckets that refill with time. What fits into a bucket at once and what flows in during a minute
are together what the city allows, so no minute sees more. All of it happens inside the
transaction that claims the mails: the lock on the bucket lasts until that commits.
"""

from collections import Counter
from dataclasses import dataclass

from django.conf import settings
from django.db import connection

EVERYTHING = ""  # the domain that stands for all
AT_ONCE = 1 / 6  # of a minute's mails

REFILL = """
INSERT INTO network_sendingpace AS pace (domain, room, counted_at)
SELECT domain, %(most)s, clock_timestamp()
FROM unnest(%(domains)s::text[]) AS domain ORDER BY domain
ON CONFLICT (domain) DO UPDATE SET
  room = LEAST(%(most)s, pace.room + %(a_second)s * GREATEST(
    0, EXTRACT(EPOCH FROM clock_timestamp() - pace.counted_at))),
  counted_at = clock_timestamp()
RETURNING domain, room
"""
TAKE = """
UPDATE network_sendingpace AS pace SET room = pace.room - used.number
FROM unnest(%s::text[], %s::int[]) AS used (domain, number) WHERE pace.domain = used.domain
"""
FULL = """
SELECT domain FROM network_sendingpace WHERE domain <> '' AND 1 >
  room + %s * EXTRACT(EPOCH FROM clock_timestamp() - counted_at)
"""
FORGET = "DELETE FROM network_sendingpace WHERE counted_at < now() - interval '1 hour'"


@dataclass(frozen=True)
class Limit:
    """How many mails a minute may see."""

    a_minute: int

    @property
    def most(self):
        return max(1.0, self.a_minute * AT_ONCE)

    @property
    def a_second(self):
        return max(self.a_minute - self.most, self.a_minute / 2) / 60


def room():
    """Return how many mails may leave now, None where there is no limit; others wait meanwhile."""
    limit = Limit(settings.NEWSLETTER_PER_MINUTE)
    return int(_refill([EVERYTHING], limit)[EVERYTHING]) if limit.a_minute else None


def full_domains():
    """Return the domains whose servers get nothing at the moment."""
    limit = Limit(settings.NEWSLETTER_PER_MINUTE_AND_DOMAIN)
    if not limit.a_minute:
        return []
    with connection.cursor() as cursor:
        cursor.execute(FULL, [limit.a_second])
        return [domain for (domain,) in cursor]


def take(deliveries):
    """Take room for mails, as far as their domains have it; return those that may leave."""
    limit = Limit(settings.NEWSLETTER_PER_MINUTE_AND_DOMAIN)
    if limit.a_minute:
        room_of = _refill({one.domain for one in deliveries}, limit)
        deliveries = [one for one in deliveries if _fits(one.domain, room_of)]
        _use(Counter(one.domain for one in deliveries))
    if settings.NEWSLETTER_PER_MINUTE:
        _use({EVERYTHING: len(deliveries)})
    return deliveries


def forget_idle():
    """Forget buckets that have long been full again."""
    with connection.cursor() as cursor:
        cursor.execute(FORGET)


def _fits(domain, room_of):
    room_of[domain] -= 1
    return room_of[domain] >= 0


def _refill(domains, limit):
    numbers = {"domains": list(domains), "most": limit.most, "a_second": limit.a_second}
    with connection.cursor() as cursor:
        cursor.execute(REFILL, numbers)
        return dict(cursor.fetchall())


def _use(numbers):
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [list(numbers), list(numbers.values())])
