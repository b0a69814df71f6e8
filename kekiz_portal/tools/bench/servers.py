"""Servers as in production, for measuring: gunicorn with two workers on a database of its own."""

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psutil
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test.utils import override_settings

WORKERS = 2
HOST = "bench.test"
AS_IN_PRODUCTION = "deploy/gunicorn.conf.py"
FORGETFUL = "kekiz_portal/tools/bench/forgetful.py"  # the same, and forgets what it is told to
STARTS_WITHIN_SECONDS = 90
STATIC_FILE, STATIC_BYTES = "thirty-kilobytes.bin", 30_000
PRODUCTION = {
    "DEBUG": "false",
    "SECRET_KEY": "only-for-measuring-" * 4,
    "ALLOWED_HOSTS": f".{HOST},localhost",
    "SECURE_SSL_REDIRECT": "false",
    "SECURE_PROXY": "true",  # each request comes from a visitor of its own: nobody is "too many"
    "WEB_WORKERS": str(WORKERS),
    "LOG_LEVEL": "ERROR",
}


@dataclass
class Server:
    """A running gunicorn with its workers."""

    port: int
    process: psutil.Process

    @property
    def address(self):
        return ("127.0.0.1", self.port)

    @property
    def cpu_seconds(self):
        """Return the processor time of the server so far, of workers that are gone too."""
        own = self.process.cpu_times()
        alive = [worker.cpu_times() for worker in self.process.children(recursive=True)]
        return (own.user + own.system + own.children_user + own.children_system) + sum(
            worker.user + worker.system for worker in alive
        )

    @property
    def megabytes(self):
        """Return the memory of the server with its workers; what they share counts once."""
        processes = [self.process, *self.process.children()]
        return sum(process.memory_full_info().pss for process in processes) / 1_000_000


@contextmanager
def database_of_its_own():
    """Work in an empty database beside the portal's, dropped afterwards."""
    name = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = f"{name}_bench"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def collect_static(folder):
    """Collect the files of the pages as a release does, and one of 30 kB beside them."""
    storages = settings.STORAGES | {
        "staticfiles": {"BACKEND": "kekiz_portal.serving.bundles.BundledStorage"}
    }
    with override_settings(STORAGES=storages, STATIC_ROOT=folder):
        call_command("collectstatic", interactive=False, verbosity=0)
    (folder / STATIC_FILE).write_bytes(os.urandom(STATIC_BYTES))


@contextmanager
def running(application, folder, configuration=AS_IN_PRODUCTION):
    """Start gunicorn with an application, yield the ``Server``, and end it."""
    port = _free_port()
    environment = os.environ | PRODUCTION
    environment |= {"DATABASE_URL": _database_url(), "STATIC_ROOT": str(folder)}
    environment |= {"WEB_BIND": f"127.0.0.1:{port}"}
    gunicorn = Path(sys.executable).parent / "gunicorn"
    command = [gunicorn, "-c", configuration, application]
    process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment)  # noqa: S603 - ours
    try:
        _wait_for(port, process)
        yield Server(port, psutil.Process(process.pid))
    finally:
        process.terminate()
        process.wait(30)


def _database_url():
    parts = urlsplit(os.environ["DATABASE_URL"])
    return urlunsplit(parts._replace(path=f"/{connection.settings_dict['NAME']}"))


def _free_port():
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


def _wait_for(port, process):
    deadline = time.monotonic() + STARTS_WITHIN_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("gunicorn did not start.")
