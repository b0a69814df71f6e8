"""Signing in in a second window makes an open form stale: nothing of it is lost."""

import re

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from offers.models import KeptUpload
from tests.factories.offers import OfferFactory, TopicFactory
from tests.html_forms import form_of

pytestmark = pytest.mark.django_db

OWN = {"Origin": "http://testserver"}


@pytest.fixture
def office(signed_in):
    return signed_in(Client(enforce_csrf_checks=True), User.objects.create_superuser("leitung"))


def address_of(offer):
    return f"/verwaltung/offers/offer/{offer.pk}/change/"


def stale(office, offer, headers, **changes):
    """Send the form of an offer with a secret of another sign-in."""
    form = form_of(office.get(address_of(offer)), "offer_form")
    fields = {name: value for name, value in form.items() if "__" not in name}
    fields |= {"csrfmiddlewaretoken": ["x" * 64], "_save": ["1"]} | changes
    return office.post(address_of(offer), fields, headers=headers)


def test_what_was_typed_is_sent_again_with_one_button(office):
    offer = OfferFactory(title="Alt", topics=[TopicFactory()])

    page = stale(office, offer, OWN, title=["Neu <b>& gut</b>"], teaser=["zwei Zeilen"])

    assert page.status_code == 403
    assert "noch nicht gespeichert" in page.content.decode()
    again = form_of(page)
    answer = office.post(address_of(offer), again, headers=OWN)
    offer.refresh_from_db()
    assert (answer.status_code, offer.title) == (302, "Neu <b>& gut</b>")
    assert offer.teaser == "zwei Zeilen"


def test_a_picture_that_was_chosen_is_sent_again_too(office):
    picture = SimpleUploadedFile("fest.png", b"x" * 10, "image/png")

    page = stale(office, OfferFactory(), OWN, picture=picture)

    assert form_of(page)["picture-kept"] == [str(KeptUpload.objects.get().key)]


@pytest.mark.parametrize("headers", [{}, {"Origin": "https://fremd.example"}, {"Origin": "null"}])
def test_a_strangers_page_gets_no_button_that_sends(office, headers):
    offer = OfferFactory(title="Alt", topics=[TopicFactory()])

    page = stale(office, offer, headers, title=["Fremd"])

    assert page.status_code == 403
    assert "Fremd" not in page.content.decode()
    assert not re.search(r'<form[^>]+method="post"', page.content.decode())


def test_passwords_are_never_shown_again(office):
    fields = {"username": "neu", "password1": "sehr geheim", "password2": "sehr geheim"}

    page = office.post("/verwaltung/auth/user/add/", fields, headers=OWN)

    assert (page.status_code, "sehr geheim" in page.content.decode()) == (403, False)


def test_who_is_not_signed_in_reads_what_to_do():
    client = Client(enforce_csrf_checks=True)

    page = client.post("/verwaltung/konto/anmelden/", {"login": "leitung"}, headers=OWN)

    assert page.status_code == 403
    assert "nicht mehr angemeldet" in page.content.decode()
    assert "CSRF" not in page.content.decode()
