"""How dense the chain is, for everybody, below /so-dicht-ist-das-netz/, if the city wants it."""

from django.urls import path

from . import views

app_name = "net"
urlpatterns = [
    path("", views.net, name="city"),
    path("<slug:part>/", views.net, name="part"),
]
