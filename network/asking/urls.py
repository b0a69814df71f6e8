"""The page of an institution, below /partner/."""

from django.urls import path

from . import views

app_name = "asking"
urlpatterns = [
    path("<str:token>", views.house, name="house"),
    path("<str:token>/aendern/<int:number>", views.change, name="change"),
]
