"""What a city's folder says about its children and what they need."""

from django.utils.translation import gettext as _now

from network.models import ChainNeed, ChildrenCount, NeedIndicator
from offers.exchange.city.facts import one_at_a_time
from offers.exchange.city.loading import KeptOnceEdited, load_file
from offers.exchange.city.row_forms import (
    FIRST_MONTH,
    ReadyField,
    RowForm,
    choice,
    row_form,
    slug_of,
)
from offers.models import District, Institution

Measure, Unit = ChildrenCount.Measure, NeedIndicator.Unit
# What the column "certainty" adds in brackets, if no stock of children was counted.
MEASURES = {"births": Measure.BIRTHS, "school beginners": Measure.SCHOOL_BEGINNERS}
UNITS = {str(unit): unit for unit in Unit}
SOCIAL_INDEX, STARTCHANCEN, PUPILS = (
    "Schulsozialindex",
    "Startchancen-Schule",
    "Schülerinnen und Schüler",
)
HAS_NO_INDEX = ""  # schools for special needs, Berufskollegs, private schools


class Children(KeptOnceEdited):
    file = "children_by_age.csv"
    form = row_form(
        ChildrenCount,
        [
            *("district", "measure", "from_years", "to_years", "children"),
            *("as_of", "source_url", "certainty", "note"),
        ],
        district="district_slug",
        from_years="age_from_years",
        to_years="age_to_years",
        as_of="reference_date",
    )
    columns = (*form.columns.values(), "children", "source_url", "certainty", "note")
    key = ("district_slug", "age_from_years", "age_to_years", "reference_date", "certainty")

    def find(self, row):
        found = {field: row[column] for field, column in self.form.columns.items()}
        slug, first, last = found.pop("district"), found.pop("from_years"), found.pop("to_years")
        if not (first.isdecimal() and last.isdecimal()):
            return None  # the form says what is wrong with it
        return ChildrenCount.objects.filter(
            district__slug=slug, measure=_measure(row), from_years=first, to_years=last, **found
        ).first()

    def data(self, row):
        return super().data(row) | {"measure": _measure(row)}


class NeedForm(RowForm):
    district = slug_of(District)
    columns = {"district": "district_slug", "name": "indicator", "as_of": "reference_date"}

    class Meta:
        model = NeedIndicator
        fields = ["district", "name", "value", "unit", "as_of", "source_url", "certainty"]


class Needs(KeptOnceEdited):
    file = "need_indicators.csv"
    form = NeedForm
    key = ("district_slug", "indicator", "reference_date")

    def find(self, row):
        return NeedIndicator.objects.filter(
            district__slug=row["district_slug"],
            school_name="",
            name=row["indicator"],
            as_of=row["reference_date"],
        ).first()

    def data(self, row):
        return super().data(row) | {"unit": choice(row, "unit", UNITS)}


class SchoolForm(RowForm):
    school = ReadyField()
    district = ReadyField()
    columns = {"school_name": "name", "as_of": "school_year"}

    class Meta:
        model = NeedIndicator
        fields = [
            *("district", "school", "school_name", "name"),
            *("value", "unit", "as_of", "certainty"),
        ]


class Schools(KeptOnceEdited):
    """A school's row becomes up to three figures; the first of them stands for the row."""

    file = "school_social_index.csv"
    columns = ("school_number", "name", "pupils", "social_index", "startchancen_school")
    columns += ("school_year",)
    key = "school_number"
    figures = {
        PUPILS: ("pupils", Unit.PUPILS),
        SOCIAL_INDEX: ("social_index", Unit.LEVEL),
        STARTCHANCEN: ("startchancen_school", Unit.YES),
    }

    def find(self, row):
        return self._of(row).first()

    def is_edited(self, instance):
        of_the_school = NeedIndicator.objects.filter(
            school_name=instance.school_name, as_of=instance.as_of
        )
        return any(super(Schools, self).is_edited(one) for one in of_the_school)

    def save(self, row, instance):  # noqa: ARG002 - one of several
        school = Institution.objects.filter(email__istartswith=f"{row['school_number']}@").first()
        place = school and school.locations.public().exclude(district=None).first()
        known = {one.name: one for one in self._of(row)}
        about = {
            "district": place and place.district,
            "school": school,
            "school_name": row["name"],
            "as_of": row["school_year"],
            "certainty": _now("amtliche Schuldaten"),
        }
        kept = []
        for name, (column, unit) in self.figures.items():
            if row[column] == HAS_NO_INDEX:
                continue
            data = about | {"name": name, "value": row[column], "unit": unit}
            kept.append(SchoolForm.save_row(row, data, known.pop(name, None)))
        for gone in known.values():
            gone.delete()
        return kept

    def _of(self, row):
        return NeedIndicator.objects.filter(school_name=row["name"], as_of=row["school_year"])


class ChainNeeds(KeptOnceEdited):
    file = "chain_needs.csv"
    form = row_form(
        ChainNeed, ["topic", "ages", "weight", "basis"], topic="topic_slug", ages=FIRST_MONTH
    )
    key = "topic_slug"

    def find(self, row):
        return ChainNeed.objects.filter(topic__slug=row["topic_slug"]).first()


SUBJECTS = [Children, Needs, Schools, ChainNeeds]


def load(folder, progress=None):
    """Load the figures that a folder has; yields the ``FileReport`` of each file."""
    with one_at_a_time():
        for subject in [one for one in SUBJECTS if (folder / one.file).exists()]:
            yield load_file(subject(), folder, progress)


def _measure(row):
    """Return what a row counts: never a stock where it says that it counts births."""
    certainty = row["certainty"].casefold()
    return next((kind for word, kind in MEASURES.items() if word in certainty), Measure.STOCK)
