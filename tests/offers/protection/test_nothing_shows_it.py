"""A walk through all that is shown, handed out, kept or noted, for a street nobody may find.

"Kanarienpfad 88" was tried by every way in (``test_no_text_names_it``); here it is the address of
a place that was public first, so that histories know it, and is protected now.
"""

import io
import logging

import openpyxl
import pytest
from django.apps import apps
from django.contrib.auth.models import Group, User
from django.core import mail
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from kekiz_portal.lib.history.recording import edit
from network.models import Newsletter
from offers.models import ChangeProposal, Feedback, Location, Offer
from offers.protection.street_in_text import fold
from offers.quality import leaks
from offers.search.index import rebuilding
from tests.factories.network import ContactFactory, PartnerFactory
from tests.factories.offers import (
    ContactPointFactory,
    HelplineFactory,
    InstitutionFactory,
    LocationFactory,
    OfferFactory,
    OfferPlaceFactory,
    ScheduleFactory,
    TopicFactory,
)
from tests.html_forms import form_of

pytestmark = pytest.mark.django_db
STREET = "Kanarienpfad 88"
WORD = fold("Kanarienpfad")
# The address stands in the place's own row and its history, nowhere else.
KNOWN_TO = {"offers_location", "offers_historicallocation"}
# What people wrote to the office stays whole; only who keeps the places reads all of it.
WRITTEN_BY_PEOPLE = {"offers_feedback", "offers_changeproposal"}
SEARCHED = ["kanarien pfad 88", "Kanarienpfad", "KANARIEN-PFAD", "kanarienpf"]


@pytest.fixture
def shelter(caplog):
    """An offer whose place has just been protected, with all that an office has about it."""
    caplog.set_level(logging.DEBUG)
    house = InstitutionFactory(name="Schutzhaus")
    location = LocationFactory(street=STREET, city="Herne")
    house.locations.add(location)
    offer = OfferFactory(title="Schutz", provider=house, provider_name="", topics=[TopicFactory()])
    ScheduleFactory(place=OfferPlaceFactory(offer=offer, location=location))
    ContactPointFactory(offer=offer)
    ContactFactory(partner=PartnerFactory(institution=house))
    with edit(reason="Adresse ergänzt: Kanarienpfad 88"):
        offer.teaser = "Sie finden uns im Kanarienpfad 88."
        offer.save()
    offer.teaser = "Rufen Sie an."
    offer.save()
    location.visibility, location.district = Location.Visibility.PROTECTED, None
    location.full_clean()
    location.save()
    Newsletter.objects.create(title="Neues", slug="neues", state="stopped")
    HelplineFactory()
    Feedback.objects.create(offer=offer, topic="other", message="Das ist der Kanarienpfad 88!")
    ChangeProposal.objects.create(
        offer=offer, base={}, wanted={}, reason="Früher im Kanarienpfad 88", answer="Kanarienpfad"
    )
    rebuilding.rebuild()
    leaks.look()
    return offer


def user_of(role):
    user = User.objects.create_user(role, is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    return user


def tells(response):
    """Whether an answer of any kind names the street."""
    content = b"".join(response) if response.streaming else response.content
    if content[:2] == b"PK":
        book = openpyxl.load_workbook(io.BytesIO(content))
        content = str([[c.value for c in row] for sheet in book for row in sheet]).encode()
    return WORD in fold(content.decode(errors="replace")) or WORD in fold(str(response.headers))


def public_addresses(offer):
    names = [name for name in get_resolver().reverse_dict if isinstance(name, str)]
    spaces = get_resolver().namespace_dict
    names += [
        f"{space}:{name}"
        for space in ("offers", "network")
        for name in spaces[space][1].reverse_dict
        if isinstance(name, str)
    ]
    for name in names:
        for arguments in ([], [offer.slug], [offer.provider.slug]):
            try:
                yield reverse(name, args=arguments)
            except NoReverseMatch:
                continue


def exports():
    for name in ["offers_offer", "offers_institution", "network_partner", "network_contact"]:
        yield reverse(f"admin:{name}_export")


def test_no_public_page_feed_or_search_shows_it(client, shelter):
    addresses = list(public_addresses(shelter))
    assert len(addresses) > 20
    assert [address for address in addresses if tells(client.get(address))] == []

    for words in SEARCHED:
        page = client.get(reverse("offers:browse"), {"q": words}).content.decode()
        assert shelter.get_absolute_url() not in page
        assert not tells(client.get(reverse("offers:suggestions"), {"q": words[:5]}))


def test_no_exported_list_holds_it(signed_in, shelter):
    told = []
    for role in ("Koordination", "Redaktion", "Administration"):
        client = signed_in(Client(), user_of(role))
        for address in exports():
            page = client.get(address)
            if page.status_code != 200:
                continue
            for file_format in ("xlsx", "csv-excel"):
                answer = client.post(address, form_of(page) | {"file_format": file_format})
                told += [(role, address)] if tells(answer) else []
    assert told == []


def test_no_table_but_the_places_own_keeps_it_in_use(shelter):
    keeping = {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if any(WORD in fold(str(row)) for row in model._base_manager.values_list())
    }
    # Versions of the offer are read by those who keep the place; others get them without it.
    assert keeping - KNOWN_TO - WRITTEN_BY_PEOPLE == {"offers_historicaloffer"}


def test_nothing_noted_or_sent_names_it(client, shelter, caplog, signed_in):
    office = signed_in(Client(), User.objects.create_superuser("leitung"))
    url = reverse("admin:offers_offer_change", args=[shelter.pk])
    office.post(url, form_of(office.get(url), "offer_form") | {"cost_note": STREET})
    client.get(reverse("offers:browse"), {"q": STREET})

    assert Offer.objects.get(pk=shelter.pk).cost_note == ""
    assert WORD not in fold(caplog.text)
    assert not any(WORD in fold(one.subject + one.body) for one in mail.outbox)


def test_who_keeps_the_places_still_finds_it(signed_in, shelter):
    client = signed_in(Client(), user_of("Redaktion"))
    place = shelter.places.get().location
    assert tells(client.get(reverse("admin:offers_location_change", args=[place.pk])))
