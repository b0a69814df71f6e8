"""Mail servers to measure against: ``python newsletter_servers.py PORT aiosmtpd|slow|sink``."""

import asyncio
import socket
import sys

from aiosmtpd.smtp import SMTP

SLOW_SECONDS = 0.005


class Counted:
    """Takes every message."""

    async def handle_DATA(self, _server, _session, _envelope):  # noqa: N802 - aiosmtpd's name
        return "250 taken"


class Slow:
    """Takes every message after a while, like a server that writes it down first."""

    async def handle_DATA(self, _server, _session, _envelope):  # noqa: N802 - aiosmtpd's name
        await asyncio.sleep(SLOW_SECONDS)
        return "250 taken"


class Sink(asyncio.Protocol):
    """Understands just enough to be quick: for measuring memory, not time."""

    def connection_made(self, wire):
        self.wire, self.rest, self.in_data = wire, b"", False
        wire.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        wire.write(b"220 sink\r\n")

    def data_received(self, data):
        self.rest += data
        if self.in_data:
            if not self.rest.endswith(b"\r\n.\r\n"):
                return
            self.in_data = False
        elif not self.rest.endswith(b"\r\n"):
            return
        elif self.rest[:4].upper() == b"DATA":
            self.in_data, self.rest = True, b""
            self.wire.write(b"354 go on\r\n")
            return
        leaves = self.rest[:4].upper() == b"QUIT"
        self.rest = b""
        self.wire.write(b"221 bye\r\n" if leaves else b"250 taken\r\n")


SERVERS = {
    "aiosmtpd": lambda: SMTP(Counted()),
    "slow": lambda: SMTP(Slow()),
    "sink": Sink,
}


async def serve(port, kind):
    server = await asyncio.get_running_loop().create_server(SERVERS[kind], "127.0.0.1", port)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), sys.argv[2]))
