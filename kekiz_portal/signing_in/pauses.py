"""Wider circles than one name at one address: who tries from many places waits too.

A network (IPv4 /24, IPv6 /48) has some tries for one name, an address some for all names. A name
that is tried from everywhere is never locked, or strangers could lock it: each try has to wait its
turn. All this is for strangers: where its owner has signed in lately, only the lock of this very
name and connection holds (``lockout``).
"""

from datetime import timedelta
from ipaddress import ip_network

from axes.models import AccessAttempt
from django.conf import settings
from django.core.cache import cache
from django.db.models import Max, Q, Sum
from django.utils import timezone
from django.utils.crypto import salted_hmac

from kekiz_portal.lib.limits import networks_of

TRIES_OF_A_NETWORK = 15  # for one name
TRIES_OF_AN_ADDRESS = 30  # for all names
TRIES_BEFORE_TURNS = 20  # for one name from everywhere
SECONDS_A_TURN = 30
KNOWN_FOR = timedelta(days=90)


def pause(name, address):
    """Return when a name may be tried from an address again, ``None`` if it may be now.

    A free turn is taken by asking.
    """
    until = _closed_until(name, address)
    is_busy = until is None and is_tried_from_everywhere(name)
    if not (until or is_busy) or _is_known(name, address):
        return None
    if until:
        return until
    turn = f"sign-in:turn:{_hashed(name)}"
    if cache.add(turn, "taken", SECONDS_A_TURN):
        return None
    return timezone.now() + timedelta(seconds=SECONDS_A_TURN)


def is_tried_from_everywhere(name):
    """Whether a name was tried so often lately that strangers wait their turn."""
    tries = _lately().filter(username=name).aggregate(n=Sum("failures_since_start"))["n"]
    return (tries or 0) >= TRIES_BEFORE_TURNS


def remember(name, address):
    """Note that the owner of a name has signed in from an address: a hash, for some weeks."""
    cache.set(_known_key(name, address), "known", KNOWN_FOR.total_seconds())


def _closed_until(name, address):
    if not address:
        return None
    network = ip_network(networks_of(address)[1])
    within = Q(username=name, ip_address__gte=str(network[0]), ip_address__lte=str(network[-1]))
    here = Q(ip_address=address)
    found = _lately().aggregate(
        network=Sum("failures_since_start", filter=within),
        address=Sum("failures_since_start", filter=here),
        last=Max("attempt_time", filter=within | here),
    )
    too_many = (found["network"] or 0) >= TRIES_OF_A_NETWORK
    too_many |= (found["address"] or 0) >= TRIES_OF_AN_ADDRESS
    return found["last"] + settings.AXES_COOLOFF_TIME if too_many else None


def _lately():
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    return AccessAttempt.objects.filter(attempt_time__gt=since)


def _is_known(name, address):
    return cache.get(_known_key(name, address)) is not None


def _known_key(name, address):
    connection = networks_of(address or "")[0]
    return f"sign-in:known:{_hashed(f'{name} {connection}')}"


def _hashed(text):
    return salted_hmac(__name__, text, algorithm="sha256").hexdigest()
