"""No history begins in the middle, and none forgets a part: for every model that keeps one."""

import re
from pathlib import Path

from django.apps import apps
from django.contrib import admin

from kekiz_portal.lib.history.beginnings import is_tracked
from offers.admin.versions.versions import Versioned
from offers.curation.record import parts_of

ROOT = Path(__file__).resolve().parents[3]
# Each writes what was there before, or changes only what no history keeps.
KNOWS_WHAT_IT_DOES = {
    "offers/exchange/importing/keeping.py",  # remembers, writes, and adds the history itself
    "offers/exchange/city/offer_texts.py",  # new rows; the first change remembers them
    "offers/schedules/occurrences.py",  # the weekdays of a schedule follow from its rule
    "network/asking/escalation.py",  # new rows, and since when, which no history keeps
    "network/newsletters/sending/sending.py",  # what keeps the mail server from taking anything
    "kekiz_portal/tools/bench/newsletter_audience.py",  # new rows in a database for measuring
    "kekiz_portal/tools/management/commands/generate_offers.py",  # new rows, as if they had come in
    "kekiz_portal/tools/bench/importing.py",  # as above
}


def tracked_models():
    return [model for model in apps.get_models() if is_tracked(model)]


def test_every_row_in_a_form_with_versions_belongs_to_its_versions():
    missing = [
        (model.__name__, inline.model.__name__)
        for model, model_admin in admin.site._registry.items()
        if isinstance(model_admin, Versioned)
        for inline in model_admin.inlines
        if inline.model not in {part.model for part in parts_of(model)}
    ]

    assert missing == []


def test_every_list_of_related_rows_is_kept():
    """A list whose pairs are rows of their own is kept as a part."""
    missing = []
    for model in tracked_models():
        kept = {field.name for field in model.history.model._history_m2m_fields}
        rows = {part.model for part in parts_of(model)}
        missing += [
            f"{model.__name__}.{field.name}"
            for field in model._meta.many_to_many
            if field.name not in kept and field.remote_field.through not in rows
        ]

    assert missing == []


def test_nobody_changes_many_rows_with_a_history_in_one_statement_without_remembering():
    names = "|".join(model.__name__ for model in tracked_models())
    pattern = (
        rf"\b(?:{names})\.(?:objects|_base_manager)\b[^=]*?\.(?:bulk_update|bulk_create|update)\("
    )
    found = {
        path.relative_to(ROOT).as_posix()
        for app in ["kekiz_portal", "lifephases", "network", "offers"]
        for path in (ROOT / app).rglob("*.py")
        if "migrations" not in path.parts
        if re.search(pattern, path.read_text(encoding="utf-8"))
    }

    assert found <= KNOWS_WHAT_IT_DOES
