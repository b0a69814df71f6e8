"""Pages of the chain, for the office, below /verwaltung/abdeckung/."""

from django.urls import path

from . import views
from .papers import views as papers
from .ties import views as ties

app_name = "coverage"
urlpatterns = [
    path("", views.TablePage.as_view(), name="table"),
    path("feld/", views.CellPage.as_view(), name="cell"),
    path("tabelle/", papers.Sheet.as_view(), name="sheet"),
    path("bericht/", papers.Report.as_view(), name="report"),
    path("zahlen/", papers.Owed.as_view(), name="owed"),
    path("zustaendig/", views.DoorsPage.as_view(), name="doors"),
    path("netz/", ties.NetworkPage.as_view(), name="ties"),
    path("nachfrage/", views.DemandPage.as_view(), name="demand"),
    path("kettenlauf/", views.WalkPage.as_view(), name="walk"),
]
