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
    columns = (
        *("slug", "kind", "name_de", "order", "description_de", "examples"),
        *ASKING,
    )
    kinds = {"topic": (Topic, TopicForm), "offer_type": (OfferType, OfferTypeForm)}

    def find(self, row):
        model, _form = choice(row, "kind", self.kinds)
        return model.objects.filter(slug=row["slug"]).first()

    def save(self, row, instance):
        data = {field: row[column] for field, column in TERM_COLUMNS.items()}
        data |= {"slug": row["slug"], "examples": row.parts("examples")}
        data |= {name: row[name] for name in ASKING}
        _model, form = choice(row, "kind", self.kinds)
        return form.save_row(row, data, instance)


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


class Terms(Subject):
    """The rows of a file whose columns are the fields of a term."""

    columns = ("slug", "name", "position")
    model = form = None

    def find(self, row):
        return self.model.objects.filter(slug=row["slug"]).first()

    def save(self, row, instance):
        return self.form.save_row(row, row.values, instance)


class InstitutionKinds(Terms):
    file = "institution_kinds.csv"
    columns = (*Terms.columns, "counts_as")
    model, form = InstitutionKind, InstitutionKindForm


class TargetGroups(Terms):
    file = "target_groups.csv"
    columns = (*Terms.columns, "shows_helplines")
    model, form = TargetGroup, TargetGroupForm
