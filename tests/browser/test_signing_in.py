"""The ways of the staff through the sign-in, in a real browser."""

import time

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.contrib.auth.models import User
from django.core.cache import cache
from playwright.sync_api import expect

from tests.browser.barriers import serious_barriers
from tests.portal.signing_in.conftest import SECRET

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "drei-blaue-boote"


@pytest.fixture(autouse=True)
def nobody_tried_before(transactional_db):
    cache.clear()


@pytest.fixture
def frieda(transactional_db):
    return User.objects.create_superuser("frieda", password=PASSWORD)


@pytest.fixture
def frieda_with_app(frieda):
    TOTP.activate(frieda, SECRET)
    return frieda


@pytest.fixture
def complaints(page):
    """Everything the browser complains about: refused styles and scripts, missing files."""
    heard = []
    page.on("console", lambda said: said.type == "error" and heard.append(said.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard


@pytest.fixture
def passkeys(page):
    """A device with a fingerprint reader that always says yes; returns its CDP session."""
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return device


def code(secret=SECRET):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def press(page, role, name):
    """Press what leads to another page, and wait until that page is there."""
    with page.expect_event("load"):
        page.get_by_role(role, name=name).click()


def give_password(page, password=PASSWORD):
    page.get_by_label("Benutzername").fill("frieda")
    page.get_by_label("Passwort").fill(password)
    press(page, "button", "Weiter")


def give_code(page, value):
    page.get_by_label("Code").fill(value)
    page.get_by_role("button", name="Anmelden").click()


def in_administration(page):
    return expect(page.locator("#user-tools")).to_be_attached()


def test_the_first_sign_in_sets_up_the_app_and_shows_emergency_codes_once(page, frieda, complaints):
    page.goto("/verwaltung/offers/offer/")
    give_password(page)

    expect(page.get_by_role("heading", level=1)).to_contain_text("zweiter Schlüssel")
    page.get_by_role("link", name="App einrichten").click()
    page.get_by_text("Als Text eingeben").click()
    secret = page.locator(".sign-in__secret").inner_text()
    page.get_by_label("Code aus der App").fill(code(secret))
    page.get_by_role("button", name="App einrichten").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Notfallcodes")
    codes = page.locator(".sign-in__codes code").all_inner_texts()
    with page.expect_download() as download:
        page.get_by_role("link", name="Herunterladen").click()
    kept = download.value.path().read_text(encoding="utf-8")
    assert len(codes) == 10
    assert [one for one in codes if one not in kept] == []

    page.reload()
    expect(page.get_by_text("schon gezeigt")).to_be_visible()
    page.goto("/verwaltung/")
    in_administration(page)
    assert complaints == []


def test_password_and_code_lead_to_where_one_wanted_to_go(page, frieda_with_app, complaints):
    page.goto("/verwaltung/offers/offer/")
    give_password(page)
    give_code(page, code())

    in_administration(page)
    assert page.url.endswith("/verwaltung/offers/offer/")
    assert complaints == []


def test_axe_finds_nothing_serious_on_the_way_in(page, frieda):
    found = {}

    def look(name):
        found[name] = serious_barriers(page)

    page.goto("/verwaltung/")
    look("sign-in")
    give_password(page, "falsch")
    look("sign-in with an error")
    give_password(page)
    look("what to set up")
    press(page, "link", "App einrichten")
    look("app")
    secret = page.locator(".sign-in__secret").text_content()
    page.get_by_label("Code aus der App").fill("000000")
    press(page, "button", "App einrichten")
    look("app with an error")
    page.get_by_label("Code aus der App").fill(code(secret))
    press(page, "button", "App einrichten")
    look("emergency codes")
    press(page, "button", "Abmelden")
    give_password(page)
    look("code")

    assert len(found) == 7
    assert {name: rules for name, rules in found.items() if rules} == {}


def test_a_wrong_code_is_explained_and_the_way_goes_on(page, frieda_with_app):
    page.goto("/verwaltung/")
    give_password(page)
    give_code(page, "000000")

    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("Dieser Code stimmt nicht")
    assert serious_barriers(page) == []
    give_code(page, code())
    in_administration(page)


def test_an_emergency_code_opens_once(page, frieda_with_app):
    codes = RecoveryCodes.activate(frieda_with_app)
    spare = codes.get_unused_codes()[0]

    page.goto("/verwaltung/")
    give_password(page)
    give_code(page, spare)
    in_administration(page)
    page.goto("/verwaltung/konto/abmelden/")
    page.get_by_role("main").get_by_role("button", name="Abmelden").click()
    page.goto("/verwaltung/")
    give_password(page)
    give_code(page, spare)

    expect(page.locator(".error-summary")).to_be_visible()


def test_somebody_locked_reads_why_and_an_administrator_unlocks(
    page, browser, live_server, frieda_with_app, signed_in_page
):
    elsewhere = browser.new_context(base_url=live_server.url, locale="de-DE").new_page()
    elsewhere.goto("/verwaltung/")
    for _ in range(5):
        give_password(elsewhere, "falsch")
    expect(elsewhere.get_by_role("heading", level=1)).to_contain_text("gesperrt")
    assert serious_barriers(elsewhere) == []

    admin = signed_in_page(User.objects.create_superuser("ada"))
    admin.goto("/verwaltung/axes/accessattempt/")
    admin.locator(".action-select").first.check()
    admin.get_by_role("combobox").first.select_option(label="Entsperren")
    admin.get_by_role("button", name="Ausführen").click()
    expect(admin.get_by_text("1 Sperre aufgehoben")).to_be_visible()

    elsewhere.goto("/verwaltung/")
    give_password(elsewhere)
    expect(elsewhere.get_by_role("heading", level=1)).to_have_text("Zweiter Faktor")
    elsewhere.context.close()


def test_a_passkey_is_set_up_and_signs_in(page, frieda, passkeys, live_server, complaints):
    localhost = live_server.url.replace("127.0.0.1", "localhost")  # passkeys know no addresses
    page.goto(f"{localhost}/verwaltung/")
    give_password(page)
    page.get_by_role("link", name="Passkey einrichten").click()
    page.get_by_label("Name").fill("Diensthandy")
    page.get_by_role("button", name="Passkey einrichten").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Notfallcodes")
    page.goto(f"{localhost}/verwaltung/konto/abmelden/")
    page.get_by_role("main").get_by_role("button", name="Abmelden").click()

    page.goto(f"{localhost}/verwaltung/")
    give_password(page)
    page.get_by_role("button", name="Passkey benutzen").click()

    in_administration(page)
    assert complaints == []


def test_a_closed_passkey_window_is_explained(page, frieda, passkeys, live_server):
    localhost = live_server.url.replace("127.0.0.1", "localhost")
    page.goto(f"{localhost}/verwaltung/")
    give_password(page)
    press(page, "link", "Passkey einrichten")
    page.evaluate("navigator.credentials.create = () => Promise.reject(new Error('closed')); null")
    page.get_by_role("button", name="Passkey einrichten").click()

    expect(page.get_by_text("Das hat nicht geklappt")).to_be_visible()


def test_signing_in_works_without_javascript(page_without_javascript, frieda_with_app):
    page = page_without_javascript
    page.goto("/verwaltung/")
    give_password(page)
    give_code(page, code())

    in_administration(page)


def test_axe_finds_nothing_serious_where_administrators_look_after_people(signed_in_page):
    page = signed_in_page(User.objects.create_superuser("ada"))

    for path in ("network/auditentry/", "auth/user/", "auth/user/add/", "axes/accessattempt/"):
        page.goto(f"/verwaltung/{path}")
        assert serious_barriers(page) == [], path
