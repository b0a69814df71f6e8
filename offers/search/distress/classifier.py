"""How much a text sounds like a call for help, which need it tells of, and how young who speaks is.

Small networks over the sentence vector and the letter groups of a text. Their weights are learned
from ``data/search/distress_examples.csv`` (``make distress-weights``); nothing is heard where there
is no encoder.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from offers.search.meaning import encoding

WEIGHTS = settings.BASE_DIR / "data" / "search" / "distress_weights.npz"
NO_NEED = "none"
YOUNG, GROWN = "young", "grown"


@dataclass(frozen=True, slots=True)
class Heard:
    """Shares of 1: ``needs`` by slug (without ``NO_NEED``), and that somebody young speaks."""

    needs: dict[str, float]
    young: float

    @property
    def distress(self):
        """How sure it is that a text is a call for help, whatever the need."""
        return sum(self.needs.values())

    @property
    def by_share(self):
        """The slugs of the needs, the likeliest first."""
        return sorted(self.needs, key=self.needs.get, reverse=True)


def hear(text):
    """Return what is ``Heard`` in a text; ``None`` without an encoder or without words."""
    if not text.strip() or not encoding.available():
        return None
    from .network import Features, shares  # noqa: PLC0415 - numpy comes with the encoder

    networks = _networks()
    [of_needs], [of_speakers] = shares(networks, Features.of([text]))
    needs = dict(zip(networks[0].needs, of_needs.tolist(), strict=True))
    del needs[NO_NEED]
    return Heard(needs, dict(zip(networks[0].speakers, of_speakers.tolist(), strict=True))[YOUNG])


@cache
def _networks():
    from .network import read  # noqa: PLC0415

    return read(WEIGHTS, Path(settings.ENCODER_DIR) / "distress")
