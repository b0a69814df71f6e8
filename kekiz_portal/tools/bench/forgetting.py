"""Let this process forget cards and other parts that lie with the catalogue, which itself stays."""

from offers.catalogue import held

HEADER = "X-NOTHING-MADE-BEFORE"


def forget():
    catalogue = held.current()
    catalogue.made_of_words.clear()
    catalogue.made_of_offers.clear()
    catalogue.answers.clear()
    catalogue._made.clear()  # noqa: SLF001 - nobody else has to forget
