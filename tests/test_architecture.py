"""The floors of the house: an import, and a foreign key named in a string, points only down."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ["lifephases", "offers", "network", "kekiz_portal"]
JUNK_DRAWERS = {"utils.py", "helpers.py", "services.py", "common.py", "misc.py"}


def sources(app):
    return [path for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts]


def imported_apps(path):
    """Return the apps a file imports, and those whose models it names in a string."""
    text = path.read_text(encoding="utf-8")
    found = set(re.findall(r'["\'](lifephases|offers|network|kekiz_portal)\.\w+["\']', text))
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.add(node.module.partition(".")[0])
    return found


@pytest.mark.parametrize("app", FLOORS[:-1])
def test_a_floor_knows_only_the_floors_below(app):
    above = set(FLOORS[FLOORS.index(app) + 1 :])

    upward = {
        (path.relative_to(ROOT).as_posix(), name)
        for path in sources(app)
        for name in imported_apps(path) & above
    }

    assert upward == set()


@pytest.mark.parametrize("app", FLOORS)
def test_no_room_collects_what_has_no_home(app):
    assert [path.name for path in sources(app) if path.name in JUNK_DRAWERS] == []
