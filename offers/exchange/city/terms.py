"""Topics, types of offers, kinds of institutions, target groups."""

from django.forms import ModelChoiceField

from offers.models import InstitutionKind, OfferType, TargetGroup, Topic

from .loading import Subject
from .row_forms import ReadyField, RowForm, choice

TERM_FIELDS = ["slug", "name", "position", "description"]
ASKING = ("check_every_months", "is_checked_at_end", "stays_visible")
TERM_COLUMNS = {"name": "name_de", "position": "order", "description": "description_de"}


class TopicForm(RowForm):
    examples = ReadyField()
    columns = TERM_COLUMNS

    class Meta:
        model = Topic
        fields = [*TERM_FIELDS, "examples", "check_every_months", "stays_visible"]


class OfferTypeForm(RowForm):
    columns = TERM_COLUMNS

    class Meta:
        model = OfferType
        fields = [*TERM_FIELDS, *ASKING]


class Topics(Subject):
    file = "topics.csv"
    columns = ("slug", "kind", "examples", *TERM_COLUMNS.values(), *ASKING)
    forms = {"topic": TopicForm, "offer_type": OfferTypeForm}

    def form_of(self, row):
        return choice(row, "kind", self.forms)

    def data(self, row):
        return super().data(row) | {"examples": row.parts("examples")}


class InstitutionKindForm(RowForm):
    counts_as = ModelChoiceField(
        InstitutionKind.objects.all(), to_field_name="slug", required=False
    )

    class Meta:
        model = InstitutionKind
        fields = [
            *(*TERM_FIELDS, "counts_as"),
            *("anonymous_possible", "is_youth_office", "costs_nothing", "first_call"),
        ]


class TargetGroupForm(RowForm):
    class Meta:
        model = TargetGroup
        fields = [*TERM_FIELDS, "shows_helplines"]


class InstitutionKinds(Subject):
    file = "institution_kinds.csv"
    form = InstitutionKindForm
    columns = ("slug", "name", "position", "counts_as")


class TargetGroups(Subject):
    file = "target_groups.csv"
    form = TargetGroupForm
    columns = ("slug", "name", "position", "shows_helplines")
