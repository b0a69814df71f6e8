"""Frieda, her password and the app on her phone."""

import time

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.contrib.auth.models import User
from django.core.cache import cache

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def nobody_tried_before():
    """Used codes and the number of requests are remembered in the cache."""
    cache.clear()


@pytest.fixture
def password():
    return "drei-blaue-boote"


@pytest.fixture
def frieda(db, password):
    """Has a password, no second factor yet."""
    return User.objects.create_superuser("frieda", password=password)


@pytest.fixture
def frieda_with_app(frieda):
    TOTP.activate(frieda, SECRET)
    return frieda


@pytest.fixture
def code():
    """What an authenticator app shows now: code(); of another secret: code(secret)."""

    def shown(secret=SECRET):
        return format_hotp_value(hotp_value(secret, int(time.time()) // 30))

    return shown
