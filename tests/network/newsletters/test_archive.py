"""Families read old newsletters on the web."""

from xml.etree import ElementTree as ET

import pytest
from django.urls import reverse

from network.models import Newsletter
from network.newsletters import links
from network.newsletters.sending import steering

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def sent(newsletter_to):
    newsletter = newsletter_to("a@m.example", start=False)
    Newsletter.objects.update(title="Frühling & Co", slug="fruehling", preheader="Neu\x0b hier")
    newsletter.refresh_from_db()
    assert steering.start(newsletter)
    return newsletter


def test_sent_newsletter_stays_readable_as_it_was(client, sent):
    sent.blocks.all().delete()

    listed = client.get(reverse("network:archive")).content.decode()
    address = links.web_url(sent).removeprefix(links.settings.PORTAL_URL)
    text = client.get(address).content.decode()

    assert address in listed
    assert "Guten Tag!" in text
    assert "%%" not in text
    assert "style=" not in text


def test_draft_and_what_is_not_for_everybody_are_not_found(client, sent, newsletter_to):
    draft = newsletter_to(start=False)
    draft.slug = "entwurf"
    draft.save()
    Newsletter.objects.filter(pk=sent.pk).update(is_archived_publicly=False)

    for one in [draft, sent]:
        address = reverse("network:archive_issue", args=[one.slug])
        assert client.get(address).status_code == 404
    assert (
        "noch ist keiner erschienen" in client.get("/newsletter/archiv/").content.decode().lower()
    )


def test_mail_leads_to_the_web_only_if_it_is_there(newsletter_to):
    newsletter = newsletter_to("a@m.example", start=False)
    newsletter.is_archived_publicly = False
    newsletter.save()
    steering.start(newsletter)

    edition = newsletter.editions.get()
    assert "%%WEB%%" not in edition.html + edition.text


def test_feed_reader_gets_well_formed_atom(client, sent):
    answer = client.get(reverse("network:archive_feed"))

    feed = ET.fromstring(answer.content)
    assert answer["Content-Type"].startswith("application/atom+xml")
    assert [one.text for one in feed.findall(f"{ATOM}entry/{ATOM}title")] == ["Frühling & Co"]
    (link,) = feed.findall(f"{ATOM}entry/{ATOM}link")
    assert link.get("href").endswith("/newsletter/archiv/fruehling/")
