"""How texts are compared in spelling and meaning, from files that all processes share."""

import numpy as np
import pytest

from offers.search.meaning import shelf
from offers.search.meaning.letters import Spellings

TEXTS = ["baby schläft nicht", "baby schreit nachts", "fahrrad reparieren", "дитина не спить"]


def test_the_same_spelling_is_most_alike_and_rare_letters_count_more():
    spellings = Spellings.of(TEXTS)

    assert spellings.likeness("baby schläft nicht") == pytest.approx([1, *[0] * 3], abs=0.5)
    assert spellings.likeness(TEXTS[0])[0] == pytest.approx(1, abs=1e-5)
    asleep, crying, *_others = spellings.likeness("schlafen baby")
    assert asleep > crying > 0
    assert spellings.likeness("xyz qq").sum() == 0


@pytest.mark.parametrize("texts", [[], [""], ["  "], ["ab"]])
def test_a_text_of_few_letters_or_none_is_like_no_other(texts):
    assert Spellings.of(texts).likeness("kinderarzt").sum() == 0
    assert Spellings.of(TEXTS).likeness("".join(texts)).shape == (4,)


def shelf_of(texts, common=None):
    chance = np.random.default_rng(3)
    vectors = chance.normal(size=(len(texts), 8)).astype(np.float32)
    return shelf.Shelf.of(texts, [len(text) for text in texts], vectors, common), vectors


def test_files_say_what_was_put_on_the_shelf(tmp_path):
    whole, vectors = shelf_of(TEXTS)

    mapped = shelf.write(whole, tmp_path, "model")

    assert mapped.places([len(text) for text in TEXTS] + [7]).tolist() == [
        *whole.places([len(text) for text in TEXTS]),
        -1,
    ]
    alike = mapped.likeness(TEXTS[0], vectors[0])
    assert alike == pytest.approx(whole.likeness(TEXTS[0], vectors[0]), abs=1e-5)
    assert alike.argmax() == mapped.places([len(TEXTS[0])])[0]


def test_the_newest_shelf_is_found_and_none_where_nothing_was_written(tmp_path):
    first, second = shelf_of(TEXTS)[0], shelf_of(TEXTS[:2])[0]

    assert shelf.newest(tmp_path, "model") is None
    for one in (first, second, first):
        shelf.write(one, tmp_path, "model")
        assert len(shelf.newest(tmp_path, "model")) == len(one)


def test_what_a_shelf_lacks_is_compared_by_the_same_measure(tmp_path):
    common = shelf_of(TEXTS[:3])[0]
    beside, vectors = shelf_of(TEXTS[3:], common)

    alike = beside.likeness(TEXTS[3], vectors[0], common)

    assert alike == pytest.approx([vectors[0] @ vectors[0] + shelf.SPELLING], abs=1e-4)
