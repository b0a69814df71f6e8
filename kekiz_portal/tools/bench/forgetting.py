"""Let this process forget cards and other parts that lie with the catalogue, which itself stays.

So do the rows that it read for the cards.
"""

from offers.browsing.cards import ROWS
from offers.catalogue import held

HEADER = "X-NOTHING-MADE-BEFORE"


def forget():
    catalogue = held.current()
    catalogue.made_of_words.clear()
    for made in list(catalogue.made_of_offers.values()):
        for name in made.keys() - {ROWS}:
            del made[name]
    catalogue.answers.clear()
    catalogue._made.clear()  # noqa: SLF001 - nobody else has to forget
