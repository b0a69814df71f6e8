"""Work in the background runs in a real worker."""

import time

from django.core.cache import cache

from kekiz_portal.celery import app
from kekiz_portal.tasks import HEARTBEAT_KEY, heartbeat

WAIT_SECONDS = 10


def test_a_real_worker_runs_a_task(celery_worker_process):
    cache.delete(HEARTBEAT_KEY)

    heartbeat.delay()

    deadline = time.monotonic() + WAIT_SECONDS
    while cache.get(HEARTBEAT_KEY) is None and time.monotonic() < deadline:
        time.sleep(0.05)
    assert cache.get(HEARTBEAT_KEY)


def test_every_job_of_the_clock_exists():
    app.loader.import_default_modules()

    wanted = {entry["task"] for entry in app.conf.beat_schedule.values()}

    assert wanted <= set(app.tasks)
