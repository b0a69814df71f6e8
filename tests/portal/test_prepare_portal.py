"""The first start loads the city's facts once, and goes on where it was cut short."""

import pytest
from django.core.management import call_command

from kekiz_portal.tools.management.commands import prepare_portal
from kekiz_portal.tools.management.commands.prepare_portal import (
    DONE,
    STARTED,
    read_mark,
    write_mark,
)
from offers.models import Offer, OfferType


@pytest.fixture
def loads(settings, tmp_path, monkeypatch, db):
    """The folders that were loaded; the load itself is the offers' own business."""
    settings.DEBUG = True
    settings.LOCAL_DIR = tmp_path
    folders = []

    def call(name, *arguments, **options):
        if name == "load_facts":
            assert options["meanings_later"]  # nobody waits a minute for the first page
            folders.append(arguments[0])

    monkeypatch.setattr(prepare_portal, "call_command", call)
    return folders


def an_offer():
    kind = OfferType.objects.create(slug="kurs", name="Kurs")
    return Offer.objects.create(
        title="Vorlesen", slug="vorlesen", provider_name="Bücherei", offer_type=kind
    )


def test_an_empty_portal_is_filled_once(loads, settings):
    call_command("prepare_portal")
    call_command("prepare_portal")

    assert loads == [str(settings.CITY_DIR)]
    assert read_mark() == DONE


def test_a_first_load_that_was_cut_short_goes_on(loads, settings):
    an_offer()
    write_mark(STARTED)

    call_command("prepare_portal")

    assert loads == [str(settings.CITY_DIR)]


def test_a_portal_with_offers_of_its_own_is_left_alone(loads):
    an_offer()

    call_command("prepare_portal")

    assert loads == []


def test_offers_that_were_all_deleted_do_not_come_back(loads):
    write_mark(DONE)

    call_command("prepare_portal")

    assert loads == []
