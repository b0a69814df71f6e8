"""Serve the portal for development: web, workers and beat together."""

import os
import signal
import socket
import sys
import threading
import time
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand
from django.db import connections

from kekiz_portal.serving.unavailable import require_services
from kekiz_portal.tools.management.commands.create_demo_logins import login_lines, read_logins

PROCFILE = settings.BASE_DIR / "deploy" / "Procfile"
PARENT = "KEKIZ_RUN_PARENT"
READY_WITHIN_SECONDS = 60
END_WITHIN_SECONDS = 10


class Command(BaseCommand):
    """Holds the embedded servers; its children find their addresses in the environment."""

    help = "Prepares the portal and runs web, workers and beat until Ctrl-C."

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, **options):
        if not settings.DEBUG:
            raise CommandError(
                "run_portal is for development; see docs/architecture.md, In production."
            )
        port = options["port"]
        end_orphans()
        require_free_port(port)
        require_services()
        call_command("prepare_portal", verbosity=options["verbosity"])
        connections.close_all()
        threading.Thread(target=self.announce, args=[port], daemon=True).start()
        sys.exit(run_processes(port))

    def announce(self, port):
        """Say where the portal is as soon as it answers."""
        deadline = time.monotonic() + READY_WITHIN_SECONDS
        while not answers(port) and time.monotonic() < deadline:
            time.sleep(0.1)
        self.stdout.write(
            f"\n{settings.CITY['portal_name']}: http://127.0.0.1:{port}/\n"
            f"Verwaltung: http://127.0.0.1:{port}/verwaltung/ with one of these logins:\n"
            f"{login_lines(read_logins())}\n"
            "(user, password, secret for an authenticator app, role; "
            "`make code` prints the codes instead of an app)\n\n"
        )
        self.stdout.flush()


def run_processes(port):
    """Run the Procfile's processes until one ends or a signal comes; return the exit code."""
    from honcho.environ import parse_procfile  # noqa: PLC0415 - not installed in production
    from honcho.manager import Manager  # noqa: PLC0415 - not installed in production

    manager = Manager()
    environment = environment_for(port)
    for name, command in parse_procfile(PROCFILE.read_text()).processes.items():
        manager.add_process(name, command, env=environment, cwd=settings.BASE_DIR)
    # A closed terminal must end the children as well: each has a session of its own.
    signal.signal(signal.SIGHUP, lambda *_: os.kill(os.getpid(), signal.SIGTERM))
    manager.loop()
    return manager.returncode


def environment_for(port):
    """Return the environment of the processes: links in mails lead to the port, unless somebody
    said otherwise."""
    return (
        {"PORTAL_URL": f"http://localhost:{port}"}
        | os.environ
        | {
            "PORT": str(port),
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "PYTHONUNBUFFERED": "1",
            PARENT: str(os.getpid()),
        }
    )


def require_free_port(port):
    """Raise CommandError when somebody listens on the port already."""
    with socket.socket() as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            sock.bind(("127.0.0.1", port))
        except OSError as error:
            raise CommandError(
                f"Port {port} is taken or not allowed; choose another one, "
                f"as in `make run PORT={port + 1}`."
            ) from error


def answers(port):
    """Tell whether something listens on the port."""
    with socket.socket() as sock:
        return sock.connect_ex(("127.0.0.1", port)) == 0


def end_orphans():
    """End what a run left behind that was killed too hard to end its children itself."""
    import psutil  # noqa: PLC0415 - comes with the embedded PostgreSQL, not installed in production

    orphans = []
    for process in psutil.process_iter(["pid"]):
        try:
            parent = process.environ().get(PARENT)
            here = parent and Path(process.cwd()) == settings.BASE_DIR
        except psutil.Error:  # somebody else's, or gone meanwhile
            continue
        if here and not psutil.pid_exists(int(parent)):
            process.terminate()
            orphans.append(process)
    for process in psutil.wait_procs(orphans, timeout=END_WITHIN_SECONDS)[1]:
        process.kill()
