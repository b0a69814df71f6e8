"""Life phases, the transitions between them, and milestones."""

from django.forms import BooleanField

from lifephases.models import LifePhase, Milestone, Transition

from .loading import Subject
from .row_forms import FIRST_MONTH, LAST_MONTH, ReadyField, RowForm, choice, slug_of

TRANSITION = "transition"
COLUMNS = {"name": "name_de", "position": "order", "ages": FIRST_MONTH}


class TransitionForm(RowForm):
    ages = ReadyField()
    columns = COLUMNS | {"note": "overlap_note"}

    class Meta:
        model = Transition
        fields = ["slug", "name", "position", "ages", "note"]


class LifePhaseForm(RowForm):
    ages = ReadyField()
    transition_out = slug_of(Transition, required=False)
    columns = COLUMNS

    class Meta:
        model = LifePhase
        fields = [
            *("slug", "name", "short_name", "kind", "position", "ages"),
            *("description", "hue", "pictogram", "transition_out"),
        ]


class LifePhases(Subject):
    file = "life_phases.csv"
    columns = ("slug", "kind", LAST_MONTH, "transition_out", "overlap_note", *COLUMNS.values())
    companions = {"phase_details.csv": ("slug", "short_name", "hue", "pictogram", "description")}
    forms = {TRANSITION: TransitionForm} | dict.fromkeys(LifePhase.Kind.values, LifePhaseForm)

    def form_of(self, row):
        return choice(row, "kind", self.forms)

    def in_order(self, read):
        """Transitions first: the phases point to them."""
        return sorted(read, key=lambda row: row["kind"] != TRANSITION)


class MilestoneForm(RowForm):
    ages = ReadyField()
    comes_first = BooleanField(required=False)
    goes_on = BooleanField(required=False)
    columns = {"ages": FIRST_MONTH}

    class Meta:
        model = Milestone
        fields = [
            *("slug", "title", "kind", "ages", "what_to_do", "by_when", "source", "source_url"),
            *("comes_first", "before_day", "cutoff_day", "goes_on"),
        ]


class Milestones(Subject):
    file = "milestones.csv"
    form = MilestoneForm
