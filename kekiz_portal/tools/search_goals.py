"""What the search has agreed to reach, and whether measured figures do."""

from dataclasses import dataclass

from . import distress_evaluation, spelling_evaluation
from .search_evaluation import FIRST, OFF_TOPIC, Figures

HARDER, PLAIN = ("harder", "translation"), "plain"
TORN = {"torn", "joined"}


@dataclass(frozen=True)
class Goal:
    """A share that was measured and its ``bar``, from below or, ``at_most``, from above."""

    name: str
    share: float
    bar: float
    at_most: bool = False

    @property
    def is_met(self):
        return self.share <= self.bar if self.at_most else self.share >= self.bar

    def __str__(self):
        sign, said = "≤" if self.at_most else "≥", "reached" if self.is_met else "MISSED"
        return f"{self.name:<44}{self.share:>7.3f}  {sign} {self.bar:<5}  {said}"


def of_queries(outcomes):
    """Return the goals of labelled queries; those of a kind that was not asked are left out."""
    harder = Figures([one for one in outcomes if one.query.kind.startswith(HARDER)])
    plain = Figures([one for one in outcomes if one.query.kind.startswith(PLAIN)])
    off_topic = Figures([one for one in outcomes if one.query.kind == OFF_TOPIC])
    ordinary = [one.is_crisis for one in outcomes if not one.query.helplines]
    urgent = sum(ordinary) / len(ordinary) if ordinary else None
    return _measured(
        Goal("harder queries, right offer in the first five", harder.hit(FIRST), 0.92),
        Goal("harder queries, right offer first", harder.hit(1), 0.72),
        Goal("plain queries, right offer in the first five", plain.hit(FIRST), 0.97),
        Goal("plain queries, right offer first", plain.hit(1), 0.86),
        Goal("off-topic queries answered", off_topic.answered_off_topic, 0.05, at_most=True),
        Goal("ordinary searches answered as urgent", urgent, 0.02, at_most=True),
    )


def of_calls(heard):
    """Return the goals of calls for help and near misses."""
    right, any_, rescued, urgent, false = distress_evaluation.Figures(heard).shares
    return _measured(
        Goal("calls for help, right first number", right, 0.95),
        Goal("calls for help, any number", any_, 0.98),
        Goal("calls for help, 112 first in danger", rescued, 1.0),
        Goal("near misses answered as urgent", urgent, 0.04, at_most=True),
        Goal("near misses offered any number", false, 0.08, at_most=True),
    )


def of_spelling(compared):
    """Return the goals of what is misspelled, and of what is torn or joined."""
    torn = [one for one in compared if one.kind in TORN]
    other = [one for one in compared if one.kind not in TORN]
    share = {
        kind: spelling_evaluation.by_kind(rows).get("all", (0, None))[1]
        for kind, rows in (("torn", torn), ("other", other))
    }
    return _measured(
        Goal("misspellings that lead where the word does", share["other"], 0.97),
        Goal("torn and joined words that do", share["torn"], 0.99),
    )


def _measured(*goals):
    return [one for one in goals if one.share is not None]
