"""One page as it is kept: its bytes, packed as readers asked for them, and what tells it apart."""

import gzip
import hashlib
import re
from functools import lru_cache

import brotli

PLAIN = ""
INDENTATION = re.compile(rb"\n\s+")  # one that looks for blanks first takes sixty times as long
# Stronger packing takes longer than it saves, and so does a longer window than a page needs.
PACK = {
    "br": lambda body: brotli.compress(body, quality=5, lgwin=16),
    "gzip": lambda body: gzip.compress(body, compresslevel=6, mtime=0),
    PLAIN: bytes,
}
HEADERS_BYTES = 2_000  # about
UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress, PLAIN: bytes}


class KeptPage:
    """A page with the headers its view gave it; ``sent`` are all that went out with it once.

    ``is_shared`` when nothing is to be told to other processes (any more).
    """

    __slots__ = ("bodies", "etag", "headers", "is_shared", "sent")

    def __init__(self, headers, etag, packing, body):
        self.headers = headers
        self.etag = etag
        self.bodies = {packing: body}
        self.sent = None
        self.is_shared = False

    @classmethod
    def of(cls, body, headers, packing):
        """Make a page from its plain bytes; what indents the templates is left out."""
        body = INDENTATION.sub(b"\n", body)
        digest = hashlib.blake2b(body, digest_size=12).hexdigest()
        return cls(headers, f'W/"{digest}"', packing, PACK[packing](body))

    @property
    def size(self):
        return sum(map(len, self.bodies.values())) + HEADERS_BYTES

    def body(self, packing):
        """Return the bytes in a packing, packed once."""
        if packing not in self.bodies:
            known, body = next(iter(self.bodies.items()))
            self.bodies[packing] = PACK[packing](UNPACK[known](body))
        return self.bodies[packing]

    def is_known(self, if_none_match):
        """Tell whether the reader has this page already."""
        return bool(if_none_match) and (self.etag in if_none_match or if_none_match == "*")


@lru_cache(maxsize=256)
def best_packing(accept_encoding):
    """Return the best packing that a header ``Accept-Encoding`` allows."""
    accepted = set()
    for one in accept_encoding.lower().split(","):
        name, _semicolon, weight = one.replace(" ", "").partition(";")
        if weight.removeprefix("q=").strip("0.") or not weight:
            accepted.add(name)
    return next((name for name in ("br", "gzip") if name in accepted), PLAIN)
