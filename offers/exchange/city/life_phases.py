"""Life phases, the transitions between them, and milestones."""

from lifephases.models import LifePhase, Milestone, Transition

from .loading import Subject
from .row_forms import FIRST_MONTH, LAST_MONTH, choice, row_form

TRANSITION = "transition"
COLUMNS = {"name": "name_de", "position": "order", "ages": FIRST_MONTH}


class LifePhases(Subject):
    file = "life_phases.csv"
    columns = ("slug", "kind", LAST_MONTH, "transition_out", "overlap_note", *COLUMNS.values())
    companions = {"phase_details.csv": ("slug", "short_name", "hue", "pictogram", "description")}
    of_transitions = row_form(
        Transition, ["slug", "name", "position", "ages", "note"], **COLUMNS, note="overlap_note"
    )
    of_phases = row_form(
        LifePhase,
        [
            *("slug", "name", "short_name", "kind", "position", "ages"),
            *("description", "hue", "pictogram", "transition_out"),
        ],
        **COLUMNS,
    )
    forms = {TRANSITION: of_transitions} | dict.fromkeys(LifePhase.Kind.values, of_phases)

    def form_of(self, row):
        return choice(row, "kind", self.forms)

    def in_order(self, read):
        """Transitions first: the phases point to them."""
        return sorted(read, key=lambda row: row["kind"] != TRANSITION)


class Milestones(Subject):
    file = "milestones.csv"
    form = row_form(
        Milestone,
        [
            *("slug", "title", "kind", "ages", "what_to_do", "by_when", "source", "source_url"),
            *("comes_first", "before_day", "cutoff_day", "goes_on"),
        ],
        ages=FIRST_MONTH,
    )
