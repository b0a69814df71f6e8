"""Headers of a mail that people read: any text arrives as it was written.

Python's newer way of writing headers loses a blank between two encoded words or writes
``?==?``, which some servers refuse (RFC 2047, section 5: encoded words stand apart). Its older
way does not, so it is used here. Standard library only.
"""

import unicodedata
from email.header import Header
from email.utils import formataddr

LONGEST_PLAIN = 60
SERVER_WORDS_LENGTH = 500
LONGEST_LINE = 75  # RFC 2047, section 2, for a line that holds an encoded word


def one_line(text, length):
    """Return text for a header: one line without invisible signs, at most ``length`` long."""
    seen = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in text)
    return " ".join(seen.split())[:length].rstrip()


def words_of_server(words):
    """Return a mail server's words as one plain line; they may hold anything, bytes too."""
    if isinstance(words, bytes):
        words = words.decode(errors="replace")
    return one_line(str(words)[:SERVER_WORDS_LENGTH], SERVER_WORDS_LENGTH)


def unstructured(name, text):
    """Return the whole header line(s) of a text in one line, such as a subject, with CRLF."""
    return f"{name}: {_encoded(name, text)}\r\n"


def value(name, text):
    """Return what stands behind the name of such a header, as Python's own messages keep it."""
    return _encoded(name, text).replace("\r\n", "\n")


def mailbox(name, words, address):
    """Return the whole header line(s) of an address with a name beside it, with CRLF."""
    if words.isascii():
        return f"{name}: {formataddr((words, address))}\r\n"
    return f"{name}: {_encoded(name, words)}\r\n <{address}>\r\n"


def _encoded(name, text):
    if text.isascii() and len(text) <= LONGEST_PLAIN and "=?" not in text:
        return text
    header = Header(text, "utf-8", maxlinelen=LONGEST_LINE, header_name=name)
    return header.encode(splitchars="", linesep="\r\n")
