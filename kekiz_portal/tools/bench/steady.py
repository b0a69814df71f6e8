"""A steady load as families make it, while the office publishes an edit every two seconds.

Requests go out at their pace whether earlier answers came or not, so a server that falls behind
shows it. One offer says in its title how often it was edited: whoever asks for its page may find
the last edit or the one before, nothing older.
"""

import itertools
import random
import re
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection

from offers.models import Offer

from . import load, pages, servers
from .rows import Row

A_SECOND = 300
SECONDS_BETWEEN_EDITS = 2
MIX = {"browse": 70, "detail": 20, "search": 8, "form": 2}
EDITED = re.compile(rb"Stand ([0-9]+)")
FORM = b"monat=5&jahr=2024"


@dataclass
class Edits:
    """How often the offer was edited so far, and what readers of its page found."""

    offer: Offer
    published: int = 0
    found: int = 0
    too_old: list = field(default_factory=list)

    def look(self, answer, at_least):
        """Note an answer to a request that was sent when so many edits were published."""
        said = EDITED.search(answer)
        self.found += 1
        if not said or int(said[1]) < at_least - 1:
            self.too_old.append((said and int(said[1]), at_least))


def measure(seconds):
    """Yield each ``Row`` of so many seconds under load, in a database of its own."""
    with pages.city() as folder, servers.running(pages.PORTAL, folder) as portal:
        known = {page.name: page.paths for page in pages.public_pages()}
        edits = Edits(Offer.objects.published().latest("pk"))
        # What a worker reads once beside its first requests comes before.
        load.press(portal.address, _anything(known), seconds=pages.SETTLING, connections=8)
        before = portal.megabytes
        with _office(edits):
            asked = _asked(known, edits)
            halves = [_half(portal, asked, seconds), _half(portal, asked, seconds)]
        (first, between), (second, after) = halves
        seen = first + second
        note = f"{seconds:.0f} s, {len(seen.refused)} errors, {edits.published} edits"
        yield Row.of(f"steady load: {note}", seen, offers=Offer.objects.count())
        note = f"{edits.found} looked, {len(edits.too_old)} found a state older than allowed"
        yield Row("steady load, pages of an edited offer", note=note)
        note = f"{before:.0f} MB with all workers before, {between:.0f} between, {after:.0f} after"
        yield Row("steady load, memory", note=note)


def _half(portal, asked, seconds):
    """Ask for half of the time; return the ``Load``, and the memory at its end in megabytes."""
    seen = load.paced(portal.address, asked, a_second=A_SECOND, seconds=seconds / 2)
    return seen, portal.megabytes


def _anything(known):
    for path in itertools.cycle(itertools.chain.from_iterable(known.values())):
        yield load.request(path, Host=servers.HOST, X_Forwarded_For=pages.visitor())


def _asked(known, edits):
    """Yield requests as the mix says, each with what looks at its answer (or ``None``)."""
    chance = random.Random(1)  # noqa: S311 - the same load each time
    filters = [page for name, page in known.items() if name.startswith("browse")]
    paths = known | {"browse": [path for those in filters for path in those]}
    own = edits.offer.get_absolute_url()
    names, shares = list(MIX), list(MIX.values())
    while True:
        (name,) = chance.choices(names, shares)
        headers = {"Host": servers.HOST, "X_Forwarded_For": pages.visitor()}
        if name == "form":
            yield load.request("/", body=FORM, **headers), None
        elif name == "detail" and chance.random() < 0.5:  # noqa: PLR2004 - every second one
            at_least = edits.published
            plain = load.request(own, packed=False, **headers)
            yield plain, lambda answer, at_least=at_least: edits.look(answer, at_least)
        else:
            yield load.request(chance.choice(paths[name]), **headers), None


@contextmanager
def _office(edits):
    """Publish an edit of the offer every two seconds, beside the load."""
    is_over = threading.Event()

    def edit():
        title = edits.offer.title
        while not is_over.wait(SECONDS_BETWEEN_EDITS):
            edits.offer.title = f"{title} Stand {edits.published + 1}"
            edits.offer.save()
            edits.published += 1
        connection.close()

    edits.offer.title += " Stand 0"
    edits.offer.save()
    edits.offer.title = edits.offer.title.removesuffix(" Stand 0")
    thread = threading.Thread(target=edit)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()
