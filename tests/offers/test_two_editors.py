"""Two caseworkers edit the same offer: nobody's work is lost, and the second is told."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.urls import reverse

from offers.models import Offer, OfferPlace
from tests.factories.offers import OfferFactory, OfferPlaceFactory, OfferTypeFactory, TopicFactory
from tests.html_forms import form_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def offer():
    offer = OfferFactory(title="Elterncafé", topics=[TopicFactory(name="Gesundheit")])
    OfferPlaceFactory(offer=offer, note="im Hof")
    return offer


@pytest.fixture
def two_editors(signed_in):
    names = ["Frau Yilmaz", "Herr Krause"]
    return [
        signed_in(Client(), User.objects.create_superuser(f"editor-{n}", first_name=name))
        for n, name in enumerate(names)
    ]


def address(offer):
    return reverse("admin:offers_offer_change", args=[offer.pk])


def opened(editor, offer):
    return form_of(editor.get(address(offer)), "offer_form")


def test_the_second_is_told_who_changed_what_and_keeps_what_they_typed(two_editors, offer):
    first, second = two_editors
    first_form, second_form = opened(first, offer), opened(second, offer)
    first.post(address(offer), first_form | {"title": "Elterncafé am Markt"})

    answer = second.post(address(offer), second_form | {"teaser": "Mit Frühstück"})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "editor-0" in page
    assert "Elterncafé am Markt" in page
    assert "Mit Frühstück" in page
    offer.refresh_from_db()
    assert (offer.title, offer.teaser) == ("Elterncafé am Markt", "")


def test_after_reading_it_the_second_can_save(two_editors, offer):
    first, second = two_editors
    first_form, second_form = opened(first, offer), opened(second, offer)
    first.post(address(offer), first_form | {"title": "Elterncafé am Markt"})
    warned = second.post(address(offer), second_form | {"teaser": "Mit Frühstück"})

    answer = second.post(address(offer), form_of(warned, "offer_form"))

    assert answer.status_code == 302
    offer.refresh_from_db()
    assert offer.teaser == "Mit Frühstück"


def test_a_change_of_a_place_is_a_change_of_the_offer(two_editors, offer):
    second = two_editors[1]
    second_form = opened(second, offer)
    place = OfferPlace.objects.get()
    place.note = "im Saal"
    place.save()

    answer = second.post(address(offer), second_form | {"teaser": "Mit Frühstück"})

    assert answer.status_code == 200
    assert "im Saal" in answer.content.decode()


def test_saving_twice_in_a_row_warns_nobody(two_editors, offer):
    editor = two_editors[0]
    for teaser in ["eins", "zwei"]:
        answer = editor.post(address(offer), opened(editor, offer) | {"teaser": teaser})
        assert answer.status_code == 302


def test_a_mark_of_the_last_reading_that_makes_no_sense_warns_rather_than_fails(two_editors, offer):
    editor = two_editors[0]
    editor.post(address(offer), opened(editor, offer) | {"teaser": "eins"})

    answer = editor.post(address(offer), opened(editor, offer) | {"_seen": "9" * 50 + ",x,,\u0664"})

    assert answer.status_code in {200, 302}


@pytest.mark.django_db(transaction=True)
def test_two_who_create_the_same_offer_at_once_get_one_offer_and_one_explanation(two_editors):
    topic, kind = TopicFactory(), OfferTypeFactory()
    typed = {
        "title": "Krabbelgruppe",
        "provider_name": "Verein",
        "offer_type": kind.pk,
        "topics": topic.pk,
    }
    add = reverse("admin:offers_offer_add")
    forms = [form_of(editor.get(add), "offer_form") | typed for editor in two_editors]
    start = Barrier(2)

    def save(editor, form):
        start.wait()
        try:
            return editor.post(add, form).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(save, two_editors, forms))

    assert sorted(answers) == [200, 302]
    assert Offer.objects.filter(title="Krabbelgruppe").count() == 1
