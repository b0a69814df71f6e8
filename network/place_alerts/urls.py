"""Being told when an offer has places again; the first page lies below the offer."""

from django.urls import path

from . import views

app_name = "place_alerts"
urlpatterns = [
    path("angebote/<slug:slug>/platz-frei/", views.wish, name="wish"),
    path("angebote/<slug:slug>/platz-frei/fast-fertig/", views.wished, name="wished"),
    # Without a slash at its end, as the other links of mails.
    path("platz-frei/<str:token>", views.mine, name="mine"),
]
