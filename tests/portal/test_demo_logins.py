"""Somebody who tries the portal out gets one login per role, with a second factor."""

import subprocess
import sys
import time

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from kekiz_portal.tools.local import demo_codes
from tests.factories.offers import InstitutionFactory, OfferFactory


@pytest.fixture
def own_folder(settings, tmp_path):
    settings.DEBUG = True
    settings.LOCAL_DIR = tmp_path
    cache.clear()
    return tmp_path


def test_each_role_can_sign_in_with_its_printed_password_and_code(own_folder, db):
    call_command("create_demo_logins", verbosity=0)
    *now, _until = demo_codes.lines(own_folder, time.time())
    codes = dict(line.split() for line in now)

    for line in (own_folder / "demo-logins.txt").read_text().splitlines():
        username, password, _secret, _role = line.split()
        client = Client()
        client.post(reverse("account_login"), {"login": username, "password": password})
        client.post(reverse("mfa_authenticate"), {"code": codes[username]})
        assert client.get("/verwaltung/").status_code == 200, username


def test_passwords_and_secrets_stay_when_run_again(own_folder, db):
    call_command("create_demo_logins", verbosity=0)
    before = (own_folder / "demo-logins.txt").read_text()

    call_command("create_demo_logins", verbosity=0)

    assert (own_folder / "demo-logins.txt").read_text() == before
    assert (own_folder / "demo-logins.txt").stat().st_mode & 0o777 == 0o600


def test_the_providers_editor_has_an_institution_with_offers(own_folder, db):
    institution = InstitutionFactory()
    OfferFactory(provider=institution)

    call_command("create_demo_logins", verbosity=0)

    editorships = User.objects.get(username="traeger").editorships.all()
    assert [one.institution for one in editorships] == [institution]


def test_production_gets_no_demo_logins(settings, db):
    settings.DEBUG = False

    with pytest.raises(CommandError):
        call_command("create_demo_logins")


def test_codes_need_nothing_installed(own_folder, db):
    call_command("create_demo_logins", verbosity=0)

    shown = subprocess.run(
        [sys.executable, "-S", demo_codes.__file__],
        env={"KEKIZ_STATE_DIR": str(own_folder), "PYTHONPATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )

    assert len(shown.stdout.splitlines()) == len(User.objects.all()) + 1, shown.stderr
