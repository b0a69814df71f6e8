"""What somebody chooses about newsletters."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Choice:
    """Lists and topics in a language; ``offered`` are the lists the page showed."""

    language: str
    lists: list
    offered: list
    interests: list = field(default_factory=list)
