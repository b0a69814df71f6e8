"""All of Herne: what its files say is what the portal exports, and an empty one loads it again."""

import pytest

from tests.offers.exchange.round_trip import FILES, comes_back_the_same, differences, exported

pytestmark = pytest.mark.django_db


def test_herne_is_what_its_files_say_to_the_last_byte(herne, tmp_path):
    files = {name: (herne / name).read_bytes() for name in FILES}

    found = exported(tmp_path)

    assert differences(files, found) == {}
    assert all(files[name] == found[name] for name in FILES)


def test_herne_comes_back_from_an_empty_portal(herne, tmp_path):
    comes_back_the_same(tmp_path)
