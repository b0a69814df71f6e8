"""A phone on a slow line fetches one stylesheet, not forty."""

import re

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

pytestmark = pytest.mark.django_db

COLLECTED = {"BACKEND": "kekiz_portal.serving.stylesheet.OneStylesheetStorage"}


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """The files of the pages as in production."""
    folder = tmp_path_factory.mktemp("static")
    storages = settings.STORAGES | {"staticfiles": COLLECTED}
    with override_settings(STORAGES=storages, STATIC_ROOT=folder):
        call_command("collectstatic", interactive=False, verbosity=0)
        yield folder


def stylesheets_of(client):
    return re.findall(r'rel="stylesheet" href="/static/([^"]+)"', client.get("/").content.decode())


def test_a_page_loads_one_stylesheet_that_loads_no_other(client, collected):
    sheets = stylesheets_of(client)

    assert len(sheets) == 1
    style = (collected / sheets[0]).read_text()
    assert "@import" not in style
    assert style.startswith("@layer vendor, tokens, base, layout, components, utilities;")
    assert all(part in style for part in ["--paper:", ".offer-card__title", "@media print"])


def test_collecting_again_gives_the_same_sheet(client, collected):
    before = stylesheets_of(client)

    call_command("collectstatic", interactive=False, verbosity=0)

    assert stylesheets_of(client) == before
    assert ".offer-card__title" in (collected / before[0]).read_text()
