"""Nobody works in the administration with a password alone."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.fixture
def name_and_password(password):
    return {"login": "frieda", "password": password}


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
