"""Go through much in pieces."""

from itertools import islice


def batched(items, size):
    """Yield lists of up to ``size`` items (``itertools.batched`` needs Python 3.12)."""
    items = iter(items)
    while batch := list(islice(items, size)):
        yield batch
