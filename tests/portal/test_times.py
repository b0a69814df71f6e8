"""People read times on the clock of the city, in every message and mail."""

import datetime as dt
import re
from pathlib import Path

from kekiz_portal.lib.times import clock, day, minute

ROOT = Path(__file__).resolve().parents[2]
APPS = ["kekiz_portal", "lifephases", "network", "offers"]
# A format of code in an f-string, such as {at:%H:%M}, or a call of strftime.
FORMAT = re.compile(r"\{[^{}]*:[^{}]*%[a-zA-Z]|strftime\(")
# Days and clock times, which have no zone; and moments that a standard wants in UTC.
WITHOUT_A_ZONE = {
    "kekiz_portal/serving/for_machines.py",
    "kekiz_portal/lib/times.py",
    "network/lists/cards.py",
    "network/lists/columns.py",
    "network/models/conversation.py",
    "kekiz_portal/lib/tables/columns.py",
    "offers/exchange/columns/values.py",
    "offers/exchange/exporting/exports.py",
    "offers/my_child/calendar.py",
    "offers/recurrence/rules.py",
}


def test_a_moment_is_read_in_summer_and_winter_time_and_its_day_is_the_one_here():
    summer = dt.datetime(2026, 7, 31, 22, 30, tzinfo=dt.UTC)
    winter = dt.datetime(2026, 12, 31, 23, 5, tzinfo=dt.UTC)

    assert (day(summer), clock(summer)) == ("01.08.2026", "00:30")
    assert minute(winter) == "01.01.2027, 00:05"


def test_nobody_formats_a_moment_by_hand():
    by_hand = [
        f"{path.relative_to(ROOT).as_posix()}:{number}"
        for app in APPS
        for path in (ROOT / app).rglob("*.py")
        if "migrations" not in path.parts
        if path.relative_to(ROOT).as_posix() not in WITHOUT_A_ZONE
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if FORMAT.search(line) and "localtime" not in line
    ]

    assert by_hand == []
