"""Offers go from their list into a newsletter."""

import pytest
from django.contrib.auth.models import Group, User

from network.models import Newsletter
from tests.factories.offers import OfferFactory

pytestmark = pytest.mark.django_db
OFFERS = "/verwaltung/offers/offer/"


@pytest.fixture
def draft():
    return Newsletter.objects.create(title="Frühling", slug="fruehling")


def signed(role, client, signed_in):
    user = User.objects.create_user(role, is_staff=True)
    user.groups.set([Group.objects.get(name=role)])
    return signed_in(client, user)


def choose(client, offers, **answer):
    chosen = {"action": "into_newsletter", "_selected_action": [one.pk for one in offers]}
    return client.post(OFFERS, chosen | answer, follow=True)


def test_chosen_offers_are_put_at_the_end_each_once(client, signed_in, draft):
    office = signed("Koordination", client, signed_in)
    draft.blocks.create(position=4, text="<p>Guten Tag</p>")
    first, second = OfferFactory(title="Anton"), OfferFactory(title="Berta")

    asked = choose(office, [first, second])
    assert "In welchen Entwurf?" in asked.content.decode()
    assert draft.blocks.count() == 1

    for _twice in range(2):
        choose(office, [second, first], apply="1", newsletter=draft.pk)

    rows = draft.blocks.exclude(offer=None).values_list("position", "offer__title")
    assert list(rows) == [(5, "Anton"), (6, "Berta")]


def test_newsletter_that_is_no_draft_any_more_takes_nothing(client, signed_in, draft):
    office = signed("Koordination", client, signed_in)
    Newsletter.objects.update(state="stopped")

    answer = choose(office, [OfferFactory()], apply="1", newsletter=draft.pk)

    assert "errorlist" in answer.content.decode()
    assert draft.blocks.count() == 0


def test_who_writes_no_newsletters_is_not_offered_it(client, signed_in, draft):
    office = signed("Redaktion", client, signed_in)
    OfferFactory()

    assert "into_newsletter" not in office.get(OFFERS).content.decode()
