"""What a page says of an entry that the entry does not say: each fact with its sentence.

Only what is sure is told: where a page may mean several things it says nothing. Nothing is ever
read as a reason to take something away.
"""

import re
from dataclasses import dataclass

from kekiz_portal.lib import mailbox

from . import contacts, money, scope
from .clock import same, times_in
from .language import is_to_be_read
from .notices import notices_in
from .sentences import is_of_another_time, is_of_others, sentences

PHONE, EMAIL, TIMES, HOURS = "phone", "email", "times", "hours"
PRICE, NOTICE = "price", "notice"
OFFICE = re.compile(
    r"öffnungszeit|sprechzeit|bürozeit|geschäftszeit|servicezeit|sekretariat|telefonisch|erreichbar|"
    r"telefonzeit|büro|verwaltung|hotline|geöffnet",
    re.IGNORECASE,
)
OPENING = re.compile(r"öffnungszeit|geöffnet|bürozeit|sprechzeit|servicezeit", re.IGNORECASE)
OPEN = re.compile(r"öffnungszeit|geöffnet", re.IGNORECASE)
SIGNING_UP = re.compile(
    r"^\W*(?:telefonische )?(?:anmeldung|anmeldezeit)|anmelden .{0,40}unter", re.IGNORECASE
)
MOST_LINES_UNNAMED = 3  # of times or prices, where the page does not name the entry
LONGEST = 280


@dataclass(frozen=True)
class Known:
    """What an entry says of itself: ``names`` it is known by, what stands there as words.

    ``is_house`` is an institution. ``is_alone``: the page is no other entry's.
    """

    names: tuple
    phones: frozenset = frozenset()
    emails: frozenset = frozenset()
    times: str = ""
    hours: str = ""
    price: str = ""
    notice: str = ""
    is_alone: bool = True
    is_house: bool = False


@dataclass(frozen=True)
class Found:
    """A fact of a page that differs from an entry, and the sentence that says it."""

    fact: str
    value: str
    sentence: str


def differences(document, known, today):
    """Return what a page says otherwise than an entry, or beyond it, as ``Found``."""
    if not is_to_be_read(document):
        return []
    if known.is_house:
        lines, is_named = list(document.lines), True
    else:
        lines, is_named = scope.own_lines(document, known.names, is_alone=known.is_alone)
    if not lines:
        return []
    found = list(_contacts(document, lines, known, today))
    body = [line for line in lines if not line.is_aside]
    if known.is_house:
        found.append(_hours(lines, known, today))
    else:
        found.append(_times(body, known, today, is_named=is_named))
        found.append(_price(body, known, today, is_named=is_named))
    found.append(_notice(body, known, today))
    return [one for one in found if one]


def _contacts(document, lines, known, today):
    for fact, found_in, said in (
        (PHONE, contacts.numbers_in, known.phones),
        (EMAIL, contacts.mailboxes_in, known.emails),
    ):
        if said & {mailbox.identity(value) for value, *_rest in found_in(document.lines)}:
            continue
        there = found_in(lines, today)
        if not there and known.is_alone:
            there = found_in(document.lines, today)
        if one := contacts.chosen(there):
            yield Found(fact, *one)


def _times(lines, known, today, *, is_named):
    said = _timed(lines, today, is_office=False)
    if not said and is_named:
        said = [one for one in _timed(lines, today, is_office=True) if OPEN.search(one[0])]
    return _times_found(TIMES, said, known.times, is_named=is_named)


def _hours(lines, known, today):
    said = [one for one in _timed(lines, today, is_office=True) if one[2]]
    return _times_found(HOURS, said, known.hours, is_named=True)


def _times_found(fact, said, known, *, is_named):
    times = frozenset().union(*(one[1] for one in said)) if said else frozenset()
    if not times or (not is_named and len(said) > MOST_LINES_UNNAMED):
        return None
    stand = times_in(known)
    if stand and (same(stand, times) or _is_still_said(stand, times)):
        return None
    return _joined(fact, (one[0] for one in said))


def _is_still_said(stand, times):
    """Whether all that stands in the entry is among what the page says."""
    there = frozenset(one for one in times if any(same({one}, {own}) for own in stand))
    return bool(there) and same(stand, there)


def _timed(lines, today, *, is_office):
    """Return words, times, and whether they are opening hours, of lines of one kind."""
    found = []
    for line in lines:
        if is_of_others(line):
            continue
        for sentence in sentences(line):
            if is_of_another_time(line, today, sentence) or SIGNING_UP.search(sentence):
                continue
            above = " ".join(line.headings[-2:])
            if bool(OFFICE.search(sentence) or OFFICE.search(above)) != is_office:
                continue
            words, times = _with_its_day(line, sentence)
            if times:
                found.append((words, times, bool(OPENING.search(f"{above} {sentence}"))))
    return list({one[0]: one for one in found}.values())


def _with_its_day(line, sentence):
    """Return words and times; where the day stands above, as in a list of terms, with it."""
    times = times_in(sentence)
    if times or not line.headings:
        return sentence.replace(" | ", " "), times
    words = f"{line.headings[-1]} {sentence}"
    return words, times_in(words)


def _price(lines, known, today, *, is_named):
    said = []
    for line in lines:
        if is_of_others(line):
            continue
        for sentence in sentences(line):
            amounts = money.amounts_in(sentence)
            is_price = amounts and money.is_about_the_price(sentence, line.headings)
            if is_price and not is_of_another_time(line, today, sentence):
                said.append((sentence.replace(" | ", " "), amounts))
    amounts = frozenset().union(*(one[1] for one in said)) if said else frozenset()
    if not amounts or (not is_named and len(said) > MOST_LINES_UNNAMED):
        return None
    if (stand := money.amounts_in(known.price)) and stand <= amounts:
        return None
    return _joined(PRICE, (one[0] for one in said))


def _notice(lines, known, today):
    said = [sentence for _kind, sentence in notices_in(lines, today)]
    if not said or all(sentence in known.notice for sentence in said):
        return None
    return _joined(NOTICE, said)


def _joined(fact, sentences_):
    """Return a fact that sentences say, as far as they fit a field; ``None`` if none does."""
    kept = []
    for one in dict.fromkeys(sentences_):
        if sum(len(other) + 2 for other in kept) + len(one) <= LONGEST:
            kept.append(one)
    words = "; ".join(kept)
    return Found(fact, words, words) if words else None
