"""The servers behind the portal: PostgreSQL, Redis, and the work in the background."""

from datetime import timedelta
from pathlib import Path
from tempfile import gettempdir

import environ
from kombu import Queue
from redis.backoff import NoBackoff
from redis.retry import Retry

from kekiz_portal.configuration import service_url, with_redis_database
from kekiz_portal.timetable import timetable

from .basics import DEBUG, LOCAL_DIR, env

# PostgreSQL

STATEMENT_TIMEOUT_MS = env.int("STATEMENT_TIMEOUT_MS", default=5_000)
CONNECTION_MAX_AGE_SECONDS = env.int("CONNECTION_MAX_AGE_SECONDS", default=600)

DATABASES = {"default": environ.Env.db_url_config(service_url(env, "DATABASE_URL", local=DEBUG))}
DATABASES["default"] |= {
    "ENGINE": "django.db.backends.postgresql",
    "CONN_MAX_AGE": CONNECTION_MAX_AGE_SECONDS,
    "CONN_HEALTH_CHECKS": True,
}
DATABASES["default"].setdefault("OPTIONS", {})
DATABASES["default"]["OPTIONS"].setdefault("connect_timeout", 5)
# Whoever reads row by row here reads to the end; PostgreSQL would plan for the first tenth alone.
DATABASES["default"]["OPTIONS"].setdefault("options", "-c cursor_tuple_fraction=1")

# Redis

REDIS_URL = service_url(env, "REDIS_URL", local=DEBUG)
# A reader waits less than a second for a Redis that stays silent.
REDIS_TIMEOUT_SECONDS = env.float("REDIS_TIMEOUT_SECONDS", default=2 if DEBUG else 0.2)
CACHES = {
    "default": {
        "BACKEND": "kekiz_portal.serving.cache.ImpatientRedis",
        "LOCATION": with_redis_database(REDIS_URL, env.int("REDIS_CACHE_DATABASE", default=1)),
        "KEY_PREFIX": "kekiz",
        "OPTIONS": {
            "socket_connect_timeout": REDIS_TIMEOUT_SECONDS,
            "socket_timeout": REDIS_TIMEOUT_SECONDS,
            "retry": Retry(NoBackoff(), 0),
        },
    },
}

# Work in the background

TASK_TIME_LIMIT_SECONDS = 30 * 60
# Longer than any task, or Redis hands it out twice.
VISIBILITY_TIMEOUT_SECONDS = 2 * TASK_TIME_LIMIT_SECONDS

CELERY_BROKER_URL = REDIS_URL
CELERY_RESULT_BACKEND = REDIS_URL
CELERY_TASK_SERIALIZER = CELERY_RESULT_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = CELERY_RESULT_ACCEPT_CONTENT = ["json"]
CELERY_RESULT_EXPIRES = timedelta(hours=1)
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": VISIBILITY_TIMEOUT_SECONDS}
CELERY_RESULT_BACKEND_TRANSPORT_OPTIONS = {"visibility_timeout": VISIBILITY_TIMEOUT_SECONDS}
CELERY_VISIBILITY_TIMEOUT = VISIBILITY_TIMEOUT_SECONDS
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_TIME_LIMIT = TASK_TIME_LIMIT_SECONDS
CELERY_TASK_SOFT_TIME_LIMIT = TASK_TIME_LIMIT_SECONDS - 60
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 10
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "Europe/Berlin"
# Mail waits for a slow server, so it has a queue, and in production workers, of its own. A worker
# that is told no queue takes both.
CELERY_TASK_QUEUES = [Queue("celery"), Queue("mail")]
CELERY_TASK_DEFAULT_QUEUE = "celery"
CELERY_TASK_ROUTES = {
    "network.tasks.send_newsletter": {"queue": "mail"},
    "network.tasks.send_consent_letters": {"queue": "mail"},
    "network.tasks.send_house_letters": {"queue": "mail"},
    "network.tasks.send_place_alerts": {"queue": "mail"},
    "network.tasks.send_requested_mail": {"queue": "celery"},  # somebody waits for it
}
NEWSLETTER_SWEEP_SECONDS = env.int("NEWSLETTER_SWEEP_SECONDS", default=15)
BEAT_DIR = Path(env.str("BEAT_DIR", default=str(LOCAL_DIR or gettempdir())))
CELERY_BEAT_SCHEDULE_FILENAME = str(BEAT_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = timetable(NEWSLETTER_SWEEP_SECONDS)
