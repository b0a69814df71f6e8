"""What became of every row of a file."""

from collections import Counter
from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    CREATED = "created", _("neu")
    CHANGED = "changed", _("geändert")
    UNCHANGED = "unchanged", _("unverändert")
    KEPT = "kept", _("hier bearbeitet")
    REFUSED = "refused", _("abgelehnt")


@dataclass
class FileReport:
    """The outcomes of one file: every row once, and the problems of those refused."""

    file: str
    rows: list = field(default_factory=list)
    problems: list = field(default_factory=list)

    def add(self, line, key, outcome):
        self.rows.append((line, key, outcome))

    def refuse(self, problems):
        """Note the problems of one row."""
        self.problems += problems
        self.add(problems[0].line, "", Outcome.REFUSED)

    def count(self, outcome):
        return Counter(row[2] for row in self.rows)[outcome]

    @property
    def summary(self):
        """One line: "topics.csv: 38 neu, 0 geändert, 0 unverändert, 0 abgelehnt"."""
        counts = ", ".join(f"{self.count(outcome)} {outcome.label}" for outcome in Outcome)
        return f"{self.file}: {counts}"

    @property
    def row_lines(self):
        """One line for every row that was taken, in the order of the file."""
        for line, key, outcome in sorted(self.rows):
            if outcome != Outcome.REFUSED:
                yield _now("%(file)s, Zeile %(line)d: %(key)s %(outcome)s") % {
                    "file": self.file,
                    "line": line,
                    "key": key,
                    "outcome": outcome.label,
                }
