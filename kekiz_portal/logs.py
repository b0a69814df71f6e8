"""Keep what people search for, and the keys in their links, out of the logs."""

import logging
import re

QUERY = re.compile(r"\?[^\s\"']*")
# Links of mails: whoever has one may act for its owner.
TOKEN = re.compile(r"(/newsletter/(?:bestaetigen|abmelden|einstellungen|meine-daten)/)[^\s\"'/]+")


class WithoutQuery(logging.Filter):
    """Cut query strings and tokens from every address in a line: they may tell a lot."""

    def filter(self, record):
        """Rewrite the record's message; every record passes."""
        message = record.getMessage()
        if "?" in message or "/newsletter/" in message:
            record.msg, record.args = TOKEN.sub(r"\1…", QUERY.sub("", message)), None
        return True
