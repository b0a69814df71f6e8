"""A file is chosen once, however often its form comes back with errors."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from network.models import Newsletter
from offers.models import ImportRun, KeptUpload
from offers.tasks import tidy_up
from tests.factories.offers import OfferFactory, TopicFactory
from tests.html_forms import form_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client, signed_in):
    return signed_in(client, User.objects.create_superuser("verwaltung"))


def photo(name="sommerfest.png"):
    file = BytesIO()
    Image.new("RGB", (40, 20), "red").save(file, "PNG")
    return SimpleUploadedFile(name, file.getvalue(), "image/png")


def fields_of(page, form):
    return {name: value for name, value in form_of(page, form).items() if "__" not in name}


def test_the_picture_of_an_offer_stays_when_its_title_is_missing(office):
    offer = OfferFactory(topics=[TopicFactory()])
    address = f"/verwaltung/offers/offer/{offer.pk}/change/"
    sent = fields_of(office.get(address), "offer_form")
    sent |= {"title": "", "picture": photo(), "picture_alt": "Kinder spielen"}

    page = office.post(address, sent)
    once_more = office.post(address, fields_of(page, "offer_form"))  # still without a title
    saved = office.post(address, fields_of(once_more, "offer_form") | {"title": "Sommerfest"})

    assert "Schon ausgewählt:" in page.content.decode()
    assert "sommerfest.png" in once_more.content.decode()
    offer.refresh_from_db()
    assert (saved.status_code, bool(offer.picture)) == (302, True)
    assert KeptUpload.objects.count() == 1


def test_the_picture_of_a_newsletter_stays_when_nobody_described_it(office):
    address = "/verwaltung/network/newsletter/add/"
    sent = fields_of(office.get(address), "newsletter_form")
    sent |= {"title": "Sommer", "blocks-0-kind": "picture", "blocks-0-picture": photo()}

    page = office.post(address, sent)
    fields = fields_of(page, "newsletter_form") | {"blocks-0-picture_alt": "Fest"}
    office.post(address, fields)

    assert "sommerfest.png" in page.content.decode()
    assert Newsletter.objects.get().blocks.get().picture


def test_the_file_of_an_import_stays_when_nobody_said_what_is_in_it(office):
    address = "/verwaltung/offers/importrun/add/"
    file = SimpleUploadedFile("liste.csv", b"Titel;Anbieter\nTreff;Verein\n", "text/csv")

    page = office.post(address, {"file": file})
    office.post(address, form_of(page, None) | {"kind": "offers"})

    assert "liste.csv" in page.content.decode()
    assert ImportRun.objects.get().file_name == "liste.csv"


def test_a_file_that_is_wrong_itself_is_not_kept(office):
    offer = OfferFactory(topics=[TopicFactory()])
    address = f"/verwaltung/offers/offer/{offer.pk}/change/"
    sent = fields_of(office.get(address), "offer_form")
    sent["picture"] = SimpleUploadedFile("brief.png", b"kein Bild", "image/png")

    page = office.post(address, sent)

    assert "Schon ausgewählt" not in page.content.decode()
    assert not KeptUpload.objects.exists()


@pytest.mark.parametrize("key", ["", "x", "00000000-0000-0000-0000-000000000000", "\x00"])
def test_a_key_nobody_was_given_finds_nothing(office, key):
    offer = OfferFactory(topics=[TopicFactory()])
    address = f"/verwaltung/offers/offer/{offer.pk}/change/"
    sent = fields_of(office.get(address), "offer_form") | {"picture-kept": key}

    answer = office.post(address, sent)

    offer.refresh_from_db()
    assert (answer.status_code, bool(offer.picture)) == (302, False)


def test_what_nobody_used_for_a_day_is_gone_in_the_night():
    old = KeptUpload.objects.create(name="alt.png", content=b"alt")
    new = KeptUpload.objects.create(name="neu.png", content=b"neu")
    KeptUpload.objects.filter(pk=old.pk).update(kept_at=timezone.now() - timedelta(days=2))

    tidy_up()

    assert list(KeptUpload.objects.all()) == [new]
