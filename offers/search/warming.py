"""A first search before anybody searches, so that nobody waits for what it has to read."""

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
    except Exception as error:  # noqa: BLE001 - no tables yet, no database: the first search tells
        log.info("The search is not read beforehand: %s", error)
    finally:
        connection.close()
