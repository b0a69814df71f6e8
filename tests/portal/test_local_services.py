"""The embedded servers: shared while in use, stopped when done, and hard to break."""

import socket
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
import psycopg
import pytest
import redis

from kekiz_portal.settings import BASE_DIR
from kekiz_portal.tools.local.environment import state_dir
from kekiz_portal.tools.local.servers import LocalServices
from kekiz_portal.tools.management.commands import run_portal

HOLD = """
import sys
from pathlib import Path
from kekiz_portal.tools.local.servers import LocalServices
services = LocalServices(Path(sys.argv[1]))
print(services.database_url(), services.redis_url(), flush=True)
input()
"""


@pytest.fixture(scope="module")
def folder():
    """A folder with servers of its own, apart from those the tests run on.

    Not below pytest's: that is closed to others whenever a test run starts, and where root runs
    the tests, PostgreSQL is another user.
    """
    with TemporaryDirectory(prefix="kekiz-services-", ignore_cleanup_errors=True) as place:
        Path(place).chmod(0o755)
        yield Path(place)


@pytest.fixture
def empty_folder(folder):
    """A folder with no servers yet."""
    with TemporaryDirectory(dir=folder, ignore_cleanup_errors=True) as place:
        Path(place).chmod(0o755)
        yield Path(place)


@pytest.fixture
def join(folder):
    """Join the servers in the folder, as one process more; all leave when the test ends."""
    joined = []

    def join_one(place=folder):
        joined.append(LocalServices(place))
        return joined[-1], [joined[-1].database_url(), joined[-1].redis_url()]

    yield join_one
    for services in joined:
        services.release()


@pytest.fixture
def other_process(folder):
    """Another process that holds the same servers; a line on its input ends it."""
    command = [sys.executable, "-c", HOLD, str(folder)]
    process = subprocess.Popen(
        command, cwd=BASE_DIR, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    process.addresses = process.stdout.readline().split()
    yield process
    process.kill()
    process.communicate()


def answers(database_url, redis_url):
    """Tell whether both servers do their work."""
    with psycopg.connect(database_url) as link:
        return (
            link.execute("SELECT 1").fetchone() == (1,) and redis.Redis.from_url(redis_url).ping()
        )


def is_redis_down(url):
    try:
        redis.Redis.from_url(url).ping()
    except redis.ConnectionError:
        return True
    return False


def test_several_processes_share_the_servers_and_the_last_one_stops_them(join, other_process):
    services, addresses = join()
    assert addresses == other_process.addresses

    other_process.communicate("\n")
    assert answers(*addresses)

    services.release()
    assert is_redis_down(addresses[1])
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(addresses[0])


def test_redis_stops_even_where_it_cannot_save(empty_folder, join):
    services, (_, redis_url) = join(empty_folder)
    (empty_folder / "redis" / "dump.rdb" / "in the way").mkdir(parents=True)
    redis.Redis.from_url(redis_url).set("some", "data")

    services.release()

    assert is_redis_down(redis_url)


def test_servers_of_a_killed_process_are_found_again(join, other_process):
    other_process.kill()
    other_process.wait()

    _, addresses = join()

    assert addresses == other_process.addresses
    assert answers(*addresses)


def test_killed_servers_start_anew(folder, join):
    join()
    kill_servers(folder)

    _, addresses = join()

    assert answers(*addresses)


@pytest.mark.parametrize("left_behind", ["", "1\n", "1\n/elsewhere\n0\n5432\n\n\n1 1\nready\n"])
def test_a_stale_pid_file_is_survived(folder, join, left_behind):
    join()
    kill_servers(folder)
    (folder / "postgres" / "postmaster.pid").write_text(left_behind)

    _, addresses = join()

    assert answers(*addresses)


def test_a_first_start_that_was_cut_short_begins_again(empty_folder, join):
    (empty_folder / "postgres").mkdir()
    (empty_folder / "postgres" / "PG_VERSION").write_text("18\n")

    _, addresses = join(empty_folder)

    assert answers(*addresses)


def test_another_users_folder_is_left_alone(tmp_path, monkeypatch):
    foreign = tmp_path / ".local"
    foreign.mkdir()
    monkeypatch.setattr("os.geteuid", lambda: foreign.stat().st_uid + 1)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr(
        "kekiz_portal.tools.local.environment._is_own", lambda folder: folder != foreign
    )

    assert state_dir(tmp_path).is_relative_to(tmp_path / "state")


def test_a_folder_with_a_space_is_not_given_to_postgresql(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))

    assert not str(state_dir(tmp_path / "ein Ordner")).startswith(str(tmp_path / "ein Ordner"))


def test_the_given_addresses_are_used_instead_of_the_embedded_servers(folder, join, manage):
    _, (database_url, redis_url) = join()
    code = "from django.db import connection; print(connection.cursor().connection.info.host)"

    process = manage(
        "shell", "--no-imports", "-c", code, DATABASE_URL=database_url, REDIS_URL=redis_url
    )

    assert process.stdout.strip() == str(folder / "postgres"), process.stderr


def kill_servers(folder):
    """End both servers the hard way, as a power cut would."""
    url = folder / "redis" / "url"
    ports = [int(url.read_text().split(":")[-1].split("/")[0])] if url.exists() else []
    for process in psutil.process_iter(["cmdline"]):
        line = " ".join(process.info["cmdline"] or [])
        mine = str(folder) in line and "postgres" in line
        if mine or any("redis-server" in line and f":{port}" in line for port in ports):
            process.kill()
            psutil.wait_procs([process], timeout=5)


def test_a_taken_port_is_one_sentence(manage):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        process = manage("run_portal", "--port", str(taken.getsockname()[1]))

    assert process.returncode == 1
    assert "is taken" in process.stderr
    assert "Traceback" not in process.stderr


def test_links_in_mails_lead_to_where_the_portal_runs_unless_somebody_said_where(monkeypatch):
    monkeypatch.delenv("PORTAL_URL", raising=False)
    assert run_portal.environment_for(8123)["PORTAL_URL"] == "http://localhost:8123"

    monkeypatch.setenv("PORTAL_URL", "https://kekiz.example")
    assert run_portal.environment_for(8123)["PORTAL_URL"] == "https://kekiz.example"
