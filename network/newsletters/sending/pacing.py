"""How fast mail leaves, counted in the database so that every worker knows.

Buckets that refill with time. What fits into a bucket at once and what flows in during a minute
are together what the city allows, so no minute sees more. Room is taken inside the transaction
that claims the mails, and the lock on a bucket lasts until that commits; before, a worker only
looks, so that workers hold each other up as little as can be.
"""

from collections import Counter
from dataclasses import dataclass

from django.conf import settings
from django.db import connection

EVERYTHING = ""  # the domain that stands for all
AT_ONCE = 1 / 6  # of a minute's mails

# A bucket filled in the future was filled before somebody set the clock back: taking sets it right.
LOOK = """
SELECT domain, floor(room) FROM (
  SELECT domain, CASE
    WHEN counted_at > clock_timestamp() THEN 1
    ELSE LEAST(%(most)s, room + EXTRACT(EPOCH FROM clock_timestamp() - counted_at)
      * CASE domain WHEN '' THEN %(a_second)s ELSE %(a_second_of_domain)s END)
    END AS room
  FROM network_sendingpace
) AS bucket WHERE domain = '' OR room < 1
"""
# In the order of the domains, so that no two workers wait for each other for ever.
REFILL = """
INSERT INTO network_sendingpace AS pace (domain, room, counted_at)
SELECT domain, CASE domain WHEN '' THEN %(most)s ELSE %(most_of_domain)s END, clock_timestamp()
FROM unnest(%(domains)s::text[]) AS domain ORDER BY domain
ON CONFLICT (domain) DO UPDATE SET
  room = LEAST(excluded.room, pace.room
    + GREATEST(0, EXTRACT(EPOCH FROM clock_timestamp() - pace.counted_at))
    * CASE pace.domain WHEN '' THEN %(a_second)s ELSE %(a_second_of_domain)s END),
  counted_at = clock_timestamp()
RETURNING domain, room
"""
TAKE = """
UPDATE network_sendingpace AS pace SET room = pace.room - used.number
FROM unnest(%s::text[], %s::int[]) AS used (domain, number) WHERE pace.domain = used.domain
"""
FORGET = "DELETE FROM network_sendingpace WHERE counted_at < now() - interval '1 hour'"


@dataclass(frozen=True)
class Limit:
    """How many mails a minute may see; none is no limit."""

    a_minute: int

    @property
    def most(self):
        return max(1.0, self.a_minute * AT_ONCE)

    @property
    def a_second(self):
        return max(self.a_minute - self.most, self.a_minute / 2) / 60


def look():
    """Return how many mails may leave now, None without a limit, and the domains that are full.

    Holds no lock, so another worker may be first: only ``take`` decides.
    """
    limit, of_domain = _limits()
    if not limit.a_minute and not of_domain.a_minute:
        return None, []
    with connection.cursor() as cursor:
        cursor.execute(LOOK, _numbers(limit, of_domain))
        seen = dict(cursor.fetchall())
    room = int(seen.pop(EVERYTHING, limit.most)) if limit.a_minute else None
    return room, list(seen) if of_domain.a_minute else []


def take(deliveries):
    """Take room for mails, as far as their domains have it; return those that may leave."""
    limit, of_domain = _limits()
    buckets = {EVERYTHING} if limit.a_minute else set()
    if of_domain.a_minute:
        buckets |= {one.domain for one in deliveries}
    if not buckets:
        return deliveries
    with connection.cursor() as cursor:
        cursor.execute(REFILL, _numbers(limit, of_domain) | {"domains": list(buckets)})
        room_of = dict(cursor.fetchall())
        allowed, used = [], Counter()
        for one in deliveries:
            wanted = {EVERYTHING, one.domain} & buckets
            if all(room_of[bucket] - used[bucket] >= 1 for bucket in wanted):
                used.update(wanted)
                allowed.append(one)
        cursor.execute(TAKE, [list(used), list(used.values())])
    return allowed


def forget_idle():
    """Forget buckets that have long been full again."""
    with connection.cursor() as cursor:
        cursor.execute(FORGET)


def _limits():
    return (
        Limit(settings.NEWSLETTER_PER_MINUTE),
        Limit(settings.NEWSLETTER_PER_MINUTE_AND_DOMAIN),
    )


def _numbers(limit, of_domain):
    return {
        "most": limit.most,
        "most_of_domain": of_domain.most,
        "a_second": limit.a_second,
        "a_second_of_domain": of_domain.a_second,
    }
