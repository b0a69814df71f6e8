"""What an operator forgets most easily, said before anybody is harmed by it."""

import logging
from datetime import timedelta

from django.conf import settings
from django.core import checks
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from kekiz_portal.lib import telephone

logger = logging.getLogger(__name__)
REVIEWED_EVERY = timedelta(days=365)  # BITVNRW § 4 (4)

NO_PROXY = (
    "SECURE_PROXY is off: all visitors count under the address that asks gunicorn. "
    "Behind a proxy that is one address for everybody; set SECURE_PROXY=true there."
)
HALF_WAY = "The tables of {app!r} stopped half way to this release: {done} of {all} steps are done."
HALF_WAY_HINT = (
    "Nothing was changed. Migrate with the last release that has those steps first, see "
    "docs/decisions/0010-migrations-squashed-before-the-first-release.md; "
    "a portal for development may begin anew: remove .local/."
)


@checks.register(checks.Tags.database)
def tables_are_of_one_release(databases=None, **_kwargs):
    """Refuse to migrate where only some of the steps that a migration stands for are done."""
    found = []
    for name in databases or []:
        loader = MigrationLoader(connections[name])
        for (app, _migration), migration in loader.disk_migrations.items():
            steps = set(migration.replaces)
            done = steps & loader.applied_migrations.keys()
            if done and done != steps:
                words = HALF_WAY.format(app=app, done=len(done), all=len(steps))
                found.append(checks.Error(words, hint=HALF_WAY_HINT, id="kekiz_portal.E002"))
    return found


@checks.register(checks.Tags.security, deploy=True)
def a_proxy_is_named(app_configs, **_kwargs):  # noqa: ARG001 - the signature of a check
    """Say that nobody said whether there is a proxy in front."""
    if settings.SECURE_PROXY or settings.SECURE_PROXY_IS_DECIDED:
        return []
    hint = "Set SECURE_PROXY to true or false."
    return [checks.Warning(NO_PROXY, hint=hint, id="kekiz_portal.W001")]


@checks.register(checks.Tags.security, deploy=True)
def pictures_lie_outside_the_code(app_configs, **_kwargs):  # noqa: ARG001 - as above
    """Say that uploaded files lie where a release replaces them."""
    if settings.BASE_DIR in settings.MEDIA_ROOT.resolve().parents:
        words = "MEDIA_ROOT lies among the code."
        return [checks.Warning(words, hint="Set MEDIA_ROOT.", id="kekiz_portal.W002")]
    return []


@checks.register()
def the_citys_number_can_be_dialled(app_configs, **_kwargs):  # noqa: ARG001 - as above
    """Refuse a telephone in ``[contact]`` that is none: it answers where nothing else is known."""
    phone = settings.CITY["contact"]["phone"]
    if telephone.tel_uri(phone):
        return []
    words = f"[contact] in city.toml: {phone!r} is no telephone number that one can dial."
    return [checks.Error(words, hint="Write it with its area code.", id="kekiz_portal.E001")]


@checks.register(checks.Tags.security, deploy=True)
def the_accessibility_statement_is_reviewed(app_configs, **_kwargs):  # noqa: ARG001 - as above
    """Say that the statement was not reviewed for a year (BITVNRW § 4 (4))."""
    reviewed = settings.CITY.get("accessibility", {}).get("reviewed_on")
    if reviewed is None or timezone.localdate() < reviewed + REVIEWED_EVERY:
        return []
    hint = "Review it and set reviewed_on in [accessibility] of city.toml."
    words = "The accessibility statement was not reviewed for a year."
    return [checks.Warning(words, hint=hint, id="kekiz_portal.W003")]


def say_at_start():
    """Write one line about whose addresses are seen; called once when pages are served."""
    if settings.SECURE_PROXY:
        logger.info("Visitors' addresses are taken from the last entry of X-Forwarded-For.")
    elif not settings.DEBUG:
        logger.warning(NO_PROXY)
