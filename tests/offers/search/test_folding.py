"""Words compare however they are spelled, and whatever script they are in."""

import pytest

from offers.search.words.folding import fold, whole_words, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rückbildung", "rueckbildung"),
        ("Rückbildung", "RUCKBILDUNG"),
        ("Spaß", "spass"),
        ("Mütter", "Mu\u0308tter"),
        ("położna", "polozna"),
        ("İstanbul", "istanbul"),
        ("çocuk ılık", "cocuk ilik"),
        ("قَابِلَة", "قابله"),
        ("أطفال", "اطفال"),
        ("کودک", "كودك"),
        ("ёлка", "елка"),
        ("pîrik", "pirik"),
        ("Kita\u200bplatz", "kitaplatz"),
        ("\u202eHebamme", "hebamme"),
        ("٥", "5"),
        ("geht's", "gehts"),
        ("Kreißsaal", "kreissaal"),
    ],
)
def test_spellings_of_the_same_word_are_one(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize("word", ["neue", "frauen", "quelle", "abenteuer", "betreuen"])
def test_a_u_and_an_e_that_only_meet_stay_two_letters(word):
    assert fold(word) == word


@pytest.mark.parametrize(("one", "other"), [("мой", "мои"), ("їжа", "іжа")])
def test_letters_of_their_own_stay_apart(one, other):
    assert fold(one) != fold(other)


def test_words_know_where_they_stand():
    found = words("Kita-Navigator,  geht's? قَابِلَة")

    assert [(word.text, word.folded) for word in found] == [
        ("Kita", "kita"),
        ("Navigator", "navigator"),
        ("geht's", "gehts"),
        ("قَابِلَة", "قابله"),
    ]
    assert (found[1].start, found[1].end) == (5, 14)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Sucht- und Drogenberatung", ["suchtberatung", "und", "drogenberatung"]),
        ("Kinder- und Jugendzentrum", ["kinderzentrum", "und", "jugendzentrum"]),
        ("Kinder-, Jugendtreff", ["kindertreff", "jugendtreff"]),
        ("Eltern-Kind-Gruppe", ["eltern", "kind", "gruppe"]),
        ("Kita- und Baumhaus", ["kitahaus", "und", "baumhaus"]),
        ("Kita- und", ["kita", "und"]),
    ],
)
def test_a_word_that_a_hyphen_leaves_open_is_whole(text, whole):
    assert [word.folded for word in whole_words(text)] == whole
