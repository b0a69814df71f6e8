"""Arrays in files that all processes of a machine map; written once and never changed."""

import contextlib
import os
import shutil
import tempfile
import time
from pathlib import Path

import numpy as np

KEPT_SECONDS = 60 * 60  # older ones are still read by processes that have not asked since
PREFIX = "of-"
# What reading arrays may raise that nobody could write, or that are not whole any more. Whoever
# reads them goes on without: nobody shall search in vain for want of shared memory.
UNREADABLE = (OSError, ValueError, KeyError, TypeError)


def newest(folder):
    """Return the arrays that were last written under a folder; raises ``ValueError`` if none."""
    return mapped(max(_written(folder), key=lambda path: path.stat().st_mtime))


def find(folder, name):
    """Return whether arrays were written under a name; they are the newest again."""
    path = Path(folder) / (PREFIX + name)
    with contextlib.suppress(OSError):
        os.utime(path)
    return path.exists()


def write(folder, name, arrays):
    """Write arrays by their names and return them mapped; raises ``OSError`` if that fails."""
    folder = Path(folder)
    path = folder / (PREFIX + name)
    if not find(folder, name):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = Path(tempfile.mkdtemp(dir=folder, prefix="part-"))
        try:
            for key, array in arrays.items():
                np.save(fresh / f"{key}.npy", array)
            with contextlib.suppress(OSError):  # another process was faster
                fresh.rename(path)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    for other in _written(folder):
        with contextlib.suppress(OSError):
            if other != path and other.stat().st_mtime < time.time() - KEPT_SECONDS:
                shutil.rmtree(other)
    return mapped(path)


def made_once(folder, name, make):
    """Return the arrays under a name mapped; the first time as ``make()`` returns them.

    Raises one of ``UNREADABLE``.
    """
    if find(folder, name):
        return mapped(Path(folder) / (PREFIX + name))
    return write(folder, name, make())


def mapped(path):
    """Return the arrays of a folder, each by its name, without reading them."""
    return {file.stem: np.load(file, mmap_mode="r").view(np.ndarray) for file in path.glob("*.npy")}


def _written(folder):
    return list(Path(folder).glob(f"{PREFIX}*"))
