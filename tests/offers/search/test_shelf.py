"""How texts are compared in spelling and meaning, from files that all processes share."""

import numpy as np
import pytest

from offers.search.index import vectors
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
    whole, meant = shelf_of(TEXTS)

    mapped = shelf.write(whole, tmp_path, "model")

    assert mapped.places([len(text) for text in TEXTS] + [7]).tolist() == [
        *whole.places([len(text) for text in TEXTS]),
        -1,
    ]
    alike = mapped.likeness(TEXTS[0], meant[0])
    assert alike == pytest.approx(whole.likeness(TEXTS[0], meant[0]), abs=1e-5)
    assert alike.argmax() == mapped.places([len(TEXTS[0])])[0]


def test_the_newest_shelf_is_found_and_none_where_nothing_was_written(tmp_path):
    first, second = shelf_of(TEXTS)[0], shelf_of(TEXTS[:2])[0]

    assert shelf.newest(tmp_path, "model") is None
    for one in (first, second, first):
        shelf.write(one, tmp_path, "model")
        assert len(shelf.newest(tmp_path, "model")) == len(one)


def test_what_a_shelf_lacks_is_compared_by_the_same_measure(tmp_path):
    common = shelf_of(TEXTS[:3])[0]
    beside, meant = shelf_of(TEXTS[3:], common)

    alike = beside.likeness(TEXTS[3], meant[0], common)

    assert alike == pytest.approx([meant[0] @ meant[0] + shelf.SPELLING], abs=1e-4)


def test_a_shelf_whose_files_were_emptied_is_kept_in_memory(tmp_path, settings):
    settings.ENCODER_DIR = tmp_path
    whole, _vectors = shelf_of(TEXTS)
    shared_of = vectors._on_file(whole)
    for file in tmp_path.rglob("*.npy"):
        file.unlink()

    assert len(shared_of) == len(TEXTS)
    assert vectors._on_file(whole) is whole
