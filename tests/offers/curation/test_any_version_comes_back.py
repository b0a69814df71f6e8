"""Whoever changes an entry in whatever way: every state it was in is a version that comes back."""

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kekiz_portal.lib.history.recording import unrecorded
from offers.admin.bulk import hand_over, set_topic
from offers.curation import proposals, versions
from offers.curation.confirming import confirm
from offers.curation.publishing import STEPS, take_step
from offers.curation.record import ROOT, WORKFLOW, take
from offers.models import Offer, Schedule, Topic
from tests.factories.offers import (
    ContactPointFactory,
    CostOptionFactory,
    OfferFactory,
    OfferPlaceFactory,
    ScheduleExceptionFactory,
    ScheduleFactory,
    TopicFactory,
)
from tests.html_forms import form_of
from tests.offers.exchange.imports import check, commit, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(signed_in):
    """A user, their browser, and a topic to put on and take off."""
    user = User.objects.create_superuser("redaktion")
    return user, signed_in(Client(), user), TopicFactory(name="Bewegung")


def loaded_offer():
    """An entry as the facts bring it: whole, and without any history."""
    with unrecorded():
        offer = OfferFactory(title="Turnen", provider_name="Verein", topics=[TopicFactory()])
        place = OfferPlaceFactory(offer=offer)
        OfferPlaceFactory(offer=offer, mode="online", location=None)
        schedule = ScheduleFactory(place=place)
        ScheduleExceptionFactory(schedule=schedule)
        CostOptionFactory(offer=offer, amount=4, label="je Termin")
        ContactPointFactory(offer=offer)
    return offer


def by_form(offer, office, number):
    address = reverse("admin:offers_offer_change", args=[offer.pk])
    form = form_of(office[1].get(address), "offer_form")
    typed = {
        "teaser": f"Text {number}",
        "places-0-note": f"Raum {number}",
        "places-0-schedules-0-note": f"Gruppe {number}",
        "places-1-DELETE": "on" if number % 2 else "",
    }
    assert office[1].post(address, form | typed).status_code == 302


def by_import(offer, office, number):
    text = f"Titel;Träger;Telefon;Preis\n{offer.title};Verein;02323 16{number:04};{number + 1},50\n"
    run = check(upload(text, by=office[0]))
    run.rows.update(overwrite=True)
    commit(run)


def by_proposal(offer, office, number):
    base, wanted = take(offer), take(offer)
    wanted[ROOT][offer.pk]["teaser"] = f"Vorschlag {number}"
    wanted["contact"] = {}
    proposals.accept(proposals.propose(offer, base, wanted, office[0]), by=office[0])


def by_topic(offer, office, number):
    rows = Offer.objects.filter(pk=offer.pk)
    set_topic(rows, office[2], remove=bool(number % 2), by=office[0])


def by_hand_over(offer, office, number):
    hand_over(Offer.objects.filter(pk=offer.pk), office[0] if number % 2 else None, by=office[0])


def by_confirming(offer, office, number):
    confirm(Offer.objects.filter(pk=offer.pk), by=office[0])


def by_step(offer, office, number):
    offer.refresh_from_db()
    name = "reopen" if offer.status == Offer.Status.ARCHIVED else "archive"
    assert name in STEPS
    take_step(name, offer, by=office[0])


def by_a_job(offer, office, number):
    """Something that runs at night and saves a row of its own accord."""
    for schedule in Schedule.objects.filter(place__offer=offer):
        schedule.note = f"in der Nacht {number}"
        schedule.save()


def by_restoring(offer, office, number):
    found = versions.versions_of(offer)
    if found:
        versions.restore(offer, found[number % len(found)].number, by=office[0])


WAYS = [
    by_form,
    by_import,
    by_proposal,
    by_topic,
    by_hand_over,
    by_confirming,
    by_step,
    by_a_job,
    by_restoring,
]
STEPS_OF_WORK = st.lists(
    st.tuples(st.sampled_from(WAYS), st.integers(0, 9)), min_size=1, max_size=4
)


def to_the_minute(record):
    """Return a record as people read it: who confirms twice in a minute changes nothing."""
    root = {
        pk: row | {"confirmed_at": str(row["confirmed_at"])[:16]}
        for pk, row in record[ROOT].items()
    }
    return record | {ROOT: root}


def comparable(record):
    """Return a record without what restoring leaves alone."""
    root = {
        pk: {name: value for name, value in row.items() if name not in WORKFLOW}
        for pk, row in record[ROOT].items()
    }
    return record | {ROOT: root}


@settings(
    max_examples=2, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(work=STEPS_OF_WORK)
def test_every_state_an_offer_was_in_comes_back_exactly(office, work):
    with transaction.atomic():
        offer = loaded_offer()
        states = [take(offer)]
        for way, number in work:
            way(Offer.objects.get(pk=offer.pk), office, number)
            states.append(take(offer))

        found = versions.versions_of(offer)
        known = [to_the_minute(version.after) for version in found]
        for state in states if found else []:
            assert to_the_minute(state) in known, work
        for version in found:
            versions.restore(offer, version.number, by=office[0])
            assert comparable(take(offer)) == comparable(version.after)
        transaction.set_rollback(True)


@pytest.mark.parametrize("way", WAYS[:-1])
def test_the_first_change_by_any_way_leaves_the_state_before_it_as_a_version(office, way):
    offer = loaded_offer()
    before = take(offer)

    way(offer, office, 2)

    first = versions.versions_of(offer)[0]
    assert (first.number, first.after) == (versions.BEGINNING, before)


def test_a_deleted_topic_or_user_leaves_what_the_offer_was(office):
    offer = loaded_offer()
    with unrecorded():
        helper = User.objects.create_user("aushilfe")
    Offer.objects.filter(pk=offer.pk).update(responsible=helper)
    before = take(offer)

    Topic.objects.exclude(pk=office[2].pk).delete()
    helper.delete()

    assert versions.versions_of(offer)[0].after == before
