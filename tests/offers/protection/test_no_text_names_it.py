"""The protected street can be published by no way; every text goes through one rule."""

import csv
import logging
from functools import partial

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client
from django.urls import reverse

from kekiz_portal.models import Page
from lifephases.models import AgeSpan, Transition
from network.models import Newsletter, NewsletterBlock
from network.newsletters.composing import checks
from offers.curation import proposals, record
from offers.curation.publishing import take_step
from offers.exchange.city import loading
from offers.exchange.city.helplines import Helplines
from offers.models import AddressLeak, Helpline, Location, Offer, SearchSynonym, SearchWord
from offers.protection.protected_addresses import KeepsAddressesSecret, texts_of
from offers.quality import leaks
from offers.quality.rules import RULES
from tests.conftest import FACTS
from tests.factories.offers import (
    ContactPointFactory,
    CostOptionFactory,
    HelplineFactory,
    InstitutionFactory,
    LocationFactory,
    OfferFactory,
    OfferPlaceFactory,
    ProtectedLocationFactory,
    ScheduleFactory,
    TopicFactory,
)
from tests.html_forms import form_of
from tests.offers.exchange import imports

pytestmark = pytest.mark.django_db
STREET = "Kanarienpfad 88"
NAMED = "Wir sind im Kanarienpfad&nbsp;<strong>88</strong>."


@pytest.fixture
def shelter():
    """An offer at a protected place whose address the office knows."""
    house = InstitutionFactory(name="Schutzhaus")
    location = ProtectedLocationFactory(street=STREET, city="Herne")
    house.locations.add(location)
    offer = OfferFactory(title="Schutz", provider=house, provider_name="", topics=[TopicFactory()])
    OfferPlaceFactory(offer=offer, location=location)
    return offer


@pytest.fixture
def office(signed_in):
    return signed_in(Client(), User.objects.create_superuser("leitung"))


def refused(save):
    with pytest.raises(ValidationError, match="geschützte Adresse"), transaction.atomic():
        save()
    return True


MAKERS = {
    "offer": OfferFactory,
    "institution": InstitutionFactory,
    "place of an offer": OfferPlaceFactory,
    "public place": partial(LocationFactory, city="Herne"),
    "price": CostOptionFactory,
    "contact": ContactPointFactory,
    "schedule": ScheduleFactory,
    "help line": HelplineFactory,
    "topic": TopicFactory,
}


@pytest.mark.parametrize("kind", MAKERS)
def test_saving_refuses_the_address_in_every_text_of_an_entry(shelter, kind):
    entry = MAKERS[kind]()
    # A place in another town may stand at an address that sounds the same; a rule of repetition
    # holds no words.
    others = {"city", "rrule"}
    columns = [c for c, _text in texts_of(entry) if not c.choices and c.name not in others]
    tried = 0
    for column in columns:
        before = getattr(entry, column.attname)
        if not isinstance(before, str) or (column.max_length and column.max_length < len(NAMED)):
            continue
        setattr(entry, column.attname, NAMED)
        tried += refused(entry.save)
        setattr(entry, column.attname, before)
    assert tried


@pytest.mark.parametrize(
    "field", ["eligibility_text", "cost_note", "languages_note", "description", "how_to_apply"]
)
def test_the_form_of_an_offer_says_it_and_keeps_what_was_typed(office, shelter, field):
    offer = OfferFactory(topics=[TopicFactory()])
    url = reverse("admin:offers_offer_change", args=[offer.pk])

    answer = office.post(url, form_of(office.get(url), "offer_form") | {field: "Kanarienpfad 88"})

    page = answer.content.decode()
    assert "nennt eine geschützte Adresse" in page
    assert "Kanarienpfad 88" in page
    offer.refresh_from_db()
    assert getattr(offer, field) == ""


@pytest.mark.parametrize(
    ("model", "field"),
    [
        ("institution", "opening_hours_text"),
        ("institution", "carrier_name"),
        ("location", "street"),
    ],
)
def test_forms_of_houses_and_places_say_it(office, shelter, model, field):
    entry = InstitutionFactory() if model == "institution" else LocationFactory(city="Herne")
    url = reverse(f"admin:offers_{model}_change", args=[entry.pk])

    typed = form_of(office.get(url), f"{model}_form") | {field: "Kanarienpfad 88"}
    answer = office.post(url, typed)

    assert "nennt eine geschützte Adresse" in answer.content.decode()


@pytest.mark.parametrize("street", [STREET, "Kanarienpf\u00adad 86-90", "kanarien-pfad 88a"])
def test_no_public_place_stands_at_a_protected_address(shelter, street):
    refused(lambda: LocationFactory(street=street, city="Herne"))
    refused(lambda: LocationFactory(street=street, city="Stadt Herne", postal_code="44999"))
    assert LocationFactory(street=street, city="Bochum").pk


def test_the_street_alone_gives_the_shelter_away_in_its_own_entries(shelter):
    LocationFactory(street="Kanarienpfad 3")
    shelter.teaser = "Nahe am Kanarienpfad"
    refused(shelter.save)
    shelter.provider.opening_hours_text = "Klingeln Sie im Kanarienpfad"
    refused(shelter.provider.save)
    refused(lambda: ContactPointFactory(offer=shelter, hours="Kanarienpfad 3, 8-12 Uhr"))


def test_the_street_alone_is_fine_elsewhere_once_it_says_nothing(shelter):
    other = OfferFactory()
    other.teaser = "Treffpunkt am Kanarienpfad"
    refused(other.save)

    LocationFactory(street="Kanarienpfad 3")
    other.save()
    other.teaser = "Treffpunkt am Kanarienpfad 3, 8-18 Uhr"
    other.save()


def test_a_common_word_as_a_street_is_no_address_by_itself():
    ProtectedLocationFactory(street="Markt 5")
    offer = OfferFactory(teaser="Samstags auf dem Markt, und im Supermarkt 5 Stände")
    offer.teaser = "Am Markt 5"
    refused(offer.save)


def test_an_import_refuses_the_row_and_forgets_the_address(shelter):
    OfferFactory(offer_type__name="Kurs")
    text = "Titel;Angebotsart;Träger;Voraussetzungen\nTurnen;Kurs;Verein;Kanarienpfad 88\n"

    run = imports.check(imports.upload(text))

    assert "geschützte Adresse" in str(imports.problems(run))
    assert not any("Kanarien" in str(row.values) for row in run.rows.all())
    run = imports.commit(run)
    assert not Offer.objects.filter(title="Turnen").exists()


def test_an_import_makes_no_public_place_at_the_address(shelter):
    OfferFactory(offer_type__name="Kurs")
    text = "Titel;Angebotsart;Träger;Straße;Ort\nTurnen;Kurs;Verein;Kanarienpfad 88;Herne\n"

    imports.commit(imports.check(imports.upload(text)))

    assert not Location.objects.public().filter(street__contains="Kanarien").exists()


def test_what_became_protected_after_the_dry_run_is_refused_when_taken_over():
    OfferFactory(offer_type__name="Kurs")
    text = "Titel;Angebotsart;Träger;Voraussetzungen\nTurnen;Kurs;Verein;Kanarienpfad 88\n"
    run = imports.check(imports.upload(text))
    ProtectedLocationFactory(street=STREET)

    imports.commit(run)

    assert not Offer.objects.filter(title="Turnen").exists()


def test_an_accepted_proposal_cannot_bring_it(shelter):
    offer = OfferFactory(topics=[TopicFactory()])
    base = record.take(offer)
    wanted = {**base, "root": {offer.pk: base["root"][offer.pk] | {"cost_note": STREET}}}
    proposal = proposals.propose(offer, base, wanted, User.objects.create_user("haus"))

    refused(lambda: proposals.accept(proposal, User.objects.create_superuser("boss")))


def test_newsletter_blocks_pages_synonyms_and_transitions_refuse_it(shelter):
    newsletter = Newsletter.objects.create(title="Neues", slug="neues")
    refused(lambda: NewsletterBlock.objects.create(newsletter=newsletter, text=NAMED))
    refused(lambda: Newsletter.objects.create(title=STREET, slug="anderes"))
    refused(lambda: Page.objects.create(slug="impressum", title="Impressum", body=NAMED))
    refused(lambda: SearchSynonym.objects.create(phrase="Frauenhaus", term="kanarienpfad 88"))
    refused(lambda: Transition.objects.create(slug="a", name=STREET, position=1, ages=(0, 1)))


def test_a_newsletter_that_shows_it_all_the_same_is_not_sent(shelter):
    Offer.objects.filter(pk=shelter.pk).update(teaser=STREET)
    newsletter = Newsletter.objects.create(title="Neues", slug="neues")
    newsletter.blocks.create(kind="offer", offer=shelter)

    words = [one.words for one in checks.problems(newsletter, 1) if one.stops]

    assert "Der Newsletter nennt eine geschützte Adresse. Nehmen Sie sie heraus." in words


def test_loaded_facts_cannot_bring_it(tmp_path):
    ProtectedLocationFactory(street=STREET)
    with (FACTS / "helplines.csv").open(encoding="utf-8") as facts:
        rows = list(csv.DictReader(facts))[:2]
    rows[1]["when_to_show"] = "im Kanarienpfad 88"
    with (tmp_path / "helplines.csv").open("w", encoding="utf-8") as changed:
        writer = csv.DictWriter(changed, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    details = tmp_path / "helpline_details.csv"
    details.write_bytes((FACTS / details.name).read_bytes())

    report = loading.load_file(Helplines(), tmp_path)

    assert any("geschützte Adresse" in str(problem) for problem in report.problems)
    assert [one.slug for one in Helpline.objects.all()] == [rows[0]["slug"]]


def test_protecting_a_place_names_the_entries_in_the_way():
    InstitutionFactory(name="Kita Sonne", opening_hours_text="Kanarienpfad 88")
    location = LocationFactory(street=STREET)
    location.visibility, location.district = "protected", None

    with pytest.raises(ValidationError, match="Kita Sonne"):
        location.full_clean()


def test_a_place_given_to_an_offer_in_its_form_is_held_against_its_texts(office):
    location = ProtectedLocationFactory(street=STREET)
    LocationFactory(street="Kanarienpfad 3")
    offer = OfferFactory(teaser="Am Kanarienpfad", topics=[TopicFactory()])
    url = reverse("admin:offers_offer_change", args=[offer.pk])
    row = {"places-0-mode": "location", "places-0-location": location.pk}

    answer = office.post(url, form_of(office.get(url), "offer_form") | row)

    assert "nennt eine geschützte Adresse" in answer.content.decode()
    assert not offer.places.exists()


def test_every_night_finds_what_came_past_all_forms(shelter, caplog):
    caplog.set_level(logging.INFO)
    other = OfferFactory()
    Offer.objects.filter(pk=other.pk).update(cost_note="Kanarienpfad 88")
    SearchWord.objects.create(folded="kanarienpfad", stem="kanarienpfad", display="Kanarienpfad")

    assert leaks.look() == 2
    assert leaks.look() == 2

    assert AddressLeak.objects.get(model="offers.offer", key=other.pk).field == "cost_note"
    assert f"offers.offer {other.pk} names protected place" in caplog.text
    assert "Kanarien" not in caplog.text
    grave = next(rule for rule in RULES if rule.name == "names_protected_address")
    assert Offer.objects.filter(grave.condition(None)).get() == other

    Offer.objects.filter(pk=other.pk).update(cost_note="")
    SearchWord.objects.filter(folded="kanarienpfad").delete()
    assert leaks.look() == 0


def test_the_office_sees_what_the_night_found(shelter, office):
    other = OfferFactory()
    Offer.objects.filter(pk=other.pk).update(cost_note="Kanarienpfad 88")
    leaks.look()

    start = office.get(reverse("admin:index")).content.decode()
    found = office.get(reverse("admin:offers_addressleak_changelist")).content.decode()

    assert "mit einer geschützten Adresse im Text" in start
    assert reverse("admin:offers_offer_change", args=[other.pk]) in found
    assert "Kanarien" not in start + found


def test_who_mends_or_archives_an_entry_that_names_it_is_not_held_up(shelter, office):
    offer = OfferFactory(topics=[TopicFactory()])
    Offer.objects.filter(pk=offer.pk).update(cost_note=STREET)
    offer.refresh_from_db()
    url = reverse("admin:offers_offer_change", args=[offer.pk])
    form = form_of(office.get(url), "offer_form")

    assert "nennt eine geschützte Adresse" in office.post(url, form).content.decode()
    assert office.post(url, form | {"cost_note": ""}).status_code == 302

    Offer.objects.filter(pk=offer.pk).update(cost_note=STREET)
    take_step("archive", offer, User.objects.get(username="leitung"))
    refused(lambda: take_step("publish", offer, User.objects.get(username="leitung")))


def test_refusing_a_text_leaves_no_address_in_the_log(shelter, caplog):
    refused(lambda: OfferFactory(teaser="Kanarienpfad 88"))
    assert "names protected place" in caplog.text
    assert "Kanarien" not in caplog.text


# Written by machines, by visitors, or about people and never shown with an entry.
NOT_READ_BY_PEOPLE = {
    "network": "AuditEntry Delivery Bounce AddressHealth CheckedLink Subscription Consent"
    " ConsentLetter DataRequest HouseLetter HouseLink MailRequest PlaceAlert SavedList"
    " SendingPace Suppression",
    "offers": "AddressLeak ChangeProposal Feedback KeptUpload ImportRun ImportRow ImportMapping"
    " LinkCheck LoadedRow ReachCount SearchDemand SearchWord SearchPosting SentenceVector"
    " TwinDecision",
    "kekiz_portal": "BarrierReport",
}


def test_every_model_with_texts_keeps_addresses_secret_or_is_known_not_to_need_it():
    open_ones = {
        model._meta.label
        for app in ["lifephases", "offers", "network", "kekiz_portal"]
        for model in apps.get_app_config(app).get_models()
        if any(not column.choices for column, _text in texts_of(model()))
        and not issubclass(model, KeepsAddressesSecret | AgeSpan)
        and not model.__name__.startswith("Historical")
    }
    known = {f"{app}.{name}" for app, names in NOT_READ_BY_PEOPLE.items() for name in names.split()}
    assert open_ones - known == set()
