"""Somebody who tries the portal out gets one login per role."""

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse


@pytest.fixture
def own_folder(settings, tmp_path):
    settings.DEBUG = True
    settings.LOCAL_DIR = tmp_path
    return tmp_path


def test_each_role_can_sign_in_with_its_printed_password(own_folder, db):
    call_command("create_demo_logins", verbosity=0)

    for line in (own_folder / "demo-logins.txt").read_text().splitlines():
        username, password, _group = line.split()
        response = Client().post(
            reverse("account_login"), {"login": username, "password": password}
        )
        assert response.status_code == 302, username


def test_passwords_stay_when_run_again(own_folder, db):
    call_command("create_demo_logins", verbosity=0)
    before = (own_folder / "demo-logins.txt").read_text()

    call_command("create_demo_logins", verbosity=0)

    assert (own_folder / "demo-logins.txt").read_text() == before
    assert (own_folder / "demo-logins.txt").stat().st_mode & 0o777 == 0o600


def test_an_editor_may_change_offers_but_not_people(own_folder, db):
    call_command("create_demo_logins", verbosity=0)

    editor = User.objects.get(username="redaktion")

    assert editor.has_perm("offers.change_offer")
    assert not editor.has_module_perms("network")


def test_production_gets_no_demo_logins(settings, db):
    settings.DEBUG = False

    with pytest.raises(CommandError):
        call_command("create_demo_logins")
