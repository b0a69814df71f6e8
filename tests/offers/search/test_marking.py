"""Why a hit is there: marked words, an excerpt, and what offers call what was typed."""

import pytest

from offers.search import marking
from offers.search.marking import Marker
from offers.search.query.understanding import Concept, Match, Reason, Understanding
from offers.search.words.stemming import stem
from tests.factories.offers import OfferFactory, TopicFactory


def meant(*words, weight=1.0, reason=None, matched=1.0):
    """A query that means the given words, one concept each."""
    concepts = [
        Concept((word,), (Match(stem(word), matched),), weight=weight, reason=reason)
        for word in words
    ]
    return Understanding(" ".join(words), tuple(concepts))


def test_every_form_of_a_word_that_answers_is_marked():
    marked = Marker(meant("beratung")).marked("Beratungen und Beratung für Eltern")

    assert marked == "<mark>Beratungen</mark> und <mark>Beratung</mark> für Eltern"


@pytest.mark.parametrize("title", ["<script>alert(1)</script>", 'A & B "C"', "<mark>Beratung"])
def test_a_title_stays_a_text_whatever_stands_in_it(title):
    marked = Marker(meant("beratung", "script")).marked(title)

    assert "<script>" not in marked
    assert marked.replace("<mark>", "").replace("</mark>", "").count("<") == 0


def test_words_without_meaning_far_guesses_and_hidden_meanings_are_not_marked():
    hidden = Reason("hidden", "hört nicht", "Beratung")

    assert "<mark>" not in Marker(meant("fur", weight=0.1)).marked("Kurs für Eltern")
    assert "<mark>" not in Marker(meant("kurs", matched=0.3)).marked("Kurs für Eltern")
    assert "<mark>" not in Marker(meant("kurs", reason=hidden)).marked("Kurs für Eltern")


def test_an_excerpt_starts_and_ends_with_whole_words_around_the_first_answer():
    text = f"{'Wort ' * 40}Schwimmen {'danach ' * 40}"

    excerpt = Marker(meant("schwimmen")).excerpt(text)

    assert excerpt.startswith("… Wort")
    assert "<mark>Schwimmen</mark>" in excerpt
    assert excerpt.endswith("danach …")
    assert len(excerpt) < 200


def test_a_short_text_is_shown_whole():
    assert Marker(meant("schwimmen")).excerpt("Hier lernt man Schwimmen.") == (
        "Hier lernt man <mark>Schwimmen</mark>."
    )


def test_a_text_without_an_answer_gives_no_excerpt():
    assert Marker(meant("schwimmen")).excerpt("Hier lernt man lesen.") is None
    assert Marker(Understanding("", ())).excerpt("Hier lernt man lesen.") is None


@pytest.mark.django_db
def test_a_card_quotes_the_text_where_its_title_does_not_say_why_it_is_there():
    titled = OfferFactory(title="Schwimmkurs", teaser="Ein Schwimmkurs")
    quoted = OfferFactory(title="Seepferdchen", description="<p>Ein Schwimmkurs für alle.</p>")
    by_topic = OfferFactory(title="Planschen", topics=[TopicFactory(name="Schwimmkurs & Sport")])
    offers = [titled, quoted, by_topic]

    marking.explain(offers, meant("schwimmkurs"))

    assert titled.marked_title == "<mark>Schwimmkurs</mark>"
    assert titled.found_in is None
    assert quoted.found_in == "Ein <mark>Schwimmkurs</mark> für alle."
    assert by_topic.found_in == "<mark>Schwimmkurs</mark> &amp; Sport"


@pytest.mark.django_db
def test_what_led_to_the_first_offers_is_named_once_and_worries_never():
    concepts = [
        Concept(("a",), (), reason=Reason("synonym", "Geburtshelferin", "Hebamme")),
        Concept(("b",), (), reason=Reason("translation", "ebe", "Hebamme")),
        Concept(("c",), (), reason=Reason("translation", "okul", "Grundschule")),
        Concept(("d",), (), reason=Reason("hidden", "hört nicht", "Hebammendienst")),
        Concept(("e",), (), reason=Reason("typo", "Hebame", "Hebamme")),
    ]
    offer = OfferFactory(title="Hebamme oder Hebammendienst", topics=[TopicFactory(name="Geburt")])

    assert marking.led_to(Understanding("", tuple(concepts)), [offer]) == ["Hebamme"]


@pytest.mark.django_db
def test_what_none_of_the_first_offers_says_is_not_said_to_be_shown():
    reason = Reason("synonym", "Ferien am Meer", "Ferienfreizeit")
    others = [OfferFactory(title=f"Ferien im Haus {number}") for number in range(5)]
    offer = OfferFactory(title="Ferienfreizeit")

    assert not marking.led_to(
        Understanding("", (Concept(("a",), (), reason=reason),)), [*others, offer]
    )
