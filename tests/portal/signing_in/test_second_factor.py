"""Nobody works in the administration with a password alone."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.urls import reverse

from kekiz_portal.signing_in.second_factor import FACTORS

pytestmark = pytest.mark.django_db

REMOVE_APP = "/verwaltung/konto/app/entfernen/"


@pytest.fixture
def name_and_password(password):
    return {"login": "frieda", "password": password}


def passkey_of(user, name):
    kind = Authenticator.Type.WEBAUTHN
    return Authenticator.objects.create(user=user, type=kind, data={"name": name})


def factors_of(user):
    factors = Authenticator.objects.filter(user=user, type__in=FACTORS)
    return [factor.type for factor in factors]


def works_in_administration(client):
    return client.get(reverse("admin:index")).status_code == 200


def test_password_and_code_open_the_administration(
    client, frieda_with_app, name_and_password, code
):
    asked = client.post(reverse("account_login"), name_and_password, follow=True)
    assert asked.redirect_chain[-1][0] == reverse("mfa_authenticate")
    assert not works_in_administration(client)

    client.post(reverse("mfa_authenticate"), {"code": code()})

    assert works_in_administration(client)


def test_session_gets_a_new_name_at_sign_in(client, frieda_with_app, name_and_password, code):
    client.post(reverse("account_login"), name_and_password)
    before = client.session.session_key

    client.post(reverse("mfa_authenticate"), {"code": code()})

    assert client.session.session_key != before


def test_wrong_code_is_explained_and_opens_nothing(client, frieda_with_app, name_and_password):
    client.post(reverse("account_login"), name_and_password)

    response = client.post(reverse("mfa_authenticate"), {"code": "000000"})

    assert response.status_code == 200
    assert "Dieser Code stimmt nicht" in response.content.decode()
    assert not works_in_administration(client)


@pytest.mark.parametrize("name", ["admin:index", "admin:auth_user_changelist", "admin:jsi18n"])
def test_without_a_second_factor_one_is_led_to_its_enrolment(
    client, frieda, name, name_and_password
):
    client.post(reverse("account_login"), name_and_password)

    response = client.get(reverse(name))

    assert response.status_code == 302
    assert response.url == reverse("mfa_index")


def test_without_a_second_factor_one_can_sign_out(client, frieda, name_and_password):
    client.post(reverse("account_login"), name_and_password)

    client.post(reverse("account_logout"))

    assert "_auth_user_id" not in client.session


def test_a_session_that_knows_only_the_password_ends_when_a_factor_is_set_up(
    client, frieda, name_and_password
):
    """Somebody who learned the password first must not get in once its owner enrolled."""
    client.post(reverse("account_login"), name_and_password)
    TOTP.activate(frieda, generate_totp_secret())

    for name in ["mfa_deactivate_totp", "account_reauthenticate", "admin:index"]:
        response = client.get(reverse(name))
        assert response.status_code == 302, name

    assert "_auth_user_id" not in client.session
    assert Authenticator.objects.filter(user=frieda).exists()


@pytest.mark.parametrize("signed_in_before", [False, True])
def test_the_admins_own_login_is_no_way_around(
    client, frieda, signed_in, signed_in_before, password
):
    if signed_in_before:
        signed_in(client, User.objects.create_user("karl", is_staff=True))
    sent = {"username": "frieda", "password": password, "this_is_the_login_form": "1"}

    response = client.post(reverse("admin:login"), sent)

    assert response.status_code == 302
    assert client.session.get("_auth_user_id") != str(frieda.pk)


def test_the_admins_login_leads_back_to_where_one_wanted_to_go(client):
    wanted = reverse("admin:offers_offer_changelist")

    response = client.get(wanted, follow=True)

    assert response.redirect_chain[-1][0].startswith(reverse("account_login"))
    assert response.context["request"].GET["next"] == wanted


def test_the_admins_login_leads_nowhere_else(client):
    response = client.get(reverse("admin:login"), {"next": "https://example.org/"})

    assert response.url == f"{reverse('account_login')}?next={reverse('admin:index')}"


def test_somebody_without_rights_is_refused(client, signed_in):
    signed_in(client, User.objects.create_user("gast"))

    response = client.get(reverse("admin:index"), follow=True)

    assert response.status_code == 403


def test_pages_of_the_staff_are_kept_by_no_cache(client, frieda_with_app, signed_in):
    signed_in(client, frieda_with_app)

    for name in ["admin:index", "mfa_index"]:
        assert "no-store" in client.get(reverse(name)).headers["Cache-Control"]
    assert "no-store" in Client().get(reverse("account_login")).headers["Cache-Control"]


def test_the_last_app_cannot_be_removed_and_the_page_says_what_to_do(
    client, frieda_with_app, signed_in, settings
):
    RecoveryCodes.activate(frieda_with_app)
    signed_in(client, frieda_with_app)

    for answer in [client.get(REMOVE_APP), client.post(REMOVE_APP)]:
        page = answer.content.decode()
        assert "Das ist Ihr letzter zweiter Faktor" in page
        assert f'href="{reverse("mfa_add_webauthn")}"' in page
        assert settings.CITY["contact"]["phone"] in page
    assert factors_of(frieda_with_app) == ["totp"]
    assert works_in_administration(client)


def test_the_last_passkey_cannot_be_removed_and_the_page_says_what_to_do(client, frieda, signed_in):
    passkey = passkey_of(frieda, "Diensthandy")
    signed_in(client, frieda)
    remove = reverse("mfa_remove_webauthn", args=[passkey.pk])

    for answer in [client.get(remove), client.post(remove)]:
        page = answer.content.decode()
        assert "Das ist Ihr letzter zweiter Faktor" in page
        assert f'href="{reverse("mfa_activate_totp")}"' in page
    assert factors_of(frieda) == ["webauthn"]


def test_of_two_factors_one_can_be_removed(client, frieda_with_app, signed_in):
    passkey = passkey_of(frieda_with_app, "Diensthandy")
    old = passkey_of(frieda_with_app, "Altes Handy")
    signed_in(client, frieda_with_app)

    client.post(reverse("mfa_remove_webauthn", args=[old.pk]))
    client.post(REMOVE_APP)
    assert factors_of(frieda_with_app) == ["webauthn"]

    client.post(reverse("mfa_remove_webauthn", args=[passkey.pk]))
    assert factors_of(frieda_with_app) == ["webauthn"]


@pytest.mark.django_db(transaction=True)
def test_two_windows_at_once_do_not_remove_both_factors(frieda_with_app, signed_in):
    passkey = passkey_of(frieda_with_app, "Diensthandy")
    windows = [signed_in(Client(), frieda_with_app) for _ in range(2)]
    together = Barrier(2)

    def remove(window, address):
        together.wait()
        answer = window.post(address)
        connection.close()
        return answer.status_code

    addresses = [REMOVE_APP, reverse("mfa_remove_webauthn", args=[passkey.pk])]
    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(remove, windows, addresses))

    assert sorted(answers) == [200, 302]
    assert len(factors_of(frieda_with_app)) == 1
