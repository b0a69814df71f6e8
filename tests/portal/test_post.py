"""Development shows the mails it wrote instead of sending them."""

import pytest
from django.core import mail
from django.urls import path

from kekiz_portal import urls as portal_urls
from kekiz_portal.tools import mail_viewer as post
from network.models import Delivery, Newsletter, NewsletterEdition
from network.newsletters.composing.messages import Mailing
from network.newsletters.sending.transport import MailFolder, way_out

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

urlpatterns = [
    path("post/", post.mail_list, name="post"),
    path("post/<str:file>/<int:number>/", post.mail, name="mail"),
    path("post/<str:file>/<int:number>/seite/", post.mail_as_page, name="mail_as_page"),
    *portal_urls.urlpatterns,
]


@pytest.fixture
def folder(settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    return tmp_path


def test_a_newsletter_is_a_file_that_the_page_shows(client, folder):
    newsletter = Newsletter(title="Neues", slug="neues")
    edition = NewsletterEdition(
        language="de", subject="Grüße", html="<p style='color:red'>Hallo</p>", text="Hallo Welt"
    )
    message = Mailing(newsletter, edition).to(Delivery(pk=1, address="a@m.example"))
    server = way_out()
    assert isinstance(server, MailFolder)

    server.hand_over("portal@m.example", "a@m.example", message, lambda: True)

    page = client.get("/post/").content.decode()
    assert "Grüße" in page
    assert "a@m.example" in page
    (file,) = folder.iterdir()
    assert "Hallo Welt" in client.get(f"/post/{file.name}/0/").content.decode()
    assert b"color:red" in client.get(f"/post/{file.name}/0/seite/").content


def test_any_other_mail_of_the_portal_is_shown_too(client, folder):
    messages = [
        mail.EmailMessage(f"Betreff {number}", "Text", to=["a@m.example"]) for number in (1, 2)
    ]
    mail.get_connection("django.core.mail.backends.filebased.EmailBackend").send_messages(messages)

    page = client.get("/post/").content.decode()

    assert "Betreff 1" in page
    assert "Betreff 2" in page


@pytest.mark.parametrize("address", ["/post/none.eml/0/", "/post/../0/", "/post/%2e%2e/0/seite/"])
def test_what_is_not_there_is_not_found(client, folder, address):
    assert client.get(address).status_code == 404


def test_an_empty_folder_says_so(client, folder):
    assert "Noch ist keine Mail" in client.get("/post/").content.decode()
