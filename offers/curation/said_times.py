"""Times somebody said in words about a whole offer, as rows of dates where that is beyond doubt.

The words replace what they were read beside: ``Offer.times_as_text``, one part a rule. A part that
stands there as before keeps its rows; the others become rows if every one of them can be read and
it is clear at which place. Else they stay words, and no date is made up.
"""

import re

from django.db import connection

from offers.models import Offer, Schedule
from offers.recurrence import spoken

from .record import parts_of, values_of, without_orphans

BETWEEN = re.compile(r"[;\n]")
PARTS = parts_of(Offer)
UNSAID = ("starts_on", "ends_on", "public_holidays")
[SCHEDULE] = [part for part in PARTS if part.model is Schedule]


def put_times(record, before, text):
    """Put times said in words into the record of an offer; return those that stay words.

    ``before`` are the times that stood there in words until now.
    """
    rows, said, known = record["schedule"], _parts(text), _parts(before)
    saved = Schedule.objects.filter(pk__in=rows).select_related("place__offer")
    words = {one.pk: one.words for one in saved}
    kept = {pk: row for pk, row in rows.items() if words.get(pk) and words[pk] in said}
    replaced = {pk: row for pk, row in rows.items() if pk not in kept}
    stands = {*(words[pk] for pk in kept), *known}
    new = [part for part in said if part not in stands]
    made = _made(new, replaced, _places(record, replaced, words))
    record["schedule"] = kept | made
    without_orphans(record, PARTS)
    return "; ".join(part for part in said if part in known or (part in new and not made))


def _parts(text):
    return [" ".join(part.split()) for part in BETWEEN.split(text) if part.strip()]


def _places(record, replaced, words):
    """Return the keys of the places new times are for, none where that is in doubt.

    It is the only one, or the one whose times they replace, or all that had the same times.
    """
    if len(record["place"]) == 1:
        return list(record["place"])
    had = {}
    for pk, row in replaced.items():
        had.setdefault(row["place"], set()).add(words.get(pk) or pk)
    same = all(one == next(iter(had.values())) for one in had.values())
    return sorted(had) if same else []


def _made(new, replaced, places):
    """Return the rows of new times, none unless all can be read; old rows are put right first."""
    notes = {row["note"] for row in replaced.values()}
    read = [spoken.read(part, notes) for part in new]
    if not all(read):
        return {}
    made = {}
    for place in places:
        old = [pk for pk, row in sorted(replaced.items()) if row["place"] == place and row["rrule"]]
        for one in [each for part in read for each in part]:
            pk = old.pop(0) if old else _next_key()
            made[pk] = _row(one, place, replaced.get(pk, {}))
    return made


def _row(said, place, before):
    """Return the values of a row; what nobody says, such as its last day, stays as it was."""
    row = Schedule(
        place_id=place,
        rrule=said.rrule,
        start_time=said.start,
        end_time=said.end,
        school_holidays=said.school_holidays,
        note=said.note,
    )
    unsaid = {name: before[name] for name in UNSAID if name in before}
    return values_of(SCHEDULE, row) | unsaid


def _next_key():
    """Return a key that no row has or will have, for one that is saved later."""
    with connection.cursor() as cursor:
        table = Schedule._meta.db_table  # noqa: SLF001, documented API
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [table])
        return cursor.fetchone()[0]
