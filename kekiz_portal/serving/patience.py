"""Pages hurry; a migration, a load or a worker may take longer than a reader waits."""

from django.conf import settings


def hurry(celery):
    """Let no reader of this process be held by a slow query or by a Redis that stays silent.

    Called before the first page, so that every connection to come is made so.
    """
    # Compiling a question (jit) would take longer than answering it. What is given counts last.
    options = settings.DATABASES["default"]["OPTIONS"]
    options["options"] = (
        f"-c statement_timeout={settings.STATEMENT_TIMEOUT_MS} -c jit=off {options['options']}"
    )
    celery.conf.update(  # the clock calls workers again
        broker_transport_options=settings.CELERY_BROKER_TRANSPORT_OPTIONS
        | {
            "socket_timeout": settings.REDIS_TIMEOUT_SECONDS,
            "socket_connect_timeout": settings.REDIS_TIMEOUT_SECONDS,
            "retry_on_timeout": False,
        },
        task_publish_retry_policy={
            "max_retries": 1,
            "interval_start": 0,
            "interval_step": 0,
            "interval_max": 0,
        },
    )
