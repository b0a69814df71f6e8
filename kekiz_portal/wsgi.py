"""The entry point of the web server in production (gunicorn)."""

import os

from django.core.wsgi import get_wsgi_application

from kekiz_portal.unavailable import plain_sentences

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kekiz_portal.settings")
with plain_sentences():
    application = get_wsgi_application()
