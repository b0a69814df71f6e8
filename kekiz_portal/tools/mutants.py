"""How many changed lines a test notices, where a slip would cost most: ``make mutants``.

A copy of the code is changed in one place after the other by cosmic-ray, and the tests of that room
are asked. A line counts once, whatever changes there are for it; which of them is tried, and which
lines where there are too many, is chance with a fixed seed, so two runs say the same.
"""

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from kekiz_portal.tools.local.servers import local_services

ROOT = Path(__file__).resolve().parent.parent.parent
MOST_LINES = 25
SECONDS_A_LINE = 90
LEFT_OUT = shutil.ignore_patterns(".git", ".local", ".venv", "__pycache__", ".*_cache")
# What is changed, and the tests that are asked.
ROOMS = {
    "ages": (["lifephases/ages.py"], ["tests/lifephases/test_ages.py"]),
    "recurrence": (
        ["offers/recurrence"],
        ["tests/offers/recurrence", "tests/offers/schedules/test_schedule_entry.py"],
    ),
    "reading tables": (
        ["kekiz_portal/lib/tables"],
        [
            "tests/lib/test_reading_cells.py",
            "tests/lib/test_reading_tables.py",
            "tests/lib/test_hostile_workbooks.py",
            "tests/offers/exchange/test_import_cells.py",
        ],
    ),
    "claiming mails": (
        ["network/newsletters/sending/claiming.py", "network/newsletters/sending/ledger.py"],
        ["tests/network/newsletters/test_sending.py"],
    ),
    "public address": (
        ["offers/models/location.py"],
        [
            "tests/offers/models/test_location.py",
            "tests/offers/protection/test_protected_address.py",
            "tests/offers/protection/test_district_only_place.py",
            "tests/offers/protection/test_protected_place_stands_alone.py",
            "tests/offers/admin/test_own_entries_only.py",
        ],
    ),
}
# Members of an enumeration are the same where they are equal: no test can tell.
SAME = "ReplaceComparisonOperator_Eq_Is"
CONFIG = """
[cosmic-ray]
module-path = {paths}
timeout = {seconds}.0
excluded-modules = []
test-command = "{command}"
[cosmic-ray.distributor]
name = "local"
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rooms", nargs="*", default=[*ROOMS], help=", ".join(ROOMS))
    parser.add_argument("--most", type=int, default=MOST_LINES, help="lines of each room")
    options = parser.parse_args()
    share_servers()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "portal")
        shutil.copytree(ROOT, copy, ignore=LEFT_OUT)
        for room in options.rooms:
            noticed, missed = tried(copy, *ROOMS[room], options.most)
            share = noticed / max(1, noticed + len(missed))
            say(f"{room}: {share:.2f} of {noticed + len(missed)} changed lines noticed")
            say(*(f"  {one}" for one in missed))


def tried(copy, paths, tests, most):
    """Change up to so many lines of the copy; return how many were noticed, and which were not."""
    from cosmic_ray.work_db import WorkDB, use_db  # noqa: PLC0415, not installed in production
    from cosmic_ray.work_item import TestOutcome  # noqa: PLC0415, as above

    config, session = copy.with_name("mutants.toml"), copy.with_name("mutants.sqlite")
    session.unlink(missing_ok=True)
    command = [sys.executable, "-m", "pytest", "-x", "-q", "--reuse-db", *tests]
    subprocess.run(command, cwd=copy, check=True, stdout=subprocess.DEVNULL)  # noqa: S603, our own
    config.write_text(CONFIG.format(paths=paths, seconds=SECONDS_A_LINE, command=" ".join(command)))
    ray(copy, "init", config, session)
    with use_db(session, WorkDB.Mode.open) as work:
        leave_out(work, copy, most)
    ray(copy, "exec", config, session)
    noticed, missed = 0, []
    with use_db(session, WorkDB.Mode.open) as work:
        where = {item.job_id: item.mutations[0] for item in work.work_items}
        for job, result in work.results:
            if result.test_outcome == TestOutcome.SURVIVED:
                place = where[job]
                name = place.operator_name.partition("/")[2]
                missed.append(f"{place.module_path}:{place.start_pos[0]} {name}")
            elif result.test_outcome is not None:
                noticed += 1
    return noticed, sorted(missed)


def leave_out(work, copy, most):
    """Keep one change a line, of so many lines that do something, and skip all others."""
    from cosmic_ray.work_item import WorkerOutcome, WorkResult  # noqa: PLC0415, as above

    chance = random.Random(1)  # noqa: S311, not for secrets
    by_line = defaultdict(list)
    for item in sorted(work.work_items, key=lambda item: str(item.mutations)):
        change = item.mutations[0]
        if change.operator_name.endswith(SAME):
            continue
        if change.start_pos[0] in lines_that_do_something(copy / change.module_path):
            by_line[change.module_path, change.start_pos[0]].append(item.job_id)
    lines = chance.sample(sorted(by_line), min(most, len(by_line)))
    kept = {chance.choice(by_line[line]) for line in lines}
    skipped = WorkResult(worker_outcome=WorkerOutcome.SKIPPED)
    work.set_multiple_results(
        [item.job_id for item in work.work_items if item.job_id not in kept], skipped
    )


def lines_that_do_something(path):
    """Return the numbers of the lines inside functions: what a class says of itself is data."""
    tree = ast.parse(path.read_text())
    kinds = ast.FunctionDef | ast.AsyncFunctionDef
    functions = [one for one in ast.walk(tree) if isinstance(one, kinds)]
    return {line for one in functions for line in range(one.lineno, one.end_lineno + 1)}


def share_servers():
    """Let the tests of the copy use the servers of this checkout, as long as this process lives."""
    services = local_services()
    for name, start in [("DATABASE_URL", services.database_url), ("REDIS_URL", services.redis_url)]:
        if name not in os.environ:
            os.environ[name] = start()


def say(*lines):
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


def ray(copy, *arguments):
    command = [sys.executable, "-m", "cosmic_ray.cli", *map(str, arguments)]
    subprocess.run(command, cwd=copy, check=True, stdout=subprocess.DEVNULL)  # noqa: S603, our own


if __name__ == "__main__":
    main()
