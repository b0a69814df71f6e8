"""The Celery app: what runs later (worker) and what runs by the clock (beat)."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kekiz_portal.settings")

app = Celery("kekiz_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
