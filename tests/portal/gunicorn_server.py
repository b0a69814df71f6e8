"""A real gunicorn with production settings on the tests' database, for what only it can show."""

import os
import socket
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from kekiz_portal.settings import BASE_DIR

STARTS_WITHIN_SECONDS = 60
GUNICORN = Path(sys.executable).parent / "gunicorn"
PRODUCTION = {
    "DEBUG": "false",
    "SECRET_KEY": "x" * 60,
    "ALLOWED_HOSTS": "127.0.0.1",
    "SECURE_SSL_REDIRECT": "false",
    "DJANGO_ALLOW_ASYNC_UNSAFE": "",
}


@dataclass
class Server:
    port: int
    log: Path

    def ask(self, path, headers=None, method="GET", body=None, timeout=20):
        """Return status, headers and text of an answer."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=timeout)) as connection:
            connection.request(method, path, body=body, headers=headers or {})
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read().decode(errors="replace")

    def open(self, start):
        """Return a connection on which only the start of a request was sent."""
        waiting = socket.create_connection(("127.0.0.1", self.port), timeout=20)
        waiting.sendall(start.encode())
        return waiting

    def said(self):
        return self.log.read_text(encoding="utf-8")


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@contextmanager
def running(folder, *arguments, **environment):
    """Start gunicorn, yield the ``Server``, and end it."""
    port = free_port()
    log = folder / f"gunicorn-{port}.log"
    variables = PRODUCTION | {"WEB_BIND": f"127.0.0.1:{port}", "WEB_WORKERS": "1"} | environment
    command = [GUNICORN, "--bind", f"127.0.0.1:{port}", *arguments, "kekiz_portal.wsgi"]
    with log.open("w") as out:
        process = subprocess.Popen(
            command, cwd=BASE_DIR, env=os.environ | variables, stdout=out, stderr=out
        )
    server = Server(port, log)
    try:
        wait_for(server, process)
        yield server
    finally:
        process.terminate()
        process.wait(30)


def wait_for(server, process):
    deadline = time.monotonic() + STARTS_WITHIN_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            server.ask("/healthz", timeout=5)
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError(server.said())
