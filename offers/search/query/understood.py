"""What an understood query is made of."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Match:
    """A stem of the index that answers a concept; ``all_of`` has to stand in the offer too.

    ``weight`` is 1 for the very word, less for what only means it.
    """

    stem: str
    weight: float
    all_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why other words than those typed may answer.

    ``kind`` is exact, stem, typo, compound, synonym, related, translation or hidden; ``said``
    is what was typed and ``meant`` how offers call it. What a hidden reason leads to is never named
    ("Kind hört nicht" may not be called a question for the counselling).
    """

    kind: str
    said: str
    meant: str


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing a query asks for; any of its matches answers it.

    What ``is_common`` asks for nothing alone: "Kurs", "Mutter", "Termin".
    """

    words: tuple[str, ...]
    matches: tuple[Match, ...]
    weight: float = 1.0
    reason: Reason | None = None
    is_common: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """Words of a query that became a filter; name and value as in ``browsing.filters``."""

    words: str
    name: str
    value: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Help:
    """What somebody in need is answered: the slugs of help lines, first one first.

    ``is_crisis`` puts them above everything; otherwise they are offered. ``is_private`` where
    distress was heard clearly: what was typed goes from the address and is not kept.
    ``is_young`` where a child or a young person speaks, who would rather write than call.
    ``without_a_voice`` where somebody cannot hear, speak or talk now; ``needs`` are what it is
    about, by their names.
    """

    helplines: tuple[str, ...] = ()
    is_crisis: bool = False
    is_private: bool = False
    without_a_voice: bool = False
    needs: tuple[str, ...] = ()
    is_young: bool = False


NO_HELP = Help()


@dataclass(frozen=True)
class Understanding:
    """A query as it was understood.

    A query of readings only, or "Was gibt es in der Stadt?", has no concepts and
    ``asks_for_all``. One with concepts of which none has a match finds nothing. ``corrected``
    is the whole query in the words that were meant, only when a correction was applied; ``wording``
    is the query as it would be written, also with those corrections that only its meaning needs.
    What ``is_sentence`` tells of an age, a
    place or a day is no demand.
    """

    text: str
    concepts: tuple[Concept, ...] = ()
    readings: tuple[Reading, ...] = ()
    corrected: str | None = None
    written: str | None = None
    help: Help = NO_HELP
    institutions: tuple[int, ...] = ()
    topics: tuple[str, ...] = ()
    phases: tuple[str, ...] = ()
    asks_for_all: bool = False
    is_sentence: bool = False

    @property
    def wording(self):
        """The query as it would be written."""
        return self.written or self.text

    @property
    def helplines(self):
        return self.help.helplines

    @property
    def is_crisis(self):
        return self.help.is_crisis

    def without(self, reading):
        """Return the query without the words of a reading."""
        return " ".join((self.text[: reading.start] + " " + self.text[reading.end :]).split())
