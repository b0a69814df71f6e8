"""One careful look at a foreign address: is there still a page?

The address comes from an entry, so it may point anywhere: only public hosts are visited, and
the host that was checked is the host that is talked to.
"""

import ipaddress
import socket
import ssl
import threading
import time
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import quote, urljoin, urlsplit

from django.conf import settings

SECONDS_A_STEP = 8  # to connect, or for the next bytes to come
SECONDS_TO_READ = 10  # for a page that is read, its redirects included
CHUNK = 64 * 1024
SECONDS_IN_ALL = 20  # for one request, however slowly bytes drip in
REDIRECTS = 5
FIRST_REDIRECT, FIRST_ERROR = 300, 400
WRITTEN_AS_IT_IS = "/%?:@!$&'()*+,;=~-._"
# The page is there, but not for machines.
KEEPS_MACHINES_OUT = {401, 403, 405, 406, 429, 451}


@dataclass(frozen=True)
class Visit:
    """What came of it; ``status`` is the last answer's, ``None`` if nobody answered.

    ``body`` is the beginning of a page that was to be read, ``charset`` what its server says of it.
    """

    ok: bool
    status: int | None = None
    body: bytes = b""
    charset: str = ""


@dataclass(frozen=True)
class Answer:
    """What a server says to one request."""

    status: int
    target: str = ""  # of a redirect
    body: bytes = b""
    charset: str = ""


class NotPublicError(OSError):
    """The address is not one of the public internet."""


def visit(url):
    """Return the ``Visit`` to an http(s) address; never raises for what is there or not."""
    return _follow(url, _ask)


def fetch(url, most_bytes):
    """Return the ``Visit`` to a page with its first bytes, in ``SECONDS_TO_READ`` at most."""
    until = time.monotonic() + SECONDS_TO_READ

    def ask(address):
        return _request("GET", address, seconds=until - time.monotonic(), most_bytes=most_bytes)

    return _follow(url, ask)


def _follow(url, ask):
    answer = None
    try:
        for _step in range(REDIRECTS + 1):
            answer = ask(url)
            if not answer.target:
                break
            url = urljoin(url, answer.target)
        else:
            return Visit(ok=False, status=answer.status)
    except (OSError, HTTPException, ValueError):
        return Visit(ok=False)
    is_there = answer.status < FIRST_ERROR or answer.status in KEEPS_MACHINES_OUT
    return Visit(is_there, answer.status, answer.body, answer.charset)


def _ask(url):
    """Return the answer to a head; one that is refused may be a page all the same."""
    answer = _request("HEAD", url)
    return answer if answer.status < FIRST_ERROR else _request("GET", url)


def _request(method, url, *, seconds=None, most_bytes=0):
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise NotPublicError(url)
    target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    seconds = SECONDS_IN_ALL if seconds is None else seconds
    if seconds <= 0:
        raise TimeoutError(url)
    until = time.monotonic() + seconds
    with closing(_connection(parts)) as connection, _at_most(seconds, connection):
        connection.request(method, quote(target, safe=WRITTEN_AS_IT_IS), headers=_headers())
        answer = connection.getresponse()
        if FIRST_REDIRECT <= answer.status < FIRST_ERROR:
            return Answer(answer.status, answer.getheader("Location") or "")
        if answer.status != HTTPStatus.OK or not most_bytes or not _is_text(answer):
            return Answer(answer.status)
        charset = answer.headers.get_content_charset("")
        body = _beginning(answer, most_bytes, until)
        return Answer(answer.status, body=body, charset=charset)


def _is_text(answer):
    kind = answer.headers.get_content_type()
    is_plain = answer.getheader("Content-Encoding", "identity").lower() == "identity"
    return is_plain and kind in {"text/html", "application/xhtml+xml", "text/plain"}


def _beginning(answer, most_bytes, until):
    """Return what comes until the end or the limit; nothing if we had to hang up before."""
    parts, size = [], 0
    try:
        while size < most_bytes and (part := answer.read1(min(CHUNK, most_bytes - size))):
            parts.append(part)
            size += len(part)
    except (OSError, HTTPException):
        return b""
    is_cut = size < most_bytes and time.monotonic() >= until
    return b"" if is_cut else b"".join(parts)  # half a page may say half the truth


def _headers():
    return {"User-Agent": settings.LINK_CHECK_USER_AGENT, "Accept": "text/html,*/*;q=0.5"}


def _connection(parts):
    """Return a connection to the very address that was found to be public."""
    host = parts.hostname.encode("idna").decode()
    port = parts.port or {"http": 80, "https": 443}[parts.scheme]
    address = _public_address(host, port)
    sock = socket.create_connection((address, port), timeout=SECONDS_A_STEP)
    if parts.scheme == "http":
        connection = HTTPConnection(host, port)
    else:
        connection = HTTPSConnection(host, port)
        sock = ssl.create_default_context().wrap_socket(sock, server_hostname=host)
    connection.sock = sock
    return connection


def _public_address(host, port):
    """Return an address of the host; raise ``NotPublicError`` if any of them is not public."""
    found = {entry[4][0] for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    if not settings.LINK_CHECK_ALLOWS_PRIVATE_HOSTS:
        for address in found:
            if not _is_public(ipaddress.ip_address(address.partition("%")[0])):
                raise NotPublicError(host)
    return min(found, key=lambda address: (":" in address, address))


def _is_public(address):
    inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    return address.is_global and not address.is_multicast and (inner is None or inner.is_global)


@contextmanager
def _at_most(seconds, connection):
    """Hang up when it takes longer, so that a server that drips cannot hold a night's work."""
    timer = threading.Timer(seconds, _hang_up, [connection.sock])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _hang_up(sock):
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # it was over just now
