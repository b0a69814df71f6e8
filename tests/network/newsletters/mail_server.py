"""A mail server that can misbehave: ``python mail_server.py PORT FILE``.

Appends one line of JSON to FILE for each message it accepts, before it says so. How it treats a
recipient is in the address, before a hyphen: ``busy-17@…`` is answered 421 the first time.
"""

import asyncio
import json
import sys
from collections import Counter
from email.parser import BytesHeaderParser
from pathlib import Path

from aiosmtpd.smtp import SMTP

STALL_SECONDS = 60  # longer than any client in the tests waits


class Handler:
    def __init__(self, file):
        self.file = Path(file).open("a", buffering=1)  # noqa: SIM115 - open as long as the server is
        self.tries = Counter()

    async def handle_MAIL(self, _server, _session, envelope, address, _options):  # noqa: N802
        if address.startswith("unwelcome"):
            return "550 5.7.1 we take nothing from you"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, _session, envelope, address, _options):  # noqa: N802
        how = address.partition("-")[0]
        self.tries[address] += 1
        first = self.tries[address] == 1
        if how == "unknown":
            return f"550 5.1.1 <{address}> no such user"  # servers like to quote
        if how == "busy" and first:
            asyncio.get_running_loop().call_later(0.01, server.transport.close)
            return "421 4.3.2 too busy, closing"
        if how == "greylisted" and first:
            return "450 4.2.0 greylisted, try again"
        if how == "never":
            return "450 4.2.1 mailbox locked"
        if how == "stalling" and first:
            await asyncio.sleep(STALL_SECONDS)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, _session, envelope):  # noqa: N802 - aiosmtpd's name
        recipient = envelope.rcpt_tos[0]
        how = recipient.partition("-")[0]
        first = self.tries[recipient] == 1
        if how == "spam":
            return "554 5.7.1 looks like spam"
        if how == "full" and first:
            return "452 4.3.1 disk full"
        if how == "torn" and first:  # the connection breaks, and the message is lost
            server.transport.close()
            return "250 never heard"
        self.accept(envelope, recipient)
        if how == "silent":  # the message is kept, and nobody is told
            server.transport.close()
        return f"250 2.0.0 queued as {len(self.tries)}"

    def accept(self, envelope, recipient):
        head = envelope.content.partition(b"\r\n\r\n")[0]
        message = BytesHeaderParser().parsebytes(head)
        line = {
            "to": recipient,
            "from": envelope.mail_from,
            "id": message["Message-ID"],
            "guid": message["X-Delivery-GUID"],
        }
        self.file.write(json.dumps(line) + "\n")


async def serve(port, file):
    handler = Handler(file)
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(handler), "127.0.0.1", port
    )
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), sys.argv[2]))
