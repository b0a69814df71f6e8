"""Every version of an offer can be read, compared and brought back, with all that belongs to it."""

import datetime as dt

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.urls import reverse

from kekiz_portal.lib.history.recording import edit
from offers.curation import versions
from offers.curation.difference import word_by_word
from offers.curation.record import take
from offers.models import Offer, OfferPlace, Schedule, Topic
from tests.factories.offers import (
    CostOptionFactory,
    LocationFactory,
    OfferFactory,
    OfferPlaceFactory,
    ScheduleFactory,
    TopicFactory,
)
from tests.html_forms import form_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def offer():
    with edit(reason="Neu"):
        offer = OfferFactory(title="Krabbelgruppe", topics=[TopicFactory(name="Spiel")])
        place = OfferPlaceFactory(offer=offer)
        ScheduleFactory(place=place, start_time=dt.time(9, 30), end_time=dt.time(11))
        CostOptionFactory(offer=offer, amount=4, label="je Termin")
    return offer


@pytest.fixture
def editor(client, signed_in):
    return signed_in(client, User.objects.create_superuser("redaktion"))


def restored(editor, offer, version):
    """Ask for a version, read what it would change, agree; return the page that follows."""
    address = reverse("admin:offers_offer_restore", args=[offer.pk, version.number])
    return editor.post(address, form_of(editor.get(address)), follow=True)


def last_changes(offer):
    return [(one.label, one.before, one.after) for one in versions.versions_of(offer)[-1].changes]


def test_a_change_is_read_in_words_not_in_codes(offer):
    with edit(reason="Sommer"):
        offer.cost_kind = Offer.Cost.FREE
        offer.valid_to = dt.date(2027, 7, 31)
        offer.description = "<p>Kochen &amp; Essen</p><p>für alle</p>"
        offer.save()
        offer.topics.set([TopicFactory(name="Bewegung")])

    assert sorted(last_changes(offer)) == [
        ("Beschreibung", "", "Kochen & Essen\nfür alle"),
        ("Kosten", "Kosten bitte erfragen", "Kostenlos"),
        ("Themen", "Spiel", "Bewegung"),
        ("gültig bis", "", "31.07.2027"),
    ]


def test_a_changed_time_is_read_as_a_sentence(offer):
    schedule = Schedule.objects.get()
    with edit():
        schedule.rrule = "FREQ=WEEKLY;BYDAY=WE"
        schedule.save()

    assert last_changes(offer) == [
        ("Termin", "jeden Dienstag 9:30–11 Uhr", "jeden Mittwoch 9:30–11 Uhr")
    ]


def test_a_removed_place_comes_back_with_its_times(offer):
    as_it_was = take(offer)
    first = versions.versions_of(offer)[0]
    with edit(reason="Umbau"):
        OfferPlace.objects.get().delete()

    versions.restore(offer, first.number, by=User.objects.create_user("redaktion"))

    assert take(offer) == as_it_was
    assert offer.occurrences.exists()


def test_restoring_leaves_it_to_people_whether_an_offer_is_public(offer):
    first = versions.versions_of(offer)[0]
    with edit():
        offer.status = Offer.Status.ARCHIVED
        offer.save()

    versions.restore(offer, first.number, by=User.objects.create_user("redaktion"))

    offer.refresh_from_db()
    assert offer.status == Offer.Status.ARCHIVED


def test_a_public_place_never_comes_back_beside_a_protected_one(editor):
    offer = OfferFactory(topics=[TopicFactory()])
    kept, other = OfferPlaceFactory(offer=offer), OfferPlaceFactory(offer=offer)
    with edit():
        offer.teaser = "An zwei Orten"
        offer.save()
    with edit():
        other.delete()
        kept.location.visibility, kept.location.district = "protected", None
        kept.location.save()
    at_two_places = versions.versions_of(offer)[-2]

    answer = restored(editor, offer, at_two_places).content.decode()

    assert "lässt sich nicht wiederherstellen" in answer
    assert list(offer.places.all()) == [kept]


def test_restoring_a_place_never_makes_a_protected_one_public():
    location = LocationFactory(street="Hauptstraße 1")
    public = versions.versions_of(location)[0]
    with edit():
        location.visibility, location.district = "protected", None
        location.save()

    with pytest.raises(ValidationError):
        versions.restore(location, public.number, by=User.objects.create_user("redaktion"))

    location.refresh_from_db()
    assert location.is_protected


def test_a_version_whose_topics_are_all_gone_is_refused_rather_than_left_without(editor):
    with edit():
        offer = OfferFactory(topics=[TopicFactory(name="Spiel")])
    first = versions.versions_of(offer)[0]
    with edit():
        offer.topics.set([TopicFactory(name="Bewegung")])
    Topic.objects.get(name="Spiel").delete()

    answer = restored(editor, offer, first).content.decode()

    assert "lässt sich nicht wiederherstellen" in answer
    assert [topic.name for topic in offer.topics.all()] == ["Bewegung"]


def test_long_and_monotonous_texts_are_compared_in_no_time():
    """Compared word by word these would take minutes."""
    whole = word_by_word("a " * 5_000, "a b " * 2_500)
    assert [(piece.is_gone, piece.is_new) for piece in whole] == [(True, False), (False, True)]
    text = "Ein Satz." + " Ein Satz." * 150
    pieces = word_by_word(text, text + " Und noch einer.")
    assert [piece.text for piece in pieces if piece.is_new] == [" Und noch einer."]


def test_restoring_is_a_version_of_its_own_and_can_be_taken_back(offer):
    by = User.objects.create_user("redaktion")
    with edit(by=by, reason="Umbenannt"):
        offer.title = "Spielkreis"
        offer.save()
    first, second = versions.versions_of(offer)

    versions.restore(offer, first.number, by)
    versions.restore(offer, second.number, by)

    offer.refresh_from_db()
    assert offer.title == "Spielkreis"
    assert len(versions.versions_of(offer)) == 4


def test_the_history_page_says_who_when_and_why_and_restores(editor, offer):
    change = reverse("admin:offers_offer_change", args=[offer.pk])
    form = form_of(editor.get(change), "offer_form")
    editor.post(change, form | {"title": "Spielkreis", "_reason": "Neuer Name ab Mai"})
    history = reverse("admin:offers_offer_history", args=[offer.pk])

    page = editor.get(history).content.decode()
    assert "Neuer Name ab Mai" in page
    assert "redaktion" in page
    first = versions.versions_of(offer)[0]
    answer = restored(editor, offer, first)

    assert "Uhr ist wiederhergestellt" in answer.content.decode()
    offer.refresh_from_db()
    assert offer.title == "Krabbelgruppe"


@pytest.mark.parametrize("number", ["0", "abc", "00000000-0000-0000-0000-000000000000"])
def test_a_version_that_does_not_exist_is_not_found(editor, offer, number):
    address = reverse("admin:offers_offer_restore", args=[offer.pk, number])

    assert editor.post(address).status_code == 404


def test_an_offer_from_before_the_history_gets_a_first_version_when_it_is_edited(editor):
    offer = OfferFactory(title="Alt", topics=[TopicFactory()])
    offer.history.all().delete()
    change = reverse("admin:offers_offer_change", args=[offer.pk])

    form = form_of(editor.get(change), "offer_form")
    answer = editor.post(change, form | {"title": "Neu"})

    assert answer.status_code == 302
    first, second = versions.versions_of(offer)
    assert (first.number, first.is_first, first.by) == (versions.BEGINNING, True, None)
    assert [(one.before, one.after) for one in second.changes] == [("Alt", "Neu")]


def test_reading_many_versions_asks_the_database_no_more_often(
    offer, django_assert_max_num_queries
):
    for number in range(30):
        with edit():
            offer.title = f"Titel {number}"
            offer.save()

    with django_assert_max_num_queries(30):
        assert len(versions.versions_of(offer)) == 31


def test_restoring_says_first_what_it_will_change_and_asks_again_if_that_is_overtaken(
    editor, offer
):
    first = versions.versions_of(offer)[0]
    with edit():
        offer.title = "Spielkreis"
        offer.save()
        offer.places.get().delete()
    address = reverse("admin:offers_offer_restore", args=[offer.pk, first.number])

    asked = editor.get(address)
    with edit():
        offer.teaser = "Inzwischen geändert"
        offer.save()
    asked_again = editor.post(address, form_of(asked))

    for words in ["Spielkreis", "Krabbelgruppe", "Ort des Angebots hinzugefügt"]:
        assert words in asked.content.decode()
    assert "Inzwischen geändert" not in asked.content.decode()
    assert "Inzwischen geändert" in asked_again.content.decode()
    assert not offer.places.exists()


def test_a_topic_that_is_gone_is_said_before_restoring(editor, offer):
    with edit():
        offer.topics.add(TopicFactory(name="Musik"))
    with_music = versions.versions_of(offer)[-1]
    Topic.objects.get(name="Musik").delete()
    offer.title = "Spielkreis"
    offer.save()
    address = reverse("admin:offers_offer_restore", args=[offer.pk, with_music.number])

    page = editor.get(address).content.decode()

    assert "Das kommt nicht zurück" in page
    assert "gibt es nicht mehr" in page


def test_two_places_that_were_swapped_swap_back(offer):
    one, other = (
        OfferPlaceFactory(offer=offer),
        OfferPlaceFactory(offer=offer, mode="online", location=None),
    )
    as_it_was = take(offer)
    first = versions.versions_of(offer)[-1]
    here = one.location
    with edit():
        one.mode, one.location = "phone", None
        one.save()
        other.mode, other.location = "location", here
        other.save()
        one.mode = "online"
        one.save()

    versions.restore(offer, first.number, by=User.objects.create_user("redaktion"))

    assert take(offer) == as_it_was
