"""Fixtures used everywhere; nothing clever."""

import datetime as dt
import fcntl
import gc
import os
import secrets
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from copy import copy
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
import redis
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings as portal_settings
from django.core.cache import cache
from django.core.management import call_command
from django.core.signals import setting_changed
from django.db import connection
from django.db.backends.signals import connection_created
from django.dispatch import receiver
from django.test import Client, TransactionTestCase, client, override_settings
from django.test.utils import ContextList
from django.utils import timezone, translation
from playwright.sync_api import expect, sync_playwright

from kekiz_portal.celery import app as celery_app
from kekiz_portal.configuration import with_redis_database
from kekiz_portal.serving.kept_pages.shelf import SHELF
from kekiz_portal.signing_in.second_factor import has_factor_since, prove
from offers.browsing.ready import parts
from offers.catalogue import held
from offers.search.query import memory
from offers.templatetags import ready
from tests import databases, own_share, rows, tables

ROOT = Path(__file__).resolve().parent.parent
FACTS = ROOT / "data" / "herne"
# What production demands of its environment.
PRODUCTION = {
    "DEBUG": "false",
    "SECRET_KEY": secrets.token_urlsafe(60),
    "ALLOWED_HOSTS": "portal.example",
    "DATABASE_URL": "postgresql://portal@localhost/portal",
    "REDIS_URL": "redis://localhost",
    "SECURE_PROXY": "true",
}
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
BROWSER_TIMEOUT_MS = 30_000
WORKER_READY_SECONDS = 30
WORKER_END_SECONDS = 15


def pytest_configure(config):
    """Keep off a portal on the same servers and other test processes; the one that only hands
    out tests to others needs nothing."""
    if is_worker(config) or config.getoption("dist", "no") == "no":
        take_redis_databases()
    portal_settings.PASSWORD_HASHERS = ["tests.quick_hasher.QuickHasher"]
    portal_settings.SEARCH_WAITS_FOR_CHANGES = True
    client.store_rendered_templates = keep_the_first_context


def pytest_sessionfinish(session):
    """Whoever handed out the tests removes what the processes shared."""
    if session.config.getoption("dist", "no") != "no" and not is_worker(session.config):
        tables.drop(session.config._tmp_path_factory.getbasetemp())


def is_worker(config):
    return hasattr(config, "workerinput")


def keep_the_first_context(store, signal, sender, template, context, **_):
    """Let an answer remember the context of its page alone; no test asks for those of its parts,
    of which some pages have hundreds.
    """
    if "context" not in store:
        store["context"] = ContextList([copy(context)])


def pytest_collection_finish():
    """Look for garbage seldom, never among what was imported; that took a seventh of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)


@receiver(connection_created)
def a_question_that_takes_too_long_is_named(connection, **_):
    if rows.name_what_takes_too_long not in connection.execute_wrappers:
        connection.execute_wrappers.append(rows.name_what_takes_too_long)


@receiver(setting_changed)
def under_other_settings_pages_are_others(setting, **_):
    """No page stays, and where files lie elsewhere, no part of a page that names them."""
    SHELF.forget()
    if setting == "STORAGES":
        parts.cache_clear()
        ready._icon.cache_clear()
        ready._Shell.city = None
        held._Held.catalogue = None


def take_redis_databases():
    """Let this process, and every one it starts, use Redis databases nobody else uses."""
    url, cache = portal_settings.REDIS_URL, portal_settings.CACHES["default"]
    portal = own_share.database_of(url), own_share.database_of(cache["LOCATION"])
    broker, own_cache = own_share.own_redis_databases(url, *portal)
    portal_settings.REDIS_URL = with_redis_database(url, broker)
    cache["LOCATION"] = with_redis_database(url, own_cache)
    celery_app.conf.update(
        broker_url=portal_settings.REDIS_URL, result_backend=portal_settings.REDIS_URL
    )
    os.environ["REDIS_URL"] = portal_settings.REDIS_URL
    os.environ["REDIS_CACHE_DATABASE"] = str(own_cache)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(shared_folder, django_db_blocker):
    """Give each process that runs tests a database of its own, with tables made once."""
    database = connection.settings_dict
    number = own_share.own_number(os.environ["DATABASE_URL"])
    database["TEST"]["NAME"] = f"test_{database['NAME']}_{number}"
    if "PYTEST_XDIST_WORKER" in os.environ:
        with django_db_blocker.unblock():
            database["TEST"] |= {"TEMPLATE": tables.made_once(shared_folder), "MIGRATE": False}


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Whatever a test starts finds the database of the tests too; what a test commits goes fast."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    name = connection.settings_dict["NAME"]
    assert name.startswith("test_"), "mark the test with django_db: this is the portal's database"
    os.environ["DATABASE_URL"] = urlunsplit(parts._replace(path=f"/{name}"))
    with pytest.MonkeyPatch.context() as patch:
        with django_db_blocker.unblock():
            rows.hurry()
            if "TEMPLATE" not in connection.settings_dict["TEST"]:
                databases.count_changes()
            fresh = databases.Database(name, rows.read(rows.every_model()))
            patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _: fresh.go_back())
        yield fresh
        with django_db_blocker.unblock():
            rows.end_other_sessions()


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory):
    """A folder of this run that all its processes use."""
    folder = tmp_path_factory.getbasetemp()
    return folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder


@pytest.fixture(scope="session")
def rows_made_once(shared_folder, django_db_setup, django_db_blocker):
    """Rows that take long to make, made by one process for all: rows_made_once(name, make)."""

    def made(name, make):
        with django_db_blocker.unblock():
            found = rows.made_once(shared_folder, name, make)
        # Other words of this process may have had the number that these bring along.
        memory._here.fingerprint = None
        return found

    return made


@pytest.fixture(scope="session")
def herne_as_rows(rows_made_once):
    """Herne's facts, loaded once, ready to be poured in, but for what sentences mean."""

    def make():
        call_command("load_facts", FACTS, meanings_later=True, verbosity=0)

    return rows_made_once("herne", lambda: rows.made_by(make))


@pytest.fixture(scope="session")
def database_with(django_db_setup, django_db_blocker):
    """A database of this process with rows, made when first asked for: database_with(name, rows).

    Used by ``with database_with(…).opened():``; what is committed there is taken back by
    ``go_back``.
    """
    made = {}

    def database(name, written):
        if name not in made:
            with django_db_blocker.unblock():
                made[name] = databases.with_rows(name, written, django_db_setup)
        return made[name]

    yield database
    with django_db_blocker.unblock():
        for one in made.values():
            databases.drop(one)


@pytest.fixture(autouse=True)
def nobody_has_asked_yet():
    """What one test asked for is no burden on the next: limits begin anew, no page is kept.

    Nor is its language.
    """
    translation.activate(portal_settings.LANGUAGE_CODE)
    cache.clear()
    SHELF.forget()


@pytest.fixture(scope="session", autouse=True)
def own_media_folder(tmp_path_factory):
    """Pictures of tests do not meet those of a developer's portal."""
    portal_settings.MEDIA_ROOT = tmp_path_factory.mktemp("media")


def with_files_in(folder):
    storage = {"BACKEND": "kekiz_portal.serving.bundles.BundledStorage"}
    storages = portal_settings.STORAGES | {"staticfiles": storage}
    return override_settings(STORAGES=storages, STATIC_ROOT=folder)


@pytest.fixture(scope="session")
def collected_files(shared_folder):
    """The files of the pages as a release collects them, in a folder; one process does for all."""
    folder = shared_folder / "static"
    with (shared_folder / "static.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            half = folder.with_suffix(".half")
            command = [sys.executable, "manage.py", "collectstatic", "--noinput"]
            environment = os.environ | PRODUCTION | {"STATIC_ROOT": str(half)}
            done = subprocess.run(
                command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, done.stderr
            half.rename(folder)
    return folder


@pytest.fixture(scope="module")
def collected(collected_files):
    """The same folder, with pages that load their files from it."""
    with with_files_in(collected_files):
        yield collected_files


@pytest.fixture(scope="session")
def browser_path():
    """The Chromium of this machine; without one the test is skipped, in CI it fails."""
    for name in BROWSERS:
        if found := shutil.which(name):
            return found
    message = "no Chromium on this machine (Debian: apt-get install chromium)"
    if os.environ.get("CI"):
        pytest.fail(message)
    return pytest.skip(message)


@pytest.fixture(scope="session")
def browser(browser_path):
    """A real browser, started once."""
    # Playwright runs an event loop in this thread, which Django takes for asynchronous code with
    # a connection of its own.
    connection.close()
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    quiet = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
    quiet += ["--disable-background-networking", "--disable-component-update"]
    if os.geteuid() == 0:  # Chromium refuses its sandbox to root
        quiet.append("--no-sandbox")
    with sync_playwright() as playwright:
        expect.set_options(timeout=BROWSER_TIMEOUT_MS)
        chromium = playwright.chromium.launch(executable_path=browser_path, args=quiet)
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def page(browser, live_server):
    """A fresh page of a phone's size that knows the portal's address: page.goto("/")."""
    context = browser.new_context(
        base_url=live_server.url, locale="de-DE", viewport={"width": 360, "height": 740}
    )
    context.set_default_timeout(BROWSER_TIMEOUT_MS)
    yield context.new_page()
    context.close()


@pytest.fixture
def page_without_javascript(browser, live_server):
    """The same page in a browser that runs no script."""
    context = browser.new_context(
        base_url=live_server.url,
        locale="de-DE",
        viewport={"width": 360, "height": 740},
        java_script_enabled=False,
    )
    context.set_default_timeout(BROWSER_TIMEOUT_MS)
    yield context.new_page()
    context.close()


@pytest.fixture
def signed_in():
    """Sign somebody in with a second factor: signed_in(client, user) -> the same client."""

    def sign_in(client, user):
        if not has_factor_since(user):
            TOTP.activate(user, generate_totp_secret())
        client.force_login(user)
        session = client.session
        prove(session, user)
        session.save()
        return client

    return sign_in


@pytest.fixture
def signed_in_page(page, live_server, signed_in):
    """The browser's page with somebody signed in: signed_in_page(user) -> page."""

    def sign_in(user):
        client = signed_in(Client(), user)
        name = portal_settings.SESSION_COOKIE_NAME
        cookie = {"name": name, "value": client.cookies[name].value, "url": live_server.url}
        page.context.add_cookies([cookie])
        return page

    return sign_in


@pytest.fixture
def manage():
    """Run manage.py as an operator would: manage("check", DEBUG="false") -> finished process."""

    def run(*arguments, timeout=60, **environment):
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=os.environ | {"DJANGO_ALLOW_ASYNC_UNSAFE": ""} | environment,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )

    return run


@pytest.fixture
def celery_worker_process(transactional_db):
    """A real worker in a process of its own, on the test database and the real Redis."""
    with celery_worker() as worker:
        yield worker


@contextmanager
def celery_worker():
    redis.Redis.from_url(portal_settings.REDIS_URL).flushdb()
    command = [sys.executable, "-m", "celery", "-A", "kekiz_portal", "worker"]
    command += ["--concurrency", "1", "--loglevel", "WARNING", "--without-gossip"]
    worker = subprocess.Popen([*command, "--without-mingle"], cwd=ROOT)
    try:
        wait_for_worker(worker)
        yield worker
    finally:
        end_worker(worker)


def end_worker(worker):
    worker.terminate()
    try:
        worker.wait(WORKER_END_SECONDS)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()


def wait_for_worker(worker):
    """Return when the worker answers; fail when it ends or stays silent."""
    deadline = time.monotonic() + WORKER_READY_SECONDS
    while time.monotonic() < deadline and worker.poll() is None:
        if celery_app.control.ping(timeout=0.3):
            return
    pytest.fail("the Celery worker did not come up")


class Clock:
    """The day of the portal, moved by a test."""

    def __init__(self, moment):
        self.moment = moment

    def days_later(self, number=1):
        self.moment += dt.timedelta(days=number)

    @property
    def today(self):
        return timezone.localdate(self.moment)


@pytest.fixture
def clock(monkeypatch):
    """Noon of a day from which a test moves on: clock.days_later(21).

    Who signs in does so after it was asked for: at night noon is too late for a session.
    """
    clock = Clock(timezone.now().replace(hour=12))
    monkeypatch.setattr(timezone, "now", lambda: clock.moment)
    return clock
