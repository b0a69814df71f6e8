"""The only list of all address prefixes."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.http import Http404
from django.urls import include, path, re_path
from django.views.defaults import page_not_found
from django.views.generic import RedirectView

from kekiz_portal.signing_in.admin_login import lead_to_sign_in
from offers.admin.versions.choosing import FoundByTyping
from offers.views import embedding, found, pictures, pocket

from . import films, health
from .serving import for_machines, sitemaps, unavailable

handler429 = unavailable.too_many  # where django-allauth looks for it

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("readyz/all", health.all_well, name="all_well"),
    path(".well-known/security.txt", for_machines.security_txt, name="security_txt"),
    path("robots.txt", for_machines.robots_txt, name="robots_txt"),
    path("sitemap.xml", sitemaps.index, name="sitemap_index"),
    path("sitemap-<str:language>.xml", sitemaps.of_language, name="sitemap"),
    path("bild/portal.png", found.link_picture, name="portal_picture"),
    path("bild/<str:of>/<slug:slug>.png", found.link_picture, name="link_picture"),
    path("einbetten/", embedding.make, name="embedding"),
    path("einbetten/stil.css", embedding.style, name="embedded_style"),
    path("einbetten.js", embedding.script, name="embedding_script"),
    path("sw.js", pocket.worker, name="service_worker"),
    # What an institution answers is about German texts: its pages are German alone.
    path("partner/", include("network.asking.urls")),
]
urlpatterns.append(
    re_path(r"^medien/bilder/(?P<name>[0-9a-f]{32})\.webp$", pictures.picture, name="picture")
)
urlpatterns.append(
    re_path(r"^medien/filme/(?P<name>[0-9a-f]{32})\.(?P<ending>mp4|webm)$", films.film, name="film")
)
if settings.DEBUG:  # for people who work on the portal, not for visitors
    from .tools import mail_viewer as post
    from .tools.gallery import gallery

    urlpatterns += [
        path("bausteine/", gallery, name="gallery"),
        path("post/", post.mail_list, name="post"),
        path("post/<str:file>/<int:number>/", post.mail, name="mail"),
        path("post/<str:file>/<int:number>/seite/", post.mail_as_page, name="mail_as_page"),
    ]

# The admin's own forms know no second factor and no lock: they only lead to the real ones.
admin.site.login = lead_to_sign_in
admin.site.autocomplete_view = FoundByTyping.as_view(admin_site=admin.site)
admin.site.password_change = RedirectView.as_view(pattern_name="account_change_password")

urlpatterns += i18n_patterns(
    path("verwaltung/konto/", include("kekiz_portal.signing_in.urls")),
    # The admin would lead to the page of any row of any kind, and so tell what it is called.
    re_path(r"^verwaltung/r/", page_not_found, {"exception": Http404()}),
    path("verwaltung/abdeckung/", include("network.coverage.urls")),
    path("verwaltung/", admin.site.urls),
    path("portal.webmanifest", for_machines.manifest, name="manifest"),
    path("suche.xml", for_machines.opensearch, name="opensearch"),
    path("", include("kekiz_portal.pages")),
    path("newsletter/", include("network.urls")),
    path("so-dicht-ist-das-netz/", include("network.coverage.public.urls")),
    path("", include("network.place_alerts.urls")),
    path("", include("offers.urls")),
    prefix_default_language=False,
)
