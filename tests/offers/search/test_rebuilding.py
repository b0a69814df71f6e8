"""The index is built anew while people search and edit, and nobody notices."""

import pytest
from django.core.management import call_command

from offers.models import Offer, SearchChange, SearchPosting, SearchWord
from offers.search.index import freshness, rebuilding
from offers.search.query import memory
from offers.tasks import rebuild_search_index
from tests.factories.offers import OfferFactory
from tests.offers.search.finding import found

pytestmark = pytest.mark.django_db


@pytest.fixture
def one_at_a_time(monkeypatch):
    monkeypatch.setattr(rebuilding, "OFFERS_A_BATCH", 1)


def test_every_search_finds_the_same_all_the_while(one_at_a_time):
    for name in ("Nord", "Ost", "Süd"):
        OfferFactory(title=f"Krabbelgruppe {name}")
    seen = []

    assert rebuilding.rebuild(lambda _count: seen.append(found("Krabbelgruppe"))) == 3
    assert seen == [[f"Krabbelgruppe {name}" for name in ("Nord", "Ost", "Süd")]] * 3


def test_what_is_edited_meanwhile_is_found_afterwards(one_at_a_time):
    first, second = OfferFactory(title="Krabbelgruppe"), OfferFactory(title="Turngruppe")

    def edit(_count):
        first.title, second.title = "Stillcafé", "Vätertreff"
        first.save()
        second.save()

    rebuilding.rebuild(edit)

    assert (found("Stillcafé"), found("Vätertreff")) == (["Stillcafé"], ["Vätertreff"])
    assert SearchWord.objects.filter(folded__in=["stillcafe", "vatertreff"]).count() == 2


def test_it_brings_back_what_was_lost_or_went_wrong():
    OfferFactory(title="Krabbelgruppe")
    SearchPosting.objects.all().delete()
    SearchWord.objects.filter(folded="krabbelgruppe").update(stem="falsch", document_count=7)
    SearchWord.objects.create(folded="krabelgruppe", stem="krabelgrupp", language="de")
    SearchWord.objects.create(folded="krabbelgruppe", stem="doppelt", language="de")

    call_command("rebuild_search_index", verbosity=0)

    assert found("Krabbelgruppe") == ["Krabbelgruppe"]
    word = SearchWord.objects.get(folded__startswith="krab")
    assert (word.folded, word.display, word.document_count) == ("krabbelgruppe", "Krabbelgruppe", 1)
    assert word.stem == SearchPosting.objects.get(stem__startswith="krab").stem


def test_a_word_that_nobody_says_any_more_corrects_nobody_any_more():
    offer = OfferFactory(title="Zirkuswoche")
    offer.title = "Turnwoche"
    offer.save()

    rebuild_search_index()

    assert not SearchWord.objects.filter(folded="zirkuswoche").exists()
    assert "zirkuswoche" not in memory.current().words


def test_words_are_counted_by_the_offers_that_say_them():
    OfferFactory(title="Krabbelgruppe", teaser="Krabbelgruppe, eine Krabbelgruppe")
    OfferFactory(title="Krabbelgruppe Süd")

    rebuild_search_index()

    assert SearchWord.objects.get(folded="krabbelgruppe").document_count == 2


def test_the_notes_of_changes_do_not_pile_up_and_still_differ():
    for name in ("Nord", "Süd"):
        OfferFactory(title=f"Gruppe {name}")
    before = freshness.fingerprint()

    rebuild_search_index()

    assert SearchChange.objects.count() == 1
    assert freshness.fingerprint() != before


def test_only_a_missing_index_is_built_when_asked_so():
    offer = OfferFactory(title="Krabbelgruppe")
    SearchPosting.objects.all().delete()
    call_command("rebuild_search_index", "--if-missing", verbosity=0)
    assert found("Krabbelgruppe") == []

    SearchWord.objects.all().delete()
    call_command("rebuild_search_index", "--if-missing", verbosity=0)
    assert found("Krabbelgruppe") == [offer.title]
    assert Offer.objects.count() == 1
