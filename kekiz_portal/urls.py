"""The only list of all address prefixes."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from kekiz_portal import health
from kekiz_portal.gallery import gallery

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
if settings.DEBUG:  # for people who work on the look, not for visitors
    urlpatterns.append(path("bausteine/", gallery, name="gallery"))

urlpatterns += i18n_patterns(
    path("verwaltung/", admin.site.urls),
    path("", include("kekiz_portal.pages")),
    path("", include("offers.urls")),
    prefix_default_language=False,
)
