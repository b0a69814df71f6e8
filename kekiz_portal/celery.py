"""The Celery app: what runs later (worker) and what runs by the clock (beat)."""

import os
import sys
import warnings
from pathlib import Path

from celery import Celery
from celery.exceptions import SecurityWarning
from django.conf import settings

from .serving.unavailable import plain_sentences, require_services

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kekiz_portal.settings")

app = Celery("kekiz_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.autodiscover_tasks(["kekiz_portal.signing_in"])


def begin_command(arguments):
    """Say in one sentence what is missing, before Celery buries it in its banner or usage text."""
    with plain_sentences():
        if settings.DEBUG:  # a developer may be root; in production the warning should stand
            warnings.simplefilter("ignore", SecurityWarning)
        if {"worker", "beat"} & set(arguments):
            require_services()


if "celery" in (Path(sys.argv[0]).name, Path(sys.argv[0]).parent.name):
    begin_command(sys.argv[1:])
