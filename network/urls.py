"""Pages of the network that everybody may open, below /newsletter/."""

from django.urls import path

from .newsletters.composing import archive
from .newsletters.subscribing import views

app_name = "network"
# The links of mails end without a slash: a redirect would keep mail programs from unsubscribing.
urlpatterns = [
    path("archiv/", archive.issues, name="archive"),
    path("archiv/atom.xml", archive.IssuesFeed(), name="archive_feed"),
    path("archiv/<slug:slug>/", archive.issue, name="archive_issue"),
    path("", views.sign_up, name="newsletter"),
    path("fast-fertig/", views.asked, name="newsletter_asked"),
    path("bestaetigen/<str:token>", views.confirm, name="newsletter_confirm"),
    path("abmelden/<str:token>", views.unsubscribe, name="newsletter_unsubscribe"),
    path("einstellungen/<str:token>", views.preferences, name="newsletter_settings"),
    path("einwilligung/<str:token>", views.mail_consent, name="mail_consent"),
    path("meine-daten/", views.data_wanted, name="data_wanted"),
    path("meine-daten/unterwegs/", views.data_asked, name="data_asked"),
    path("meine-daten/<str:token>", views.data, name="data"),
    path("meine-daten/<str:token>/herunterladen", views.data_file, name="data_file"),
    path("meine-daten/<str:token>/person", views.about_person, name="data_person"),
    path("meine-daten/<str:token>/loeschen", views.erase, name="data_erase"),
]
