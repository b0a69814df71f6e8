"""What the operator asks: does the process answer, may it get visitors, and is all well?

Three questions, because the answers differ. Without Redis, or with a full disk, families still
read: traffic goes on, and somebody has to look. What is wrong is told only to those inside.
"""

import errno
import shutil
import uuid
from ipaddress import ip_address, ip_network
from pathlib import Path

import redis
from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError

from kekiz_portal.signing_in.visitor_address import visitor_address
from kekiz_portal.tasks import HEARTBEAT_KEY
from offers.search.meaning import encoding

ANSWER_WITHIN_SECONDS = 1
FREE_BYTES_NEEDED = 50 * 1024 * 1024
PROBE = "readyz"
INSIDE = [
    ip_network(one)
    for one in ["127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1", "fc00::/7"]
]
# Whoever asks through a proxy is not inside.
FORWARDED = ("X-Forwarded-For", "X-Forwarded-Proto", "Forwarded", "X-Real-IP", "Via")


@require_safe
@never_cache
def healthz(request):  # noqa: ARG001 - a view takes its request
    """Answer 200 while this process lives; asks no other server."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(request):
    """Answer 200 while families can read, else 503; inside also what is not well."""
    ready = database_answers()
    found = {"ready": ready}
    if is_inside(request):
        found |= details(request, database=ready)
    return JsonResponse(found, status=200 if ready else 503)


@require_safe
@never_cache
def all_well(request):
    """Answer 200 when everything works that the portal needs, sign-in and uploads too; else 503."""
    found = details(request, database=database_answers())
    told = found if is_inside(request) else {"all_well": found["all_well"]}
    return JsonResponse(told, status=200 if found["all_well"] else 503)


def details(request, *, database):
    """Return what works, what address of the visitor is seen, and whether all is well."""
    cache_state, media = redis_state(), media_state()
    works = {"postgresql": database, "redis": cache_state == "ok", "media": media == "ok"}
    return works | {
        "all_well": all(works.values()),
        "redis_says": cache_state,
        "media_says": media,
        "search_hears": "words and meaning" if encoding.available() else "words alone",
        "last_heartbeat": _last_heartbeat() if works["redis"] else None,
        "visitor_address_seen": visitor_address(request),
        "behind_a_proxy": settings.SECURE_PROXY,
    }


def is_inside(request):
    """Whether a question comes from this machine or its network, past no proxy."""
    if any(name in request.headers for name in FORWARDED):
        return False
    try:
        address = ip_address(request.META.get("REMOTE_ADDR", ""))
        return any(address in network for network in INSIDE)
    except ValueError:
        return not request.META.get("REMOTE_ADDR")  # a Unix socket


def database_answers():
    """Tell whether PostgreSQL answers a query."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def redis_state():
    """Return "ok" when Redis keeps what it is given, "full" when it refuses, "away" without it."""
    waits = dict.fromkeys(["socket_timeout", "socket_connect_timeout"], ANSWER_WITHIN_SECONDS)
    for url in (settings.REDIS_URL, settings.CACHES["default"]["LOCATION"]):
        try:
            with redis.Redis.from_url(url, **waits) as client:
                client.set(PROBE, "x", ex=60)
        except redis.exceptions.ResponseError:
            return "full"  # or read-only: nobody can sign in either
        except RedisError:
            return "away"
    return "ok"


def media_state():
    """Return "ok" when a picture can be kept, else "full" or "missing"."""
    folder = Path(settings.MEDIA_ROOT)
    probe = folder / f".{PROBE}-{uuid.uuid4().hex}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"x" * 4096)
        probe.unlink()
        return "ok" if shutil.disk_usage(folder).free >= FREE_BYTES_NEEDED else "full"
    except OSError as error:
        probe.unlink(missing_ok=True)
        return "full" if error.errno in {errno.ENOSPC, errno.EDQUOT} else "missing"


def _last_heartbeat():
    try:
        return cache.get(HEARTBEAT_KEY)
    except RedisError:
        return None
