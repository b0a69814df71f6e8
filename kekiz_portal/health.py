"""What the operator asks: does the process answer, and is everything there that it needs?"""

import redis
from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kekiz_portal.tasks import HEARTBEAT_KEY

ANSWER_WITHIN_SECONDS = 2


@require_safe
@never_cache
def healthz(request):  # noqa: ARG001 - a view takes its request
    """Answer 200 while this process lives; asks no other server."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(request):  # noqa: ARG001 - a view takes its request
    """Answer 200 when PostgreSQL and Redis answer, else 503 naming which does not."""
    state = {"postgresql": database_answers(), "redis": redis_answers()}
    status = 200 if all(state.values()) else 503
    last = cache.get(HEARTBEAT_KEY) if state["redis"] else None
    return JsonResponse(state | {"last_heartbeat": last}, status=status)


def database_answers():
    """Tell whether PostgreSQL answers a query."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def redis_answers():
    """Tell whether Redis answers a ping."""
    try:
        with redis.Redis.from_url(
            settings.REDIS_URL, socket_timeout=ANSWER_WITHIN_SECONDS
        ) as client:
            return client.ping()
    except redis.RedisError:
        return False
