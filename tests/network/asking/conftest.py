"""A house with entries, and the page that the link of its letter opens."""

import datetime as dt

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.utils import timezone

from network.models import HouseLink
from offers.models import Offer
from tests.factories.offers import InstitutionFactory, OfferFactory, TopicFactory

LONG_AGO = dt.timedelta(days=400)


@pytest.fixture
def client():
    """Somebody at a telephone without any cookie: forms must work without."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def of_role(signed_in):
    """Sign somebody of a role in, with another browser than the house's."""

    def sign_in(role):
        user = User.objects.create_user("karla", is_staff=True)
        user.groups.add(Group.objects.get(name=role))
        return signed_in(Client(), user)

    return sign_in


@pytest.fixture
def kita():
    return InstitutionFactory(name="Kita Sonnenschein", phone="02323 160")


@pytest.fixture
def key(kita):
    """What stands behind /partner/ in the letter."""
    return HouseLink.objects.made_for(kita)[1]


@pytest.fixture
def page(key):
    return f"/partner/{key}"


@pytest.fixture
def entry(kita):
    """Make an entry that was confirmed long ago: entry(title="Elterncafé") -> offer."""
    topic = TopicFactory()

    def make(**values):
        confirmed = {"confirmed_at": timezone.now() - LONG_AGO, "confirm_method": "phone"}
        own = {"provider": kita, "provider_name": "", "topics": [topic]}
        return OfferFactory(**own | confirmed | values)

    return make


@pytest.fixture
def seen():
    """What the button of an entry sends, read from its page: seen(client, page, offer)."""

    def read(client, page, offer):
        found = [one for one in client.get(page).context["house"].entries if one.offer == offer]
        return found[0].seen

    return read


def now_of(offer):
    return Offer.objects.get(pk=offer.pk)
