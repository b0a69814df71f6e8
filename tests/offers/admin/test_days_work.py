"""A caseworker's day: confirm and go on, read what happened, find a house, see who is missing."""

import json

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from offers.models import InstitutionKind, Offer
from offers.quality.certainty import in_words
from tests.factories.offers import (
    DistrictFactory,
    InstitutionFactory,
    LocationFactory,
    OfferFactory,
    TopicFactory,
)
from tests.html_forms import form_of

pytestmark = pytest.mark.django_db
LIST = "/verwaltung/offers/offer/"


@pytest.fixture
def office(signed_in):
    return signed_in(Client(), User.objects.create_superuser("leitung"))


def offer_with(**fields):
    return OfferFactory(topics=[TopicFactory()], **fields)


def form_page(offer):
    return f"{LIST}{offer.pk}/change/"


def send(client, offer, **buttons):
    fields = form_of(client.get(form_page(offer)), "offer_form")
    fields = {name: value for name, value in fields.items() if "__" not in name}
    return client.post(form_page(offer), fields | buttons, follow=True)


def told(page):
    return [str(message) for message in page.context["messages"]]


@pytest.mark.parametrize(
    ("method", "way"),
    [("phone", "am Telefon"), ("mail", "per Mail"), ("visit", "bei einem Besuch")],
)
def test_stimmt_noch_is_one_button_and_leads_to_the_next_entry(office, method, way):
    today = timezone.localdate()
    offer = offer_with(title="Babycafé", review_due_on=today)
    following = offer_with(title="Schwimmen", review_due_on=today)

    page = send(office, offer, _confirm=method, teaser="Neu.")

    offer.refresh_from_db()
    assert (offer.confirm_method, offer.teaser) == (method, "Neu.")
    assert timezone.localdate(offer.confirmed_at) == today
    assert told(page)[0] == f"„Babycafé“ stimmt: heute {way} bestätigt."
    assert form_page(following) in told(page)[1]


def test_in_the_list_many_are_confirmed_with_the_way(office):
    offer = offer_with()

    page = office.post(
        LIST, {"action": "confirm_phone", "_selected_action": [offer.pk]}, follow=True
    )

    offer.refresh_from_db()
    assert offer.confirm_method == Offer.ConfirmMethod.PHONE
    assert told(page) == ["1 Eintrag ist heute am Telefon bestätigt."]


def test_what_the_office_enters_counts_as_confirmed_by_it(office):
    fields = form_of(office.get(f"{LIST}add/"), "offer_form")
    fields = {name: value for name, value in fields.items() if "__" not in name}
    other = offer_with()
    fields |= {"title": "Neu", "provider_name": "Verein", "offer_type": other.offer_type_id}
    office.post(f"{LIST}add/", fields | {"topics": [other.topics.get().pk]})

    offer = Offer.objects.get(title="Neu")
    assert (offer.confirm_method, bool(offer.confirmed_at)) == ("editor", True)
    assert Offer.objects.get(pk=other.pk).confirmed_at is None


@pytest.mark.parametrize(
    ("status", "step", "words"),
    [
        ("draft", "publish", "Veröffentlicht. Familien sehen den Eintrag jetzt."),
        ("published", "archive", "Archiviert. Familien sehen den Eintrag nicht mehr."),
        ("published", "", "Gespeichert. Familien sehen den Eintrag jetzt."),
        ("draft", "", "Familien sehen den Eintrag noch nicht: Er ist ein Entwurf."),
    ],
)
def test_the_message_says_whether_families_see_it(office, status, step, words):
    page = send(office, offer_with(status=status), **({"_step": step} if step else {}))

    assert words in told(page)[-1]


def test_returning_without_a_question_stays_with_what_was_typed(office):
    offer = offer_with(title="Babycafé")

    page = send(office, offer, _step="return", title="Babycafé am Markt")

    html = page.content.decode()
    assert "Babycafé am Markt" in html
    assert "Schreiben Sie, was noch zu klären ist." in html
    offer.refresh_from_db()
    assert (offer.title, offer.status) == ("Babycafé", "published")


def test_the_list_says_in_words_what_is_missing(office):
    offer_with(phone="", email="", url="", teaser="", description="")

    html = office.get(LIST).content.decode()

    assert "Kontakt, Ort, Beschreibung" in html


def test_hints_follow_what_is_typed_lead_to_their_field_and_save_nothing(office):
    offer = offer_with(phone="", email="", url="", teaser="")
    before = office.get(form_page(offer)).content.decode()

    after = send(office, offer, _hints="1", phone="02323 16-1651").content.decode()

    assert 'href="#id_phone" data-leads-to' in before
    assert "niemanden erreichen" in before
    assert "niemanden erreichen" not in after
    assert "<html" not in after
    offer.refresh_from_db()
    assert offer.phone == ""


def test_the_card_with_proposals_leads_to_the_proposal(office):
    offer = offer_with()
    proposal = offer.proposals.create(base={}, wanted={}, by=User.objects.create_user("partner"))

    html = office.get("/verwaltung/").content.decode()

    assert f"/verwaltung/offers/changeproposal/{proposal.pk}/change/" in html
    assert "/verwaltung/offers/changeproposal/?state=open" in html
    assert office.get("/verwaltung/offers/changeproposal/?state=open").status_code == 200


def test_a_place_is_found_by_the_name_of_its_house(office):
    place = LocationFactory(name="", street="Hauptstraße 241")
    InstitutionFactory(name="Familienbüro Wanne").locations.add(place)
    question = {"app_label": "offers", "model_name": "offerplace", "field_name": "location"}

    answer = office.get("/verwaltung/autocomplete/", question | {"term": "Familienbüro"})

    [found] = json.loads(answer.content)["results"]
    assert found["id"] == str(place.pk)
    assert "Familienbüro Wanne" in found["text"]


def test_alle_kitas_in_wanne_finds_familienzentren_and_names_who_has_no_place(office):
    kita = InstitutionKind.objects.create(slug="kita", name="Kitas")
    centre = InstitutionKind.objects.create(slug="fz", name="Familienzentren", counts_as=kita)
    wanne = DistrictFactory(slug="wanne", name="Wanne")
    found = InstitutionFactory(name="Familienzentrum Arche", kind=centre)
    found.locations.add(LocationFactory(district=wanne))
    InstitutionFactory(name="Kita Nirgendwo", kind=kita)
    InstitutionFactory(name="Schule", kind=InstitutionKind.objects.create(slug="s", name="Schulen"))

    page = office.get("/verwaltung/offers/institution/?art=kita&bezirk=wanne")

    assert [one.name for one in page.context["cl"].result_list] == ["Familienzentrum Arche"]
    assert [one.name for one in page.context["placeless"]] == ["Kita Nirgendwo"]


def test_a_preview_says_that_it_is_one(office):
    offer = offer_with(status="draft")

    page = office.get(f"{LIST}{offer.pk}/vorschau/de/").content.decode()

    assert "Vorschau. So sehen Familien" in page


@pytest.mark.parametrize(
    ("english", "german"),
    [
        ("sourced; cost assumed", "belegt; Kosten angenommen"),
        ("sourced 2018", "belegt 2018"),
        ("postcode uncertain", "Postleitzahl unsicher"),
        ("name only", "nur der Name bekannt"),
        ("published (city), rounded", "veröffentlicht (Stadt), gerundet"),
    ],
)
def test_certainty_is_said_in_german(english, german):
    assert in_words(english) == german


def test_the_form_of_a_login_shows_no_algorithm_and_no_english(office):
    user = User.objects.create_user("neu", password="ein langes Passwort 1")

    html = office.get(f"/verwaltung/auth/user/{user.pk}/change/").content.decode()

    assert "Neues Passwort setzen" in html
    assert "Raw passwords" not in html
    assert "Reset password" not in html
    assert "pbkdf2" not in html


@pytest.mark.parametrize("kind", ["institution", "location"])
def test_institutions_and_places_are_entered_in_sections_with_help(office, kind):
    html = office.get(f"/verwaltung/offers/{kind}/add/").content.decode()

    assert 'class="offer-nav"' in html
    assert html.count('class="entry__help"') >= 6
