"""The catalogue as this process holds it, always that of this moment.

A few changed offers are read anew by the request that sees the change first. All of them are read
by the first request of a process, and after changes that may concern any: where that would keep a
reader waiting, beside the requests, which go on with the old catalogue meanwhile.
"""

import logging
import threading
import time

from django.db import connection
from django.utils import timezone

from kekiz_portal.lib import content_version

from .catalogue import Catalogue

A_READER_WAITS = 0.5  # seconds
MOST_CHANGED = 1_000  # offers; of more it is quicker to read all
NEXT_TRY_AFTER = 5.0

log = logging.getLogger(__name__)


class _Held:
    """What this process holds; ``seconds`` is how long reading all of it took.

    ``own`` is that of a transaction which changed something and has not ended: for nobody else.
    """

    catalogue = None
    own = None
    seconds = 0.0
    failed_at = None
    renewing = threading.Lock()
    beside = None


_here = _Held()


def current():
    """Return the ``Catalogue`` of this moment."""
    number, day = content_version.current(), timezone.localdate()
    for held in (_here.catalogue, _here.own):
        if held is not None and (held.number, held.day) == (number, day):
            return held
    if connection.in_atomic_block and content_version.is_own():
        _here.own = Catalogue.read(number, day)
        return _here.own
    if _here.catalogue is not None and _has_just_failed():
        return _here.catalogue
    with _here.renewing:
        held, number = _here.catalogue, content_version.fresh()
        if held is None:
            return _read(number, day)
        if (held.number, held.day) != (number, day):
            _renew(held, number, day)
        return _here.catalogue


def _renew(held, number, day):
    """Hold the catalogue of now; the old one while that is read, and if that fails."""
    try:
        keys = content_version.entries_changed(held.number, number) if held.day == day else None
        if keys is not None and len(keys) <= MOST_CHANGED:
            _here.catalogue = held.changed(number, keys)
        elif _here.seconds < A_READER_WAITS:
            _read(number, day)
        elif _here.beside is None or not _here.beside.is_alive():
            _here.beside = threading.Thread(target=_read_beside, args=[day], daemon=True)
            _here.beside.start()
    except Exception as error:  # noqa: BLE001, whatever it is, readers read on
        _note(error)


def _read(number, day):
    started = time.perf_counter()
    _here.catalogue = Catalogue.read(number, day)
    _here.seconds = time.perf_counter() - started
    return _here.catalogue


def _read_beside(day):
    try:
        _read(content_version.fresh(), day)
    except Exception as error:  # noqa: BLE001, whatever it is, readers read on
        _note(error)
    finally:
        connection.close()  # the one of this thread


def _note(error):
    _here.failed_at = time.monotonic()
    log.error("The catalogue of offers was not renewed; the old one serves.", exc_info=error)


def _has_just_failed():
    return _here.failed_at is not None and time.monotonic() - _here.failed_at < NEXT_TRY_AFTER
