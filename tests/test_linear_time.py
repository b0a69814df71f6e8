"""What reads typed text takes time in proportion to it: four times as much, four times as long."""

import time

import pytest

from kekiz_portal.lib import rich_text
from kekiz_portal.lib.tables import several
from kekiz_portal.logs import without_secrets
from kekiz_portal.signing_in.password_patterns import own_part
from network.newsletters.composing import plain_text
from network.newsletters.composing.link_checking import HREF
from network.newsletters.sending.sending import AN_ADDRESS
from offers.curation.difference import word_by_word
from offers.exchange.columns import places, readings, schedules
from offers.protection import street_in_text
from offers.quality import readability
from offers.quality.link_check import LINK
from offers.reading import clock, document
from offers.search.words import folding

CANARY = street_in_text.read_street("Kanarienpfad 88")


def names_the_canary(text):
    return street_in_text.named(street_in_text.read_text(text), CANARY)


READERS = {
    "readability": readability.read,
    "rich text as stored": rich_text.stored,
    "rich text as read": rich_text.as_text,
    "rich text as typed": rich_text.as_typed,
    "words of the search": folding.whole_words,
    "mail without HTML": plain_text.of,
    "addresses in answers of servers": lambda text: AN_ADDRESS.sub("…", text),
    "links of newsletters": HREF.findall,
    "links of offers": LINK.findall,
    "pages of providers": lambda text: document.parse(text.encode()),
    "weekdays and hours of a page": clock.times_in,
    "protected addresses": names_the_canary,
    "street of a place": street_in_text.read_street,
    "log": without_secrets,
    "password": own_part,
    "several values in a cell": several.values,
    "rows in a cell": several.rows,
    "place in a file": places.ABOUT_A_FEATURE.fullmatch,
    "times in a file": lambda text: (
        schedules.EXCEPTION.fullmatch(f"außer 2026-01-01 ({text}") or schedules.RULE.match(text)
    ),
    "price in a file": lambda text: (
        readings.PRICE.fullmatch(f"1 {text}") or readings.VALID.search(text)
    ),
    "difference": lambda text: word_by_word(text, text[::-1]),
}
# What made patterns go back and forth, each repeated.
SEEDS = [
    ".",
    "<ul><li>",
    "<p",
    "<a ",
    '<a href="',
    "<p><b>",
    "<div>",
    "a",
    "a@",
    "?",
    "\n",
    "\n ",
    " ",
    "&nbsp;",
    "Str. ",
    "1",
    "1 ",
    "1, ",
    "1-",
    "Kanarienpfad ",
    "k a n a r i e n ",
    '"',
    "(",
    "( a",
    "-",
    "Dr.",
    "Mo ",
    "ab ",
    "\u0308",
]
LENGTH = 5_000
TIMES = 4
# Linear work grows fourfold, quadratic work sixteenfold; the line leaves room for other work.
MOST_GROWTH = 9
TOO_SHORT_TO_MEASURE = 0.05


def seconds(read, text, tries=3):
    best = float("inf")
    for _try in range(tries):
        began = time.process_time()
        read(text)
        best = min(best, time.process_time() - began)
    return best


@pytest.mark.parametrize("name", READERS)
def test_four_times_the_text_takes_about_four_times_the_time(name):
    read = READERS[name]
    slow = {}
    for seed in SEEDS:
        some = (seed * LENGTH)[:LENGTH] + "x"
        much = (seed * LENGTH * TIMES)[: LENGTH * TIMES] + "x"
        if seconds(read, much, tries=1) < TOO_SHORT_TO_MEASURE:
            continue
        growth = seconds(read, much) / max(seconds(read, some), 1e-9)
        if growth > MOST_GROWTH:
            slow[seed] = round(growth, 1)
    assert slow == {}
