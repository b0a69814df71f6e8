"""No form stays silent: a browser cannot point at a field in a closed or hidden part of it."""

import re

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client
from django.urls import get_resolver

from network.models import Newsletter
from offers.models import ImportRun
from tests.factories.lifephases import LifePhaseFactory
from tests.factories.network import (
    ContactFactory,
    GroupFactory,
    MembershipFactory,
    PartnerFactory,
)
from tests.factories.offers import (
    CostOptionFactory,
    HelplineFactory,
    OfferFactory,
    ScheduleFactory,
    TopicFactory,
)
from tests.html_forms import controls_that_stop_silently
from tests.offers.admin.test_own_entries_only import patterns

pytestmark = pytest.mark.django_db

PUBLIC = [
    "/",
    "/angebote/?alter=18",
    "/einrichtungen/",
    "/hilfe/",
    "/lebensphasen/",
    "/newsletter/",
    "/newsletter/meine-daten/",
    "/verwaltung/konto/anmelden/",
]


@pytest.mark.parametrize(
    ("form", "stopping"),
    [
        ("<form><input name=a required></form>", ["a"]),
        ("<form><details><textarea name=a required></textarea></details></form>", ["a"]),
        ("<form><div hidden><input name=a type=number max=9></div></form>", ["a"]),
        ("<form><input name=a type=hidden required><input name=b></form>", []),
        ("<form novalidate><details><input name=a required></details></form>", []),
        ("<form id=f></form><input name=a form=f pattern=x>", ["a"]),
        ("<form><select name=a required disabled></select><button formnovalidate></form>", []),
    ],
)
def test_the_check_itself_sees_what_a_browser_would_stop_at(form, stopping):
    assert controls_that_stop_silently(form) == stopping


@pytest.fixture
def portal():
    """At least one row of what has a page of its own."""
    offer = OfferFactory(topics=[TopicFactory()])
    schedule = ScheduleFactory(place__offer=offer)
    CostOptionFactory(offer=offer)
    HelplineFactory()
    LifePhaseFactory()
    partner = PartnerFactory()
    MembershipFactory(group=GroupFactory(), contact=ContactFactory(partner=partner))
    Newsletter.objects.create(title="Herbst").blocks.create(heading="Neu")
    writer = User.objects.create_user("aushilfe")
    offer.proposals.create(by=writer, base={"root": {}}, wanted={"root": {}})
    ImportRun.objects.create(kind="offers", file_name="liste.csv", file=b"Titel\nKrabbelgruppe\n")
    return schedule.place.offer


def admin_addresses():
    """Yield every address below the admin, with the key of a row where one is asked for."""
    for model in admin.site._registry:
        row = model._default_manager.first()
        below = f"verwaltung/{model._meta.app_label}/{model._meta.model_name}/"
        for route in patterns(get_resolver()):
            if not route.startswith(below) or (row is None and "<" in route):
                continue
            filled = re.sub(r"<(?:\w+:)?language>", "de", route)
            yield "/" + re.sub(r"<[^>]+>", str(row and row.pk), filled)


def test_no_form_of_the_portal_has_a_field_at_which_it_would_stop_silently(signed_in, portal):
    client = signed_in(Client(), User.objects.create_superuser("leitung"))
    public = [*PUBLIC, portal.get_absolute_url(), f"{portal.get_absolute_url()}melden/"]
    stopping, walked = {}, 0
    for address in [*public, "/verwaltung/", *admin_addresses()]:
        answer = client.get(address)
        if answer.status_code != 200 or "text/html" not in answer.headers["Content-Type"]:
            continue
        walked += 1
        if found := controls_that_stop_silently(answer.content.decode()):
            stopping[address] = found

    assert walked > 120
    assert stopping == {}
