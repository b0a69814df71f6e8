"""The start page of the office leads each role only to what it may open."""

import re

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from kekiz_portal.roles import ROLES
from offers.models import Editorship, Feedback
from tests.factories.network import PartnerFactory
from tests.factories.offers import InstitutionFactory, OfferFactory

pytestmark = pytest.mark.django_db
START = reverse("admin:index")


@pytest.mark.parametrize("role", ROLES)
def test_every_link_of_the_start_page_opens(role, signed_in):
    user = User.objects.create_user("karla", is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    house = InstitutionFactory(phone="02323 160")
    Editorship.objects.create(user=user, institution=house)
    PartnerFactory(institution=house)
    own = {"provider": house, "provider_name": "", "open_question": "Stimmt das?"}
    for status in ("published", "in_review"):
        OfferFactory(status=status, **own)
    Feedback.objects.create(institution=house, topic="other", message="Hallo")
    office = signed_in(Client(), user)

    page = office.get(START).content.decode()

    main = page[page.index('id="content"') :]
    links = {link.replace("&amp;", "&") for link in re.findall(r'href="(/[^"#]*)"', main)}
    closed = {link: office.get(link).status_code for link in links - {START}}
    assert {link: code for link, code in closed.items() if code >= 400} == {}
