"""A load generator: some connections, each of which asks again as soon as it has its answer.

Small on purpose: it runs beside the server it measures, and what it costs slows every row alike.
"""

import selectors
import socket
import statistics
import time
from dataclasses import dataclass, field

END_OF_HEAD = b"\r\n\r\n"
LAST_CHUNK = b"0\r\n\r\n"
READ_BYTES = 1 << 18
PATIENCE_SECONDS = 60
IDLE_SECONDS = 2  # servers keep a line for some seconds (deploy/gunicorn.conf.py)


@dataclass
class Load:
    """What came back: milliseconds of each answer, and the status of those that were no 200."""

    milliseconds: list = field(default_factory=list)
    refused: list = field(default_factory=list)
    seconds: float = 0.0

    def __add__(self, other):
        return Load(
            self.milliseconds + other.milliseconds,
            self.refused + other.refused,
            self.seconds + other.seconds,
        )

    @property
    def rate(self):
        return len(self.milliseconds) / self.seconds

    @property
    def median(self):
        return statistics.median(self.milliseconds)

    def percentile(self, number):
        if len(self.milliseconds) == 1:
            return self.milliseconds[0]
        return statistics.quantiles(self.milliseconds, n=100, method="inclusive")[number - 1]


def press(address, requests, *, seconds, connections=4, at_least=1):
    """Ask ``(host, port)`` what the endless ``requests`` give, as bytes; return the ``Load``.

    Goes on for so many seconds, and longer where not ``at_least`` so many answers came by then.
    """
    load = Load()
    started = time.perf_counter()
    with selectors.DefaultSelector() as selector:
        lines = [_Line(address, selector) for _number in range(connections)]
        for line in lines:
            line.send(next(requests))
        while lines:
            ready = selector.select(PATIENCE_SECONDS)
            if not ready:
                raise TimeoutError(f"No answer within {PATIENCE_SECONDS} seconds.")
            for key, _events in ready:
                line = key.data
                if not line.read():
                    continue
                line.note(load)
                enough = time.perf_counter() - started >= seconds
                if enough and len(load.milliseconds) >= at_least:
                    line.close()
                    lines.remove(line)
                else:
                    line.send(next(requests))
    load.seconds = time.perf_counter() - started
    return load


def paced(address, requests, *, a_second, seconds):
    """Ask so often a second, whether earlier answers came or not; return the ``Load``.

    ``requests`` gives bytes with what looks at the answer, or ``None``. An answer is late from the
    moment on at which it was due to be asked for.
    """
    load, idle, asked, waiting = Load(), [], 0, 0
    started, most = time.perf_counter(), round(a_second * seconds)
    with selectors.DefaultSelector() as selector:
        while asked < most or waiting:
            while asked < most and time.perf_counter() - started >= asked / a_second:
                line = idle.pop() if idle else _Line(address, selector)
                if time.perf_counter() - line.started > IDLE_SECONDS:
                    line.close()  # before the server does, with a request under way
                whole, line.look = next(requests)
                line.send(whole)
                line.started = started + asked / a_second
                asked, waiting = asked + 1, waiting + 1
            due = started + asked / a_second - time.perf_counter()
            ready = selector.select(max(due, 0) if asked < most else PATIENCE_SECONDS)
            if not ready and asked == most:
                raise TimeoutError(f"No answer within {PATIENCE_SECONDS} seconds.")
            for key, _events in ready:
                line = key.data
                if line in idle:  # the server closed it, as nobody used it
                    idle.remove(line)
                    line.close()
                elif line.read():
                    line.note(load, good=(b"200", b"303"))
                    if line.look:
                        line.look(line.answer)
                    idle.append(line)
                    waiting -= 1
        for line in idle:
            line.close()
    load.seconds = time.perf_counter() - started
    return load


def request(path, *, body=b"", packed=True, **headers):
    """Return the bytes that ask for a page as a browser does, or that send a form."""
    lines = [f"{'POST' if body else 'GET'} {path} HTTP/1.1"]
    lines += ["Accept-Encoding: gzip, br"] * packed
    if body:
        lines += ["Content-Type: application/x-www-form-urlencoded"]
        lines += [f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


class _Line:
    """One connection; the server may close it after an answer, then it is made anew."""

    def __init__(self, address, selector):
        self.address, self.selector = address, selector
        self.socket, self.started = None, 0.0

    def send(self, asked):
        self.answer, self.whole = b"", None
        self.started = time.perf_counter()
        if self.socket is None:
            self.socket = socket.create_connection(self.address)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.selector.register(self.socket, selectors.EVENT_READ, self)
        self.socket.sendall(asked)

    def read(self):
        """Take what came; tell whether the answer is whole."""
        came = self.socket.recv(READ_BYTES)
        self.answer += came
        if self.whole is None and END_OF_HEAD in self.answer:
            self.whole = _length(self.answer)
        is_whole = self.whole is not None and (
            len(self.answer) >= self.whole if self.whole else self.answer.endswith(LAST_CHUNK)
        )
        if not came and not is_whole:
            raise ConnectionError(f"The server hung up: {self.answer[:200]!r}")
        return is_whole

    def note(self, load, good=(b"200",)):
        load.milliseconds.append((time.perf_counter() - self.started) * 1000)
        status = self.answer.split(b" ", 2)[1]
        if status not in good:
            load.refused.append(status.decode())
        head = self.answer.partition(END_OF_HEAD)[0].lower()
        if b"connection: close" in head:
            self.close()

    def close(self):
        if self.socket is not None:
            self.selector.unregister(self.socket)
            self.socket.close()
            self.socket = None


def _length(answer):
    """Return how many bytes an answer has with its head, 0 where it says so only at its end."""
    head = answer[: answer.index(END_OF_HEAD)].lower()
    for line in head.split(b"\r\n"):
        name, _colon, value = line.partition(b":")
        if name == b"content-length":
            return len(head) + len(END_OF_HEAD) + int(value)
    return 0
