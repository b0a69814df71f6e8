"""The mailbox that bounces come to: a Maildir on disk, or a folder reached by IMAP over TLS.

What is no bounce stays where it is and gets a flag, the star of mail programs: a person sees what
there is to look at, and it is not read again.
"""

import imaplib
import ssl
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings

# A bounce tells all it has to in its beginning; the rest is the mail that came back.
MOST_BYTES = 1_000_000
# How a Maildir notes it.
FLAGS_BEGIN, FLAG = ":2,", "F"
NO_ADDRESS = (
    "BOUNCE_MAILBOX is not an address like imaps://user:password@host:993/folder; other signs than "
    "letters and digits in user and password are written like %40"
)


class UnreadableMailboxError(Exception):
    """The mailbox cannot be reached or read; says why in one line."""


@contextmanager
def opened():
    """Give the mailbox the settings name: an object with mails(), remove(key), flag(key).

    Raises UnreadableMailboxError, also for what goes wrong while it is open.
    """
    address = address_of_mailbox()
    try:
        with KINDS[address.scheme](address) as box:
            yield box
    except (OSError, imaplib.IMAP4.error) as error:
        raise UnreadableMailboxError(str(error)) from error


def address_of_mailbox():
    """Return BOUNCE_MAILBOX in its parts. Raises UnreadableMailboxError when it is no address.

    What it says is not repeated: it may hold a password.
    """
    try:
        address = urlsplit(settings.BOUNCE_MAILBOX)
        is_whole = bool(address.hostname and address.port != 0) or address.scheme != "imaps"
    except ValueError:  # the port, or what stands in brackets
        raise UnreadableMailboxError(NO_ADDRESS) from None
    if not is_whole:
        raise UnreadableMailboxError(NO_ADDRESS)
    if address.scheme not in KINDS:
        raise UnreadableMailboxError("BOUNCE_MAILBOX begins with maildir:// or imaps://")
    return address


class Maildir:
    """Files in new/ and cur/ of a folder; moving one is a single step of the file system."""

    def __init__(self, address):
        self.folder = Path(unquote(address.path))

    def mails(self):
        """Yield the path and the bytes of each mail without a flag."""
        for place in ("cur", "new"):
            for path in sorted((self.folder / place).iterdir()):
                if FLAG in flags_of(path) or path.is_dir():
                    continue
                # A mail program may move or delete it at the same moment.
                with suppress(FileNotFoundError):
                    with path.open("rb") as file:
                        raw = file.read(MOST_BYTES)
                    yield path, raw

    def remove(self, path):
        path.unlink(missing_ok=True)

    def flag(self, path):
        """Set a mail's flag, which is part of its name; new mails become known ones by it."""
        flags = "".join(sorted({*flags_of(path), FLAG}))
        name = f"{path.name.partition(FLAGS_BEGIN)[0]}{FLAGS_BEGIN}{flags}"
        with suppress(FileNotFoundError):
            path.rename(self.folder / "cur" / name)


def flags_of(path):
    """Return the letters at the end of the name of a file in a Maildir."""
    return path.name.partition(FLAGS_BEGIN)[2]


class ImapFolder:
    """A folder on a mail server. Deletes only what it read itself."""

    def __init__(self, address):
        self.address = address
        self.folder = unquote(address.path.strip("/")) or "INBOX"

    def __enter__(self):
        self.server = imaplib.IMAP4_SSL(
            self.address.hostname,
            self.address.port or imaplib.IMAP4_SSL_PORT,
            ssl_context=ssl.create_default_context(),
            timeout=settings.EMAIL_TIMEOUT,
        )
        try:
            self._sign_in()
        except BaseException:
            self.server.shutdown()
            raise
        return self

    def _sign_in(self):
        self.server.login(
            unquote(self.address.username or ""), unquote(self.address.password or "")
        )
        # What it can may differ from what it told before.
        self.abilities = b" ".join(self._done(self.server.capability())).upper().split()
        self._done(self.server.select(_quoted(self.folder)))

    def __exit__(self, *_):
        with suppress(OSError, imaplib.IMAP4.error):
            self.server.logout()

    def mails(self):
        """Yield the number and the bytes of each mail; reading leaves it unread."""
        numbers = self._done(self.server.uid("SEARCH", None, "UNDELETED", "UNFLAGGED"))[0] or b""
        for number in numbers.decode("ascii").split():
            part = f"(BODY.PEEK[]<0.{MOST_BYTES}>)"
            answer = self._done(self.server.uid("FETCH", number, part))
            raw = [one[1] for one in answer if isinstance(one, tuple)]
            if raw:  # else somebody deleted it meanwhile
                yield number, raw[0]

    def remove(self, number):
        self._done(self.server.uid("STORE", number, "+FLAGS.SILENT", r"(\Deleted)"))
        if b"UIDPLUS" in self.abilities:
            self._done(self.server.uid("EXPUNGE", number))
        # Without it others' deleted mails would go too: the mark is enough, we pass it by.

    def flag(self, number):
        self._done(self.server.uid("STORE", number, "+FLAGS.SILENT", r"(\Flagged)"))

    def _done(self, answer):
        """Return the data of an answer; raise what the server said unless that is OK."""
        word, data = answer
        if word != "OK":
            said = b" ".join(one for one in data if isinstance(one, bytes))
            raise imaplib.IMAP4.error(said.decode(errors="replace"))
        return data


def _quoted(name):
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


KINDS = {"maildir": lambda address: nullcontext(Maildir(address)), "imaps": ImapFolder}
