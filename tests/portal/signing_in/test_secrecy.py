"""What opens the administration lies encrypted, and a changed key never opens it by accident."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from tests.portal.signing_in.conftest import SECRET

pytestmark = pytest.mark.django_db


def sign_in(client, password, code):
    client.post(reverse("account_login"), {"login": "frieda", "password": password})
    return client.post(reverse("mfa_authenticate"), {"code": code})


def test_the_secret_of_an_app_lies_encrypted_in_the_database(frieda_with_app):
    assert SECRET not in str(Authenticator.objects.get(user=frieda_with_app).data)


def test_an_app_works_on_after_the_key_of_the_portal_was_exchanged(
    client, frieda_with_app, password, code, settings
):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-" * 10

    assert sign_in(client, password, code()).url == reverse("admin:index")


def test_where_the_key_is_lost_no_code_opens(client, frieda_with_app, password, code, settings):
    settings.SECRET_KEY = "another-" * 10

    for secret in [SECRET, "A" * 32, ""]:
        response = sign_in(client, password, code(secret))
        assert response.status_code == 200

    assert "_auth_user_id" not in client.session
