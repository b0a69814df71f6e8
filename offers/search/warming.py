"""A first search before anybody searches, so that nobody waits for what it has to read."""

import gc
import logging
import threading

from django.db import connection

from .hearing import answered
from .query.understanding import understand

SENTENCE = "wohin kann ich nachmittags mit meinem kind gehen"

log = logging.getLogger(__name__)


def begin():
    """Read the vocabulary, the encoder and what sentences mean in a thread beside the start."""
    threading.Thread(target=_search, name="first-search", daemon=True).start()


def _search():
    try:
        answered(understand(SENTENCE))
        # What was read stays. The collector of cycles need not go through it each time, while
        # everybody waits: a quarter of a second after each reading of the vocabulary.
        gc.collect()
        gc.freeze()
    except Exception as error:  # noqa: BLE001 - no tables yet, no database: the first search tells
        log.info("The search is not read beforehand: %s", error)
    finally:
        connection.close()
