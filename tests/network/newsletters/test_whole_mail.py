"""A newsletter of all kinds of blocks, opened as a reader's mail program opens it."""

import re
from email import message_from_bytes
from email.policy import strict
from html import unescape
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone
from PIL import Image

from network.models import Delivery, Newsletter, NewsletterBlock
from network.newsletters.composing.messages import Mailing
from network.newsletters.sending import steering
from offers.curation import pictures
from tests.factories.offers import InstitutionFactory, OfferFactory
from tests.offers.conftest import FACTS

pytestmark = pytest.mark.django_db
Kind = NewsletterBlock.Kind


@pytest.fixture
def mail(newsletter_to, settings, tmp_path):
    """The mail as it arrives, parsed without mercy."""
    call_command("load_pages", FACTS, verbosity=0)
    settings.MEDIA_ROOT = tmp_path
    newsletter = newsletter_to("anna@m.example", start=False)
    Newsletter.objects.update(
        title="Größe & Übermut: „Neu“", preheader="Treffs <für alle> & mehr", slug="groesse"
    )
    newsletter.blocks.all().delete()
    for number, facts in enumerate(blocks(), 1):
        newsletter.blocks.create(position=number, **facts)
    newsletter.refresh_from_db()
    assert steering.start(newsletter)
    raw = Mailing(newsletter, newsletter.editions.get()).to(
        Delivery.objects.get(), at=timezone.now()
    )
    return message_from_bytes(raw, policy=strict)


def blocks():
    offer = OfferFactory(title="Babytreff <3 & Co", teaser="Spielen", status="published")
    OfferFactory(title="Neues Café", status="published")
    file = BytesIO()
    Image.new("RGB", (900, 300), "teal").save(file, "JPEG")
    picture = pictures.cleaned(SimpleUploadedFile("foto.jpg", file.getvalue()))
    text = (
        "<p>Guten Tag & willkommen.</p><ul><li>eins</li></ul>"
        '<p><a href="https://www.herne.de/a?b=1&amp;c=2">Zur Stadt</a>, '
        '<a href="mailto:info@herne.example">schreiben</a>, <a href="/angebote/">Angebote</a></p>'
    )
    return [
        {"kind": Kind.TEXT, "heading": "Grüße", "text": text},
        {"kind": Kind.PICTURE, "picture": picture, "picture_alt": "Kinder & Eltern malen"},
        {"kind": Kind.OFFER, "offer": offer, "heading": "Tipp"},
        {"kind": Kind.INSTITUTION, "institution": InstitutionFactory(name="Kita Sonne")},
        {"kind": Kind.DATE, "heading": "Fest", "day": "2027-05-01"},
        {"kind": Kind.NEWS},
    ]


def contents(mail):
    return [mail.get_body((kind,)).get_content() for kind in ("plain", "html")]


def words(text):
    return re.findall(r"\w+", text)


def links(html):
    return [unescape(address) for address in re.findall(r'(?:href|src)="([^"]+)"', html)]


def test_no_part_has_a_defect_and_each_header_is_there_once(mail):
    assert [part.defects for part in mail.walk() if part.defects] == []
    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/alternative",
        "text/plain",
        "multipart/related",
        "text/html",
        "image/jpeg",
    ]
    for name in ["From", "To", "Subject", "Date", "Message-ID", "List-Unsubscribe"]:
        assert len(mail.get_all(name)) == 1
    assert mail["Subject"] == "Größe & Übermut: „Neu“"


def test_html_says_nothing_that_the_text_does_not_say(mail):
    text, html = contents(mail)
    body = html.partition("<body")[2]
    described = " ".join(re.findall(r'alt="([^"]*)"', body))
    read = unescape(re.sub(r"<[^>]*>", " ", f"<body{body}") + described)

    assert set(words(read)) <= set(words(text))
    assert set(words(re.sub(r"https?://\S+|Bild:", " ", text))) <= set(words(read)) | {
        "info",
        "herne",
        "example",
    }


def test_every_link_of_the_html_is_whole_and_stands_in_the_text(mail, settings):
    text, html = contents(mail)

    found = [one for one in links(html) if not one.startswith("cid:")]

    assert all(address.startswith(("https://", "http://", "mailto:")) for address in found)
    assert [one for one in found if one.removeprefix("mailto:") not in text] == []
    assert not re.search("%%|__", text + html)


def test_every_link_to_the_portal_works(mail, client, settings):
    own = [one for one in links(contents(mail)[1]) if one.startswith(settings.PORTAL_URL)]

    paths = {one.removeprefix(settings.PORTAL_URL) for one in own}
    assert len(paths) >= 8
    assert [path for path in sorted(paths) if client.get(path).status_code != 200] == []


def test_pictures_come_with_the_mail_sharp_and_as_every_program_shows_them(mail):
    (part,) = [part for part in mail.walk() if part.get_content_maintype() == "image"]
    (shown,) = [one for one in links(contents(mail)[1]) if one.startswith("cid:")]

    assert part["Content-ID"] == f"<{shown.removeprefix('cid:')}>"
    with Image.open(BytesIO(part.get_content())) as image:
        assert (image.format, image.width) == ("JPEG", 900)  # as wide as it came, below twice 552


def test_picture_keeps_its_place_before_it_is_loaded(mail):
    (picture,) = re.findall(r"<img[^>]*>", contents(mail)[1])

    assert 'width="552" height="184"' in picture
    assert 'alt="Kinder &amp; Eltern malen"' in picture
