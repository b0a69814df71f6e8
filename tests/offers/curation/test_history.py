"""Every change keeps who made it, when and why; one step of work is one step in the history."""

import pytest
from django.contrib.auth.models import User

from kekiz_portal.lib.history.recording import edit
from offers.models import Offer
from tests.factories.offers import OfferFactory, OfferPlaceFactory, TopicFactory

pytestmark = pytest.mark.django_db


def test_saving_an_offer_with_topics_and_places_is_one_step_with_author_and_reason():
    author = User.objects.create_user("redaktion")
    offer = OfferFactory(title="Elterncafé")

    with edit(by=author, reason="Neuer Raum"):
        offer.title = "Elterncafé Wanne"
        offer.save()
        offer.topics.set([TopicFactory()])
        place = OfferPlaceFactory(offer=offer)

    rows = [*offer.history.exclude(history_type="+"), *place.history.all()]
    assert len({row.edit for row in rows}) == 1
    assert {(row.history_user, row.history_change_reason) for row in rows} == {
        (author, "Neuer Raum")
    }


def test_two_steps_are_told_apart():
    offer = OfferFactory(title="alt")
    for title in ["neu", "neuer"]:
        with edit(reason=title):
            offer.title = title
            offer.save()

    assert len({row.edit for row in offer.history.all()}) == 3


def test_an_offer_can_be_read_as_it_was():
    offer = OfferFactory(title="alt")
    then = offer.history.latest().history_date
    offer.title = "neu"
    offer.save()

    assert Offer.history.as_of(then).get(id=offer.pk).title == "alt"


def test_what_is_loaded_has_no_history_before_somebody_changes_it(herne):
    offer = Offer.objects.get(title="Babycafé")
    assert not offer.history.exists()

    offer.teaser = "neu"
    offer.save()

    assert [row.teaser for row in offer.history.order_by("history_id")] == ["", "neu"]
