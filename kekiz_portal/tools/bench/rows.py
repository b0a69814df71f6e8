"""The one table of all benches, and the page of the docs it stands in."""

import platform
from dataclasses import dataclass
from importlib.metadata import version

import psutil
from django.conf import settings
from django.db import connection
from django.utils import timezone

DOCS = settings.BASE_DIR / "docs" / "benchmarks.md"
BEGIN, END = "<!-- make bench writes from here -->", "<!-- to here -->"
HEAD = [
    "what",
    "offers",
    "state",
    "a second",
    "ratio",
    "median ms",
    "p95",
    "p99",
    "CPU ms",
    "queries",
]
PACKAGES = ["Django", "gunicorn", "psycopg"]


@dataclass(frozen=True)
class Row:
    """One line; what a bench does not know stays empty.

    ``ratio`` compares pages with the "ok" view, an import and mails with a plain loop.
    """

    what: str
    offers: int | None = None
    state: str = ""
    rate: float | None = None
    ratio: float | None = None
    median: float | None = None
    percentile_95: float | None = None
    percentile_99: float | None = None
    cpu: float | None = None
    queries: int | None = None
    note: str = ""

    @classmethod
    def of(cls, what, seen, **known):
        """Return the line of a ``Load``."""
        return cls(
            what,
            rate=seen.rate,
            median=seen.median,
            percentile_95=seen.percentile(95),
            percentile_99=seen.percentile(99),
            **known,
        )

    def cells(self):
        numbers = [self.median, self.percentile_95, self.percentile_99]
        return [
            f"{self.what}: {self.note}" if self.note else self.what,
            _whole(self.offers),
            self.state,
            _short(self.rate),
            "" if self.ratio is None else f"{self.ratio:.3f}",
            *map(_short, numbers),
            "" if self.cpu is None else f"{self.cpu:.2f}",
            _whole(self.queries),
        ]


def line(cells):
    return f"| {' | '.join(cells)} |"


def head():
    """Return the head of the table: words to the left, numbers to the right."""
    return [line(HEAD), "|---|--:|---|" + "--:|" * (len(HEAD) - 3)]


def circumstances():
    """Say when, on what kind of machine and with what versions, and how busy it was before."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        (postgresql,) = cursor.fetchone()
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    memory = psutil.virtual_memory().total / 1024**3
    return (
        f"{timezone.localdate().isoformat()}, {psutil.cpu_count()} cores ({platform.machine()}), "
        f"{memory:.0f} GB, Python {platform.python_version()}, {packages}, "
        f"PostgreSQL {postgresql.split()[0]}; load before the run {psutil.getloadavg()[0]:.1f}."
    )


def write(lines):
    """Put the lines into the docs in place of those of the last run."""
    text = DOCS.read_text(encoding="utf-8")
    before, _begin, rest = text.partition(BEGIN)
    after = rest.partition(END)[2]
    whole = "\n".join([before.rstrip("\n"), "", BEGIN, "", *lines, "", END])
    DOCS.write_text(whole + after, encoding="utf-8")


def _whole(number):
    return "" if number is None else f"{number:,}"


def _short(number):
    if number is None:
        return ""
    return f"{number:,.0f}" if number >= 100 else f"{number:.1f}"  # noqa: PLR2004 - three digits
