"""Two people change what one offer says; whoever comes last, the index has both."""

import threading
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection, transaction

from offers.models import Offer, SearchWord, Topic
from offers.search.index import rebuilding
from offers.search.query import memory
from tests.factories.offers import OfferFactory, TopicFactory
from tests.offers.search.finding import found

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 20


def elsewhere(work):
    """Do something as another person does: on a connection of its own."""
    try:
        return work()
    finally:
        connection.close()


@pytest.fixture
def others():
    with ThreadPoolExecutor(max_workers=4) as people:
        yield lambda work: people.submit(elsewhere, work)


def literally(word):
    return found(word, literal=True)


def test_a_topic_renamed_while_its_offer_is_edited(others):
    offer = OfferFactory(title="Sprechstunde", topics=[TopicFactory(slug="zahn", name="Zähne")])

    def rename():
        topic = Topic.objects.get(slug="zahn")
        topic.name = "Mundhygiene"
        topic.save()

    with transaction.atomic():
        offer.title = "Vortrag"
        offer.save()
        renamed = others(rename)  # waits for nobody; looks again at what is edited here
        assert not renamed.done() or renamed.exception() is None
    renamed.result(PATIENCE)

    assert (literally("Vortrag"), literally("Mundhygiene")) == (["Vortrag"], ["Vortrag"])
    assert (literally("Sprechstunde"), literally("Zähne")) == ([], [])


def test_an_offer_edited_while_its_topic_is_being_renamed(others):
    topic = TopicFactory(slug="zahn", name="Zähne")
    offer = OfferFactory(title="Sprechstunde", topics=[topic])
    is_written = Event()

    def retitle():
        mine = Offer.objects.get(pk=offer.pk)
        mine.title = "Vortrag"
        is_written.set()
        mine.save()

    with transaction.atomic():
        topic.name = "Mundhygiene"
        topic.save()
        retitled = others(retitle)
        assert is_written.wait(PATIENCE)
    retitled.result(PATIENCE)

    assert (literally("Vortrag"), literally("Mundhygiene")) == (["Vortrag"], ["Vortrag"])
    assert (literally("Sprechstunde"), literally("Zähne")) == ([], [])


def test_many_new_offers_with_the_same_new_words_wait_for_nobody(others):
    with transaction.atomic():
        OfferFactory(title="Zirkuswoche Nord")
        others(lambda: OfferFactory(title="Zirkuswoche Süd")).result(PATIENCE)
        assert literally("Zirkuswoche") != []

    assert literally("Zirkuswoche") == ["Zirkuswoche Nord", "Zirkuswoche Süd"]
    rebuilding.rebuild()
    assert SearchWord.objects.filter(folded="zirkuswoche").count() == 1


def test_two_rebuild_at_once_while_a_third_edits(others):
    offers = [OfferFactory(title=f"Krabbelgruppe {number}") for number in range(5)]
    work = [others(rebuilding.rebuild), others(rebuilding.rebuild)]

    for offer in offers:
        offer.title = offer.title.replace("Krabbelgruppe", "Zirkuswoche")
        offer.save()
    for one in work:
        one.result(PATIENCE)

    assert (len(literally("Zirkuswoche")), literally("Krabbelgruppe")) == (5, [])


def read_beside():
    """Wait for a thread that reads the vocabulary."""
    for thread in threading.enumerate():
        if thread.name == "vocabulary":
            thread.join()


def test_nobody_waits_until_a_changed_word_is_read(settings):
    OfferFactory(title="Krabbelgruppe")
    before = memory.current()
    settings.SEARCH_WAITS_FOR_CHANGES = False
    OfferFactory(title="Zirkuswoche")

    assert memory.current() is before
    read_beside()
    assert "zirkuswoche" in memory.current().words

    OfferFactory(title="Ziegenwoche")  # the one who reads rests in between
    memory.current()
    read_beside()
    assert "ziegenwoche" not in memory.current().words
    memory._here.rests_until = 0
    memory.current()
    read_beside()
    assert "ziegenwoche" in memory.current().words
