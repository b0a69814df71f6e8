"""One number rises with every change a reader could see, when the change is there for all."""

import threading
from contextlib import closing

import pytest
from django.apps import apps
from django.db import connection, transaction

from kekiz_portal.lib import content_version
from lifephases.models import LifePhase
from offers.models import Feedback, Offer, OfferPlace, SearchDemand, Topic
from tests.factories.offers import (
    HelplineFactory,
    LocationFactory,
    OfferFactory,
    TopicFactory,
)

OURS = ["lifephases", "offers", "network", "kekiz_portal"]
WAITING_SECONDS = 20


def number_for_others():
    """The number that a process sees that took no part in the change."""
    with closing(connection.copy()) as other, other.cursor() as cursor:
        cursor.execute(content_version.NUMBER)
        return cursor.fetchone()[0]


class InAnotherProcess:
    """What another process does meanwhile, on a connection of its own."""

    def __init__(self, work):
        self.error = None
        self.thread = threading.Thread(target=self._run, args=(work,))
        self.thread.start()

    def _run(self, work):
        try:
            work()
        except Exception as error:  # noqa: BLE001, the test wants to see it
            self.error = error
        finally:
            connection.close()

    def ends_well(self):
        self.thread.join(WAITING_SECONDS)
        assert not self.thread.is_alive(), "still waiting"
        assert self.error is None


@pytest.mark.parametrize("app", OURS)
def test_each_model_is_either_shown_to_readers_or_not(app):
    config = apps.get_app_config(app)
    models = [one for one in config.get_models() if not one.__name__.startswith("Historical")]
    between = [
        f"{model.__name__}.{field.name}"
        for model in models
        if model.__name__ in config.shown_to_readers
        for field in model._meta.local_many_to_many
        if field.remote_field.through._meta.auto_created
    ]
    named = [*config.shown_to_readers, *config.not_shown_to_readers]

    assert sorted(named) == sorted([*(model.__name__ for model in models), *between])


@pytest.mark.django_db
def test_tables_of_shown_models_are_watched_and_no_others():
    with connection.cursor() as cursor:
        cursor.execute(content_version.WATCHED)
        watched = {table for table, _trigger, _entries in cursor.fetchall()}

    assert watched == set(content_version.shown_tables())
    assert {"offers_offer", "offers_offer_topics", "offers_institution_locations"} < watched
    assert not watched & {"offers_feedback", "network_delivery", "network_contact"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda one: one.save(), id="saved"),
        pytest.param(lambda one: Offer.objects.filter(pk=one.pk).update(title="Neu"), id="at once"),
        pytest.param(lambda one: one.delete(), id="deleted"),
        pytest.param(lambda one: one.topics.clear(), id="a topic less"),
        pytest.param(lambda one: OfferPlace.objects.create(offer=one, mode="phone"), id="a place"),
        pytest.param(lambda _: LifePhase.objects.update(name="Neu"), id="a phase"),
        pytest.param(lambda _: Topic.objects.bulk_create([Topic(slug="a", name="A")]), id="many"),
        pytest.param(lambda _: HelplineFactory(), id="a help line"),
        pytest.param(
            lambda _: connection.cursor().execute("UPDATE offers_offer SET title = 'Neu'"),
            id="by hand in the database",
        ),
    ],
)
def test_whatever_changes_what_readers_see_raises_the_number(change):
    offer = OfferFactory(topics=[TopicFactory()])
    before = content_version.current()

    change(offer)

    assert content_version.current() > before


@pytest.mark.django_db
def test_what_readers_do_not_see_leaves_the_number():
    offer = OfferFactory()
    before = content_version.current()

    Feedback.objects.create(offer=offer, message="Die Nummer stimmt nicht.")
    SearchDemand.objects.all().delete()

    assert content_version.current() == before


@pytest.mark.django_db(transaction=True)
def test_others_see_the_number_rise_with_the_change_and_not_before():
    offer = OfferFactory()
    before = number_for_others()

    with transaction.atomic():
        Offer.objects.filter(pk=offer.pk).update(title="Neu")
        assert number_for_others() == before
        assert content_version.current() != before

    assert number_for_others() > before
    assert content_version.current() == number_for_others()


@pytest.mark.django_db(transaction=True)
def test_what_was_taken_back_leaves_the_number_and_no_number_comes_twice():
    offer = OfferFactory()
    before = number_for_others()

    with transaction.atomic():
        offer.save()
        of_the_first = content_version.current()
        transaction.set_rollback(True)
    assert content_version.current() == number_for_others() == before

    with transaction.atomic():
        with transaction.atomic():
            offer.save()
            transaction.set_rollback(True)
        assert content_version.current() == before
        offer.save()
        assert content_version.current() not in {before, of_the_first}
    assert number_for_others() not in {before, of_the_first}


@pytest.mark.django_db(transaction=True)
def test_a_long_import_holds_nobody_up_and_neither_change_is_missed():
    imported, edited = OfferFactory(), OfferFactory()
    before = number_for_others()

    with transaction.atomic():
        Offer.objects.filter(pk=imported.pk).update(title="aus der Liste")
        InAnotherProcess(lambda: Offer.objects.filter(pk=edited.pk).update(title="B")).ends_well()
        between = number_for_others()
        assert between > before

    assert number_for_others() > between


@pytest.mark.django_db(transaction=True)
def test_a_worker_and_an_office_that_need_the_same_offer_do_not_block_each_other():
    """Whoever ends first holds the number while the deferred checks still wait for the other's
    offer: then each would wait for the other. So the number comes after all checks."""
    offer, place = OfferFactory(), LocationFactory()
    has_written, holds_the_offer = threading.Event(), threading.Event()

    def adds_a_place():
        with transaction.atomic():
            OfferPlace.objects.bulk_create([OfferPlace(offer=offer, location=place)])
            has_written.set()
            holds_the_offer.wait(WAITING_SECONDS)

    with transaction.atomic():
        other = InAnotherProcess(adds_a_place)
        assert has_written.wait(WAITING_SECONDS)
        Offer.objects.select_for_update().get(pk=offer.pk).save()
        holds_the_offer.set()
        other.thread.join(1)
        assert other.thread.is_alive(), other.error
    other.ends_well()


@pytest.mark.django_db
def test_checks_in_the_middle_of_a_transaction_lose_no_later_change():
    offer = OfferFactory()
    connection.check_constraints()
    first = content_version.current()

    offer.save()
    second = content_version.current()
    connection.check_constraints()
    third = content_version.current()

    assert first < second < third
