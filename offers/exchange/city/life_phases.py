"""Life phases, the transitions between them, and milestones."""

from django.forms import BooleanField

from lifephases.models import LifePhase, Milestone, Transition

from .loading import Subject
from .row_forms import ReadyField, RowForm, age_span, choice, slug_of

TRANSITION = "transition"
AGE_COLUMNS = {"ages": "from_months"}
DETAILS = "phase_details.csv"


class TransitionForm(RowForm):
    ages = ReadyField()
    columns = {"name": "name_de", "position": "order", "note": "overlap_note", **AGE_COLUMNS}

    class Meta:
        model = Transition
        fields = ["slug", "name", "position", "ages", "note"]


class LifePhaseForm(RowForm):
    ages = ReadyField()
    transition_out = slug_of(Transition, required=False)
    columns = {"name": "name_de", "position": "order", **AGE_COLUMNS}

    class Meta:
        model = LifePhase
        fields = [
            "slug",
            "name",
            "short_name",
            "kind",
            "position",
            "ages",
            "description",
            "hue",
            "pictogram",
            "transition_out",
        ]


class LifePhases(Subject):
    file = "life_phases.csv"
    columns = (
        "slug",
        "name_de",
        "kind",
        "from_months",
        "to_months",
        "order",
        "transition_out",
        "overlap_note",
    )
    companions = {DETAILS: ("slug", "short_name", "hue", "pictogram", "description")}

    def in_order(self, read):
        """Transitions first: the phases point to them."""
        return sorted(read, key=lambda row: row["kind"] != TRANSITION)

    def find(self, row):
        return self._model(row).objects.filter(slug=row["slug"]).first()

    def save(self, row, instance):
        data = {
            "slug": row["slug"],
            "name": row["name_de"],
            "position": row["order"],
            "ages": age_span(row, "from_months", "to_months"),
        }
        if self._model(row) is Transition:
            return TransitionForm.save_row(row, data | {"note": row["overlap_note"]}, instance)
        details = {key: value for own in row.about(DETAILS) for key, value in own.values.items()}
        data |= {"kind": row["kind"], "transition_out": row["transition_out"]}
        return LifePhaseForm.save_row(row, details | data, instance)

    def _model(self, row):
        kinds = {TRANSITION: Transition} | dict.fromkeys(LifePhase.Kind.values, LifePhase)
        return choice(row, "kind", kinds)


class MilestoneForm(RowForm):
    ages = ReadyField()
    comes_first = BooleanField(required=False)
    goes_on = BooleanField(required=False)
    columns = AGE_COLUMNS

    class Meta:
        model = Milestone
        fields = [
            "slug",
            "title",
            "kind",
            "ages",
            "what_to_do",
            "by_when",
            "source",
            "source_url",
            "comes_first",
            "before_day",
            "cutoff_day",
            "goes_on",
        ]


class Milestones(Subject):
    file = "milestones.csv"
    columns = (
        "slug",
        "title",
        "kind",
        "from_months",
        "to_months",
        "what_to_do",
        "by_when",
        "source",
        "source_url",
        "comes_first",
        "before_day",
        "cutoff_day",
        "goes_on",
    )

    def find(self, row):
        return Milestone.objects.filter(slug=row["slug"]).first()

    def save(self, row, instance):
        data = row.values | {"ages": age_span(row, "from_months", "to_months")}
        return MilestoneForm.save_row(row, data, instance)
