"""The portal's frame: settings, URLs, Celery, local services. No domain rule lives here."""

from .celery import app as celery_app

__all__ = ["celery_app"]
