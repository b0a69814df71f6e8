"""The directory for devices: all that is published, nothing protected, checked by digest."""

import base64
import hashlib
import json

import pytest
from django.core.cache import cache
from redis.exceptions import ConnectionError as RedisConnectionError

from offers import tasks
from offers.models import Location, Offer, SearchSynonym
from offers.pocket import reading_ahead
from offers.search.query import memory
from offers.search.query.vocabulary import Vocabulary
from tests.factories.offers import (
    DistrictFactory,
    OfferFactory,
    OfferPlaceFactory,
    ProtectedLocationFactory,
)

# Those with Herne's facts stand last: from then on all of this file has them.
pytestmark = pytest.mark.django_db
PACK, STATE = "/ohne-netz/verzeichnis.json", "/ohne-netz/stand.json"


def read(client, path):
    response = client.get(path)
    assert response.status_code == 200
    assert response.cookies == {}
    return response


def test_each_published_offer_is_in_it_once(client):
    shown, draft = (
        OfferFactory(title="Krabbelgruppe"),
        OfferFactory(title="Entwurf", status="draft"),
    )

    offers = read(client, PACK).json()["offers"]

    assert [offer[0] for offer in offers] == [shown.title]
    assert draft.title not in read(client, PACK).content.decode()


def test_a_protected_address_is_not_in_it(client):
    OfferPlaceFactory(location=ProtectedLocationFactory(street="Kanarienpfad 88"))

    assert "anarienpfad" not in read(client, PACK).content.decode()


def test_without_redis_the_directory_is_there_all_the_same(client, monkeypatch):
    def away(*_args, **_more):
        raise RedisConnectionError

    monkeypatch.setattr(cache, "get", away)
    monkeypatch.setattr(cache, "set", away)
    OfferFactory(title="Krabbelgruppe")

    assert "Krabbelgruppe" in [offer[0] for offer in read(client, PACK).json()["offers"]]


def test_after_a_change_another_version_and_another_digest_are_named(client):
    offer = OfferFactory(title="Krabbelgruppe")
    before = read(client, STATE).json()

    Offer.objects.filter(pk=offer.pk).update(title="Krabbelgruppe am Kanal")
    after = read(client, STATE).json()

    assert before["version"] != after["version"]
    assert before["integrity"] != after["integrity"]


def test_nobody_waits_until_a_changed_word_is_read_and_a_worker_reads_it(client, monkeypatch):
    OfferFactory(title="Krabbelgruppe")
    read(client, PACK)
    SearchSynonym.objects.create(phrase="Winzlinge", term="Krabbelgruppe", language="de")
    offer = OfferFactory(title="Spielkreis")
    with monkeypatch.context() as patch:
        patch.setattr(reading_ahead, "read_phrases", None)  # nobody reads

        pack = read(client, PACK).json()

    assert {one[0] for one in pack["offers"]} == {"Krabbelgruppe", "Spielkreis"}
    assert "winzlinge" not in pack["phrases"]
    tasks.read_pocket_phrases()
    offer.delete()
    assert "winzlinge" in read(client, PACK).json()["phrases"]


def test_a_process_that_has_searched_for_nothing_knows_the_parts_of_the_city(client, monkeypatch):
    DistrictFactory(name="Wanne", level="locality")
    monkeypatch.setattr(reading_ahead, "phrases", list)  # a worker has read them
    monkeypatch.setattr(memory._here, "vocabulary", Vocabulary())
    monkeypatch.setattr(memory._here, "fingerprint", None)

    assert "wanne" in read(client, PACK).json()["said"]


def test_the_worker_answers_for_the_whole_portal_and_is_never_an_old_one(client):
    response = read(client, "/sw.js")

    assert response["Content-Type"].startswith("text/javascript")
    assert "no-store" in response["Cache-Control"]
    assert "worker-src 'self'" in response["Content-Security-Policy"]


def test_none_of_hernes_addresses_is_in_it(client, herne, monkeypatch):
    monkeypatch.setattr(reading_ahead, "read_phrases", list)  # words of no address, ten seconds
    body = read(client, PACK).content.decode()

    hidden = Location.objects.filter(visibility="protected").exclude(street="")
    assert [one.pk for one in hidden if one.street in body] == []
    assert len(json.loads(body)["offers"]) == Offer.objects.published().count()


def test_the_digest_that_is_named_is_that_of_the_file(client, herne, monkeypatch):
    monkeypatch.setattr(reading_ahead, "read_phrases", list)
    body = read(client, PACK).content

    digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
    assert read(client, STATE).json()["integrity"] == f"sha256-{digest}"
