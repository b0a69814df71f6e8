"""After a change of one transaction only the changed offers are read anew, and none is old."""

import datetime as dt
import threading
import time

import pytest
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override

from kekiz_portal.serving.kept_pages.shelf import SHELF
from lifephases.ages import span
from offers.catalogue import held
from offers.catalogue.catalogue import Catalogue
from offers.models import (
    Duty,
    Institution,
    Location,
    MilestoneContact,
    Offer,
    Schedule,
    Source,
    Topic,
)
from tests.factories.lifephases import LifePhaseFactory, MilestoneFactory
from tests.factories.offers import (
    InstitutionFactory,
    LocationFactory,
    OfferFactory,
    OfferPlaceFactory,
    ScheduleFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def few(transactional_db, monkeypatch):
    """Some offers in a real database, known to the catalogue."""
    # One of a test before would be of a database that went back since: its numbers come again.
    monkeypatch.setattr(held._here, "catalogue", None)
    topics = [TopicFactory(), TopicFactory()]
    offers = [OfferFactory(title=title, topics=topics[:1]) for title in ("Bär", "Esel", "Zebra")]
    place = OfferPlaceFactory(offer=offers[1], location=LocationFactory(postal_code="44649"))
    LocationFactory(street="Nebenan 1", district=place.location.district)
    ScheduleFactory(place=place)
    held.current()
    return offers


def state(catalogue):
    """Return all that can be asked of a catalogue, by keys."""
    sets = {
        name: sorted(int(key) for key in catalogue.by_title(those))
        for name, those in catalogue._sets.items()
    }
    by_phase = {
        slug: catalogue.by_title(those).tolist() for slug, those in catalogue.by_phase.items()
    }
    return {
        "sets": {name: keys for name, keys in sets.items() if keys},
        "phases": by_phase,
        "everywhere": sorted(catalogue.by_title(catalogue.near_everywhere).tolist()),
        "ages": [catalogue.by_title(catalogue.for_age(month)).tolist() for month in (0, 40, 200)],
        "fit": catalogue.best_fit_first(catalogue.all).tolist(),
        "title": catalogue.by_title(catalogue.all).tolist(),
        "date": catalogue.next_date_first(catalogue.all, time.time()).tolist(),
    }


CHANGES = {
    "another title": lambda one: Offer.objects.filter(pk=one.pk).update(title="Ameise"),
    "archived": lambda one: Offer.objects.filter(pk=one.pk).update(status="archived"),
    "gone": lambda one: one.delete(),
    "another age": lambda one: Offer.objects.filter(pk=one.pk).update(ages=(36, 72)),
    "another topic": lambda one: one.topics.set(Topic.objects.order_by("-pk")[:1]),
    "a place more": lambda one: OfferPlaceFactory(offer=one, location=Location.objects.last()),
    "without its places": lambda one: one.places.all().delete(),
    "its address": lambda _one: Location.objects.update(postal_code="44651"),
    "its hours": lambda _one: Schedule.objects.update(weekdays=[0, 2], start_time=dt.time(9)),
    "confirmed": lambda one: Offer.objects.filter(pk=one.pk).update(
        confirmed_at=timezone.now(), confirm_method="phone"
    ),
    "a new one": lambda _one: OfferFactory(title=f"Dachs {Offer.objects.count()}"),
    "no longer valid": lambda one: Offer.objects.filter(pk=one.pk).update(
        valid_to=timezone.localdate() - dt.timedelta(days=1)
    ),
}


def test_what_changed_alone_is_read_anew_and_makes_what_reading_all_would(few, monkeypatch):
    for what in ["a new one", *CHANGES]:
        one = few[1]
        if what in {"archived", "no longer valid", "gone"}:
            one = OfferFactory(title=f"Fuchs {what}", topics=Topic.objects.all()[:1])
            OfferPlaceFactory(offer=one, location=Location.objects.first())
        held.current()
        CHANGES[what](one)
        with monkeypatch.context() as patch:
            patch.setattr(Catalogue, "read", None)  # nobody reads all of it
            changed = held.current()
        assert state(changed) == state(Catalogue.read(changed.number, changed.day)), what


def test_an_archived_offer_comes_back_under_its_old_number(few):
    one = few[0]
    for status, there in [("archived", False), ("published", True)] * 2:
        Offer.objects.filter(pk=one.pk).update(status=status)
        catalogue = held.current()
        assert (one.pk in catalogue.by_title(catalogue.all)) is there


def test_another_word_of_the_filters_is_read_with_all_the_rest(few):
    Topic.objects.update(position=7)

    assert held.current().topics[0].position == 7


def test_a_card_is_rendered_again_only_when_its_offer_changed(few, client):
    client.get(reverse("offers:browse"))
    before = dict(held.current().made_of_offers)
    Offer.objects.filter(pk=few[0].pk).update(cost_kind="free")

    page = client.get(reverse("offers:browse")).content.decode()

    after = held.current().made_of_offers
    assert page.count("Kostenlos") == 1
    assert {one.pk for one in few if after[one.pk] is before[one.pk]} == {few[1].pk, few[2].pk}


def test_the_page_of_an_offer_stays_while_others_change_and_says_what_a_new_one_would(few, client):
    one, other = few[0], few[2]
    Offer.objects.filter(pk=one.pk).update(phone="", email="", provider=InstitutionFactory())
    provider = Institution.objects.get(offers=one)
    path, name = one.get_absolute_url(), ("offer", one.slug, "de")
    changes = {
        "one beside it": lambda: Offer.objects.filter(pk=few[1].pk).update(title="Yak"),
        "its provider": lambda: Institution.objects.update(phone="02323 1234", name="Arche"),
        "a page that the number is from": lambda: Source.objects.create(
            institution=provider, page="", year=2019, facts=["opening_hours"]
        ),
        "no number any more": lambda: Institution.objects.update(phone="", email=""),
        "whose duty it is": lambda: Duty.objects.create(who="Amt für Bären", offer=other),
        "the number there": lambda: Offer.objects.filter(pk=other.pk).update(phone="02323 77"),
        "gone from there": lambda: Offer.objects.filter(pk=other.pk).update(status="archived"),
    }
    for what, change in changes.items():
        client.get(path)
        before = held.current().once(name, None)
        change()
        page = client.get(path).content.decode()
        after = held.current().once(name, None)
        assert (before is after) is (what == "one beside it"), what
        SHELF.forget()
        held._here.catalogue = None
        assert page == client.get(path).content.decode(), what
    assert "Yak" in page


def test_a_number_that_a_phase_names_is_always_that_of_the_offer(few, client):
    phase, milestone = LifePhaseFactory(ages=span(0, 12)), MilestoneFactory(ages=span(0, 3))
    MilestoneContact.objects.create(milestone=milestone, who="Hebammen", offer=few[0])
    for number in ("02323 111", "02323 222"):
        Offer.objects.filter(pk=few[0].pk).update(phone=number)
        assert number in client.get(phase.get_absolute_url()).content.decode()

    Offer.objects.filter(pk=few[2].pk).update(title="Yak")
    assert held.current().once(("due", phase.slug, "de"), None)  # nobody reads it again


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "htmx"])
@pytest.mark.parametrize("language", ["", "/en"])
def test_an_archived_protected_or_restored_entry_is_gone_or_back_with_the_next_request(
    few, client, headers, language, settings
):
    settings.LANGUAGES = [("de", "Deutsch"), ("en", "English")]
    path = language + reverse("offers:browse")
    one, place = few[1], few[1].places.get()

    def shows(text):
        return text in client.get(path, headers=headers).content.decode()

    assert shows("Esel")
    Offer.objects.filter(pk=one.pk).update(status="archived")
    assert not shows("Esel")
    Offer.objects.filter(pk=one.pk).update(status="published")
    assert shows("Esel")
    assert shows(place.location.district.name)
    Location.objects.update(visibility="protected", district=None, latitude=None, longitude=None)
    assert not shows(place.location.district.name + "</bdi>")
    with override(language.strip("/") or "de"):
        assert shows(gettext("Ort ist geschützt"))


def test_where_reading_all_takes_long_readers_go_on_with_the_old_one_meanwhile(few, monkeypatch):
    old, reads, may_go_on = held.current(), Catalogue.read.__func__, threading.Event()

    def slowly(cls, number, day):
        may_go_on.wait(20)
        return reads(cls, number, day)

    monkeypatch.setattr(held._here, "seconds", held.A_READER_WAITS)
    monkeypatch.setattr(Catalogue, "read", classmethod(slowly))
    Topic.objects.update(position=9)
    assert held.current() is old
    may_go_on.set()
    held._here.beside.join(20)

    assert held.current().topics[0].position == 9


def test_a_failure_while_reading_is_noted_and_shown_to_nobody(few, client, monkeypatch, caplog):
    def fails(*_):
        raise RuntimeError("no memory left")

    monkeypatch.setattr(Catalogue, "changed", fails)
    monkeypatch.setattr(held._here, "failed_at", None)
    Offer.objects.filter(pk=few[0].pk).update(title="Löwe")

    response = client.get(reverse("offers:browse"))

    assert response.status_code == 200
    assert "Esel" in response.content.decode()
    assert "no memory left" in caplog.text


def test_what_is_not_committed_is_in_nobody_elses_catalogue(few):
    seen = []

    def others_look():
        seen.append(held.current().by_title(held.current().all).tolist())
        connection.close()

    with transaction.atomic():
        Offer.objects.filter(pk=few[0].pk).update(status="archived")
        own = held.current()
        other = threading.Thread(target=others_look)
        other.start()
        other.join(20)
        transaction.set_rollback(True)

    assert few[0].pk not in own.by_title(own.all)
    assert few[0].pk in seen[0]
    assert few[0].pk in held.current().by_title(held.current().all)
