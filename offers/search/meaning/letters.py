"""How a text is spelled, as a vector: texts that share parts of words lie near each other.

Beside its meaning, because the encoder knows sixteen languages, and nobody types without slips.
"""

import re
import unicodedata
from zlib import crc32

DIMENSIONS = 256
LENGTHS = (3, 4, 5)
NO_LETTERS = re.compile(r"[^\w]+")


def spelled(texts):
    """Return a float32 matrix with a unit vector for each text; zeros where it has no letters."""
    import numpy as np  # noqa: PLC0415 - comes with the encoder

    matrix = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
    for row, text in zip(matrix, texts, strict=True):
        for part in _parts(text):
            number = crc32(part.encode())
            row[number % DIMENSIONS] += 1 if number >> 31 else -1
    return matrix / np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-9)


def _parts(text):
    """Return all runs of three to five letters of a text, each once, without marks."""
    plain = unicodedata.normalize("NFKD", NO_LETTERS.sub(" ", f" {text} "))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return {
        plain[start : start + length]
        for length in LENGTHS
        for start in range(len(plain) - length + 1)
    }
