"""The operator and the developer: what happens when a server is missing, or somewhere else."""

import os

import pytest

NOWHERE = {
    "DEBUG": "false",
    "SECRET_KEY": "x" * 60,
    "ALLOWED_HOSTS": "portal.example",
    "DATABASE_URL": "postgresql://portal:geheim@127.0.0.1:1/portal",
    "REDIS_URL": "redis://:geheim@127.0.0.1:1/0",
}


def one_sentence(process):
    """Return what the process said, having checked that it is one line and no traceback."""
    said = process.stdout + process.stderr
    assert process.returncode == 1, said
    assert len(said.strip().splitlines()) == 1, said
    assert "geheim" not in said
    return said.strip()


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "REDIS_URL"])
def test_production_without_a_required_variable_says_which_one(manage, name):
    process = manage("check", **NOWHERE | {name: ""})

    assert one_sentence(process).startswith(f"{name} is not set")


@pytest.mark.parametrize("command", [["migrate"], ["runserver", "--noreload"]])
def test_unreachable_postgresql_is_named_without_its_password(manage, command):
    process = manage(*command, **NOWHERE)

    said = one_sentence(process)
    assert said.startswith("PostgreSQL at 127.0.0.1, port 1, database portal cannot be used")
    assert said.endswith("Start it or correct DATABASE_URL.")


def test_unreachable_redis_is_named_without_its_password(manage):
    reachable = {"DATABASE_URL": os.environ["DATABASE_URL"]}

    process = manage("runserver", "--noreload", **NOWHERE | reachable)

    assert one_sentence(process) == (
        "Redis at 127.0.0.1:1 does not answer. Start it or correct REDIS_URL."
    )


@pytest.mark.parametrize("program", [["worker"], ["beat", "--pidfile="]])
def test_worker_and_beat_say_which_server_is_missing(celery, program):
    process = celery(*program, **NOWHERE)

    assert one_sentence(process).startswith("PostgreSQL at 127.0.0.1, port 1")


def test_worker_without_a_required_variable_says_which_one(celery):
    process = celery("worker", **NOWHERE | {"REDIS_URL": ""})

    assert one_sentence(process).startswith("REDIS_URL is not set")


@pytest.mark.parametrize(("first", "hurries"), [("import kekiz_portal.wsgi", True), ("", False)])
def test_only_what_serves_pages_gives_up_a_slow_query(manage, first, hurries):
    ask = "from django.db import connection as c; c.ensure_connection()"
    say = "print(c.connection.execute('SHOW statement_timeout').fetchone()[0])"

    process = manage("shell", "--verbosity", "0", "-c", f"{first}\n{ask}\n{say}")

    assert (process.stdout.splitlines()[-1:] == ["5s"]) is hurries, process.stderr


def test_production_loads_nothing_that_only_development_needs(manage):
    look = "import sys, kekiz_portal.urls, kekiz_portal.wsgi"
    say = "print([name for name in sys.modules if name.startswith('kekiz_portal.tools')])"

    process = manage("shell", "--verbosity", "0", "-c", f"{look}; {say}", **NOWHERE)

    assert process.stdout.splitlines()[-1:] == ["[]"], process.stderr
