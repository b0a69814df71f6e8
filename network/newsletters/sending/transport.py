"""The way out: a connection to the mail server for many mails, or a folder in development."""

import secrets
import smtplib
import socket
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.core.mail import get_connection
from django.utils import timezone

from kekiz_portal.lib.mails import REFUSED_FOR_GOOD

SMTP_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
OK = 250
FORWARDED = 251
GO_ON = 354
SHUTTING_DOWN = 421


class UnreachableError(OSError):
    """The mail server takes no connection; no mail is to blame."""


class SenderRefusedError(Exception):
    """The mail server takes nothing from us at all; no recipient is to blame."""


class RefusedError(Exception):
    """The mail server answered no: ``code`` and ``words``; it has not got the mail."""

    def __init__(self, code, words):
        super().__init__(code, words)
        self.code, self.words = code, words


class SilentError(Exception):
    """The connection broke before anything was handed over."""


class NoAnswerError(Exception):
    """The connection broke after the mail was handed over, before it was answered."""


class NotBegunError(Exception):
    """The caller's ledger did not let the mail be handed over."""


class MailServer:
    """One connection at a time, kept for many mails, renewed when it breaks or grows old."""

    def __init__(self):
        self.smtp = None
        self.backend = None
        self.mails = 0

    def hand_over(self, sender, recipient, message, begin):
        """Hand one mail over and return (code, words) of its acceptance.

        ``begin()`` is called before the first byte of the message; what it returns decides. Raises
        NotBegunError, RefusedError, SilentError, NoAnswerError, SenderRefusedError and
        UnreachableError.
        """
        self._connect()
        try:
            self._ask_sender(*self.smtp.docmd("MAIL", f"FROM:<{sender}>"))
            self._expect(*self.smtp.docmd("RCPT", f"TO:<{recipient}>"))
        except OSError as error:  # also every smtplib.SMTPException
            self.close()
            raise SilentError(error) from error
        if not begin():
            self._start_over()
            raise NotBegunError
        return self._data(message)

    def close(self):
        """Leave without ceremony, also where the connection is broken."""
        if self.smtp is not None:
            self.smtp.close()
        self.smtp = None

    def leave(self):
        """End the connection as the protocol asks."""
        if self.smtp is not None:
            with suppress(OSError):
                self.backend.close()
        self.smtp = None

    def _connect(self):
        if self.mails >= settings.NEWSLETTER_PER_CONNECTION:
            self.leave()
        if self.smtp is not None:
            return
        self.backend = get_connection(SMTP_BACKEND)
        try:
            self.backend.open()
            self.backend.connection.ehlo_or_helo_if_needed()
        except OSError as error:
            raise UnreachableError(error) from error
        self.smtp = self.backend.connection
        # The last packet of a mail shall not wait until the others are acknowledged.
        self.smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.mails = 0

    def _ask_sender(self, code, words):
        if code in REFUSED_FOR_GOOD:
            self._start_over()
            raise SenderRefusedError(f"{code} {words.decode(errors='replace')}")
        self._expect(code, words)

    def _expect(self, code, words, wanted=frozenset({OK, FORWARDED})):
        """Go on after a yes; after a no, be ready for the next mail."""
        if code in wanted:
            return
        if code == SHUTTING_DOWN or code < 0:
            self.close()
        else:
            self._start_over()
        if code < 0:  # no SMTP at all
            raise smtplib.SMTPServerDisconnected(words)
        raise RefusedError(code, words)

    def _data(self, message):
        try:
            self._expect(*self.smtp.docmd("DATA"), wanted={GO_ON})
        except OSError as error:
            self.close()
            raise SilentError(error) from error
        try:
            self.smtp.sock.settimeout(settings.NEWSLETTER_DATA_TIMEOUT_SECONDS)
            # A line that begins with a dot gets a second one; a dot alone ends the message.
            self.smtp.sock.sendall(message.replace(b"\r\n.", b"\r\n..") + b".\r\n")
            code, words = self.smtp.getreply()
            self.smtp.sock.settimeout(settings.EMAIL_TIMEOUT)
        except OSError as error:
            self.close()
            raise NoAnswerError(error) from error
        self.mails += 1
        if code < 0:
            self.close()
            raise NoAnswerError(words)
        if code != OK:
            if code == SHUTTING_DOWN:
                self.close()
            raise RefusedError(code, words)
        return code, words

    def _start_over(self):
        try:
            self.smtp.rset()
        except OSError:
            self.close()


class MailFolder:
    """Development: every mail becomes a file that can be opened; nothing leaves the machine."""

    def __init__(self, folder):
        self.folder = Path(folder)

    def hand_over(self, _sender, _recipient, message, begin):
        if not begin():
            raise NotBegunError
        self.folder.mkdir(parents=True, exist_ok=True)
        name = f"{timezone.localtime():%Y%m%d-%H%M%S-%f}-{secrets.token_hex(2)}.eml"
        (self.folder / name).write_bytes(message)
        return OK, name.encode()

    def leave(self):
        """There is nothing to end."""


def way_out():
    """Return where mails go by the settings."""
    if settings.EMAIL_BACKEND == SMTP_BACKEND:
        return MailServer()
    return MailFolder(settings.EMAIL_FILE_PATH)
