"""What the versions of a newsletter compare and bring back: its contents, never its sending."""

from network.models import Newsletter, NewsletterBlock
from offers.curation.record import ROOT, Part, register

SENDING = {
    "state",
    "send_at",
    "frozen_at",
    "started_at",
    "running_since",
    "finished_at",
    "paused_because",
    "trouble",
    "key",
}

register(
    Newsletter,
    [
        Part(ROOT, Newsletter, skipped=frozenset(SENDING)),
        Part("block", NewsletterBlock, "newsletter", ROOT, "newsletter"),
    ],
)
