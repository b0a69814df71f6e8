"""The floors of the house: an import, and a foreign key named in a string, points only down."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LEAF = "kekiz_portal.lib"
FLOORS = [LEAF, "lifephases", "offers", "network", "kekiz_portal"]
JUNK_DRAWERS = {"utils.py", "helpers.py", "services.py", "common.py", "misc.py"}


def sources(app):
    room = ROOT / app.replace(".", "/")
    return [path for path in room.rglob("*.py") if "migrations" not in path.parts]


def imported_apps(path):
    """Return the apps a file imports, and those whose models it names in a string."""
    text = path.read_text(encoding="utf-8")
    in_a_string = r'["\'](lifephases|offers|network|kekiz_portal)(?!\.lib)\.\w+["\']'
    found = set(re.findall(in_a_string, text))
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found |= {_floor(alias.name) for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found |= {_floor(f"{node.module}.{alias.name}") for alias in node.names}
    return found


def _floor(module):
    return LEAF if f"{module}.".startswith(f"{LEAF}.") else module.partition(".")[0]


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
