"""Topics, types of offers, kinds of institutions, target groups."""

from offers.models import InstitutionKind, OfferType, TargetGroup, Topic

from .loading import Subject
from .row_forms import choice, row_form

FIELDS = ["slug", "name", "position", "description"]
COLUMNS = {"name": "name_de", "position": "order", "description": "description_de"}
ASKING = ("check_every_months", "is_checked_at_end", "stays_visible")


class Topics(Subject):
    file = "topics.csv"
    columns = ("slug", "kind", "examples", *COLUMNS.values(), *ASKING)
    forms = {
        "topic": row_form(
            Topic, [*FIELDS, "examples", "check_every_months", "stays_visible"], **COLUMNS
        ),
        "offer_type": row_form(OfferType, [*FIELDS, *ASKING], **COLUMNS),
    }

    def form_of(self, row):
        return choice(row, "kind", self.forms)

    def data(self, row):
        return super().data(row) | {"examples": row.parts("examples")}


class InstitutionKinds(Subject):
    file = "institution_kinds.csv"
    form = row_form(
        InstitutionKind,
        [
            *(*FIELDS, "counts_as"),
            *("anonymous_possible", "is_youth_office", "costs_nothing", "first_call"),
        ],
    )
    columns = ("slug", "name", "position", "counts_as")


class TargetGroups(Subject):
    file = "target_groups.csv"
    form = row_form(TargetGroup, [*FIELDS, "shows_helplines"])
    columns = ("slug", "name", "position", "shows_helplines")
