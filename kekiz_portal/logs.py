"""Keep what people search for, and the keys in their links, out of the logs."""

import logging
import re

from gunicorn.glogging import Logger

QUERY = re.compile(r"\?[^\s\"']*")
# Links of mails: whoever has one may act for its owner.
TOKEN = re.compile(
    r"(/newsletter/(?:bestaetigen|abmelden|einstellungen|meine-daten)/"
    r"|/konto/passwort/neu/|/partner/)[^\s\"'/?]+"
)
HOLDS_TOKENS = ("?", "/newsletter/", "/konto/passwort/neu/", "/partner/")


def without_secrets(text):
    """Return a line without query strings and tokens."""
    return TOKEN.sub(r"\1…", QUERY.sub("", text))


class WithoutQuery(logging.Filter):
    """Cut query strings and tokens from every address in a line: they may tell a lot."""

    def filter(self, record):
        """Rewrite the record's message; every record passes."""
        message = record.getMessage()
        if any(sign in message for sign in HOLDS_TOKENS):
            record.msg, record.args = without_secrets(message), None
        return True


class ServerLog(Logger):
    """What gunicorn writes: its access log, when it is on, and its complaints."""

    def atoms(self, *args, **kwargs):
        found = super().atoms(*args, **kwargs)
        said = {name: without_secrets(str(found[name])) for name in ("r", "U", "f") if found[name]}
        return found | said | {"q": "", "h": "-"}
