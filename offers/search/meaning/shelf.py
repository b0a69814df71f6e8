"""What many texts mean and how they are spelled, in files that all processes of a machine map.

A shelf follows from its texts alone. It is written once and never changed; what it lacks is put
on another, held in memory, until somebody writes a new one.
"""

import contextlib
import hashlib
from dataclasses import fields
from pathlib import Path

import numpy as np

from . import shared_files
from .letters import Spellings

SPELLING = 1.1  # how much the same spelling counts beside the same meaning
KEYS, VECTORS = "keys", "vectors"


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
    with contextlib.suppress(*shared_files.UNREADABLE):
        return _of_arrays(shared_files.newest(_folder(folder, encoder)))
    return None


def write(shelf, folder, encoder):
    """Return the same shelf mapped from files; may raise ``shared_files.UNREADABLE``."""
    name = hashlib.blake2b(shelf.keys.tobytes(), digest_size=16).hexdigest()
    arrays = {field.name: getattr(shelf.spellings, field.name) for field in fields(Spellings)}
    arrays |= {KEYS: shelf.keys, VECTORS: shelf.vectors}
    return _of_arrays(shared_files.write(_folder(folder, encoder), name, arrays))


def _of_arrays(arrays):
    return Shelf(arrays.pop(KEYS), arrays.pop(VECTORS), Spellings(**arrays))


def _folder(folder, encoder):
    return Path(folder) / f"shelf-{encoder}"
