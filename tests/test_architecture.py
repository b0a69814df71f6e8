"""The floors of the house: an import, and a foreign key named in a string, points only down."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LEAF = "kekiz_portal.lib"
FLOORS = [LEAF, "lifephases", "offers", "network", "kekiz_portal"]
MOST = 20
LONGEST_MODULE = 350
LONGEST_CLASS = 250
STILL_LONG = {"offers/search/query/reading.py"}  # its class
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


def test_rooms_have_doors_only_downward():
    """The contracts in ``pyproject.toml``: what each room may know of the others."""
    ended = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports as look; exit(look(no_cache=True))",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == 0, ended.stdout


@pytest.mark.parametrize("app", ["offers", "network"])
def test_the_root_of_an_app_holds_only_what_django_wants_there(app):
    modules = {path.name for path in (ROOT / app).glob("*.py")} - {"__init__.py"}

    assert modules <= {"apps.py", "receivers.py", "tasks.py", "urls.py"}


def test_no_room_has_more_than_twenty_modules():
    """A room with inner rooms may have a few more, but nobody looks through fifty."""
    crowded = {
        room.relative_to(ROOT).as_posix(): number
        for app in FLOORS[1:]
        for room in [ROOT / app, *(ROOT / app).rglob("*")]
        if room.is_dir() and room.name != "migrations"
        if (number := len([one for one in room.glob("*.py") if one.name != "__init__.py"])) > MOST
    }

    assert crowded == {}


def test_no_module_and_no_class_outgrows_a_reader():
    too_long = {}
    for path in [one for app in FLOORS[1:] for one in sources(app)]:
        text, name = path.read_text(encoding="utf-8"), path.relative_to(ROOT).as_posix()
        if (lines := len(text.splitlines())) > LONGEST_MODULE:
            too_long[name] = lines
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.ClassDef):
                lines = node.end_lineno - node.lineno + 1
                if lines > LONGEST_CLASS:
                    too_long[name] = f"{node.name}: {lines}"

    assert {name: found for name, found in too_long.items() if name not in STILL_LONG} == {}
