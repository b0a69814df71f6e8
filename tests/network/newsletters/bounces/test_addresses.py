"""The address a newsletter comes back to says which mail it is about, and cannot be made up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.models import Delivery
from network.newsletters.bounces.checks import bounce_address_leaves_room
from network.newsletters.sending.return_addresses import delivery_id_in, return_path

MOST = 2**63 - 1


@pytest.mark.parametrize("number", [1, 35, 36, 1_000_000, MOST])
def test_an_address_names_its_mail_and_stays_short_enough(number, settings):
    settings.BOUNCE_ADDRESS = f"{'b' * 33}@portal.example"

    address = return_path(Delivery(pk=number))

    assert delivery_id_in(address) == number
    assert len(address.partition("@")[0]) <= 64


def test_a_server_may_write_the_address_in_capitals_and_with_a_name():
    address = return_path(Delivery(pk=4711))

    assert delivery_id_in(f'"Rückläufer" <{address.upper()}>') == 4711


def test_addresses_of_old_newsletters_are_known_after_the_key_changed(settings):
    address = return_path(Delivery(pk=4711))
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key"

    assert delivery_id_in(address) == 4711
    assert return_path(Delivery(pk=4711)) != address


def test_an_address_of_a_foreign_key_is_nobodys(settings):
    address = return_path(Delivery(pk=4711))
    settings.SECRET_KEY = "another-key"

    assert delivery_id_in(address) is None


def test_the_signature_of_one_mail_does_not_fit_another():
    signature = return_path(Delivery(pk=1)).partition("-")[2]

    assert delivery_id_in(f"bounces+2-{signature}") is None


def test_without_an_address_for_bounces_newsletters_come_back_to_their_sender(settings):
    settings.BOUNCE_ADDRESS = ""
    settings.DEFAULT_FROM_EMAIL = "Stadt Herne <portal@portal.example>"

    assert return_path(Delivery(pk=1)) == "portal@portal.example"


@given(st.text())
def test_no_text_passes_for_an_address_of_ours(text):
    assert delivery_id_in(text) is None


@pytest.mark.parametrize(
    ("address", "is_fine"),
    [
        ("", True),
        (f"{'b' * 33}@portal.example", True),
        (f"{'b' * 34}@portal.example", False),
        ("bounces", False),
        ("@portal.example", False),
    ],
)
def test_an_address_that_leaves_no_room_is_told_before_the_start(settings, address, is_fine):
    settings.BOUNCE_ADDRESS = address

    assert (bounce_address_leaves_room() == []) is is_fine
