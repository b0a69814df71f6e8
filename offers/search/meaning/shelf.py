"""What many texts mean and how they are spelled, in files that all processes of a machine map.

A shelf follows from its texts alone. It is written once and never changed; what it lacks is put
on another, held in memory, until somebody writes a new one.
"""

import contextlib
import hashlib
import os
import shutil
import tempfile
import time
from dataclasses import fields
from pathlib import Path

import numpy as np

from .letters import Spellings

SPELLING = 1.1  # how much the same spelling counts beside the same meaning
KEPT_SECONDS = 60 * 60  # an older shelf is still read by processes that have not asked since
NAME, KEYS, VECTORS = "texts-", "keys", "vectors"


class Shelf:
    """Texts by ascending ``keys``, with a vector each (a row of ``vectors``) and ``spellings``."""

    def __init__(self, keys, vectors, spellings):
        self.keys, self.vectors, self.spellings = keys, vectors, spellings

    def __len__(self):
        return len(self.keys)

    @classmethod
    def of(cls, texts, keys, vectors, common=None):
        """Return a shelf in memory; which spellings are rare is told by a ``common`` shelf."""
        order = np.argsort(keys)
        known = common.spellings if common is not None and len(common) else None
        spellings = Spellings.of([texts[at] for at in order], known)
        return cls(np.asarray(keys, np.uint64)[order], vectors[order], spellings)

    def likeness(self, text, vector, common=None):
        """Return how much each text is like another with its vector: in meaning and spelling."""
        known = common.spellings if common is not None else None
        return self.vectors @ vector + SPELLING * self.spellings.likeness(text, known)

    def places(self, keys):
        """Return in which row each of some keys stands, -1 where in none."""
        keys = np.asarray(keys, np.uint64)
        if not len(self):
            return np.full(len(keys), -1)
        at = np.minimum(np.searchsorted(self.keys, keys), len(self) - 1)
        return np.where(self.keys[at] == keys, at, -1)


def newest(folder, encoder):
    """Return the shelf that was last written for an encoder under a folder, ``None`` if none."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        return _mapped(max(_written(folder, encoder), key=lambda path: path.stat().st_mtime))
    return None


def write(shelf, folder, encoder):
    """Return the same shelf mapped from files; raises ``OSError`` where none can be written."""
    files = _folder(folder, encoder)
    path = files / (NAME + hashlib.blake2b(shelf.keys.tobytes(), digest_size=16).hexdigest())
    if path.exists():
        os.utime(path)  # it is the newest again
    else:
        files.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = Path(tempfile.mkdtemp(dir=files, prefix="part-"))
        try:
            _save(shelf, fresh)
            with contextlib.suppress(OSError):  # another process was faster
                fresh.rename(path)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    for other in _written(folder, encoder):
        with contextlib.suppress(OSError):
            if other != path and other.stat().st_mtime < time.time() - KEPT_SECONDS:
                shutil.rmtree(other)
    return _mapped(path)


def _save(shelf, folder):
    np.save(folder / f"{KEYS}.npy", shelf.keys)
    np.save(folder / f"{VECTORS}.npy", shelf.vectors)
    for field in fields(Spellings):
        np.save(folder / f"{field.name}.npy", getattr(shelf.spellings, field.name))


def _mapped(path):
    arrays = {
        file.stem: np.load(file, mmap_mode="r").view(np.ndarray) for file in path.glob("*.npy")
    }
    return Shelf(arrays.pop(KEYS), arrays.pop(VECTORS), Spellings(**arrays))


def _written(folder, encoder):
    return list(_folder(folder, encoder).glob(f"{NAME}*"))


def _folder(folder, encoder):
    return Path(folder) / f"shelf-{encoder}"
