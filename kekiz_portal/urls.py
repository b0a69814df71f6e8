"""The only list of all address prefixes."""

from importlib.util import find_spec

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from kekiz_portal import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
urlpatterns += i18n_patterns(
    path("verwaltung/", admin.site.urls),
    *[path("", include(name)) for name in ("kekiz_portal.pages", "offers.urls") if find_spec(name)],
    prefix_default_language=False,
)
