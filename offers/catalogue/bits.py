"""Sets of slots as whole numbers: slot n is in a set when bit n is 1.

An intersection is ``&``, a union ``|``, the size ``bit_count()``: for a hundred thousand slots some
microseconds each. NumPy turns them into arrays and back where an order is asked for.
"""

import numpy as np

NOTHING = 0


def of_mask(mask):
    """Return the set of the slots at which an array is true."""
    return int.from_bytes(np.packbits(mask, bitorder="little").tobytes(), "little")


def of_slots(slots, size):
    """Return the set of some slots below ``size``."""
    mask = np.zeros(size, dtype=bool)
    mask[np.fromiter(slots, dtype=np.int64)] = True
    return of_mask(mask)


def mask(bits, size):
    """Return an array of ``size`` that is true at the slots of a set."""
    octets = np.frombuffer(bits.to_bytes((size + 7) // 8, "little"), dtype=np.uint8)
    return np.unpackbits(octets, count=size, bitorder="little").astype(bool)


def in_order(bits, order, size):
    """Return the slots of a set as they stand in an array of slots."""
    return order[mask(bits, size)[order]]


def union(sets):
    """Return the set of the slots that are in any of some sets."""
    found = NOTHING
    for one in sets:
        found |= one
    return found
