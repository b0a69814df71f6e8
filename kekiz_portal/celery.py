"""The Celery app: what runs later (worker) and what runs by the clock (beat)."""

import os
import sys
from pathlib import Path

from celery import Celery
from celery.signals import beat_init, worker_init
from django.conf import settings

from kekiz_portal.unavailable import plain_sentences, require_services

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kekiz_portal.settings")

app = Celery("kekiz_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# Celery would bury a missing variable in its usage text.
if "celery" in Path(sys.argv[0]).parts[-2:] or Path(sys.argv[0]).name == "celery":
    with plain_sentences():
        settings.configured or settings.SECRET_KEY  # noqa: B018 - reading one setting loads them all


@worker_init.connect
@beat_init.connect
def refuse_without_servers(**_kwargs):
    """End with one sentence when a server is away, instead of a screenful of retries."""
    with plain_sentences():
        require_services()
