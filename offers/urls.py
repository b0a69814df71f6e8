from django.urls import path

from .views import (
    browse,
    embedding,
    experiences,
    found,
    freshness,
    help_now,
    home,
    institutions,
    my_child,
    notepad,
    phases,
    pocket,
    reporting,
    suggesting,
)

app_name = "offers"
urlpatterns = [
    path("", home.home, name="home"),
    path("angebote/", browse.browse, name="browse"),
    path("angebote/atom.xml", found.atom, name="feed"),
    path("angebote/einbetten/", embedding.embedded, name="embedded"),
    path("angebote/anzahl/", browse.count, name="count"),
    path("angebote/vorschlaege/", suggesting.suggest, name="suggestions"),
    path("angebote/<slug:slug>/", browse.offer, name="offer"),
    path("angebote/<slug:slug>/melden/", reporting.report, name="report"),
    path("angebote/<slug:slug>/war-da/", experiences.experience, name="experience"),
    path("angebote/<slug:slug>/melden/danke/", reporting.thanks, name="report_thanks"),
    path("lebensphasen/", phases.phases, name="phases"),
    path("lebensphasen/<slug:slug>/", phases.phase, name="phase"),
    path("einrichtungen/", institutions.institutions, name="institutions"),
    path("einrichtungen/<slug:slug>/", institutions.institution, name="institution"),
    path("so-aktuell-ist-das-portal/", freshness.freshness, name="freshness"),
    path("hilfe/", help_now.help_now, name="help"),
    path("mein-kind/", my_child.my_child, name="my_child"),
    path("merkzettel/", notepad.notepad, name="notepad"),
    path("ohne-netz/", pocket.pocket, name="pocket"),
    path("ohne-netz/stand.json", pocket.state, name="pocket_state"),
    path("ohne-netz/verzeichnis.json", pocket.directory, name="pocket_pack"),
]
