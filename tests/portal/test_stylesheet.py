"""A phone on a slow line fetches one stylesheet, not forty."""

import re

import pytest
from django.core.management import call_command

pytestmark = pytest.mark.django_db

COLLECTED = {"BACKEND": "kekiz_portal.stylesheet.OneStylesheetStorage"}


@pytest.fixture
def collected(settings, tmp_path):
    """The files of the pages as in production, collected anew."""
    settings.STORAGES = settings.STORAGES | {"staticfiles": COLLECTED}
    settings.STATIC_ROOT = tmp_path
    call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path


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
