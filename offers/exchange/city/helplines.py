"""Emergency and help lines."""

from offers.models import Helpline

from .loading import Subject
from .row_forms import RowForm

DETAILS = "helpline_details.csv"
COLUMNS = {"online": "chat_web"}
FOR_READERS = {
    "24/7": "rund um die Uhr",
    "(unsicher)": "(nicht bestätigt)",
    " (Sprachen nicht in gespeicherter Seite)": "",
}


class HelplineForm(RowForm):
    columns = COLUMNS

    class Meta:
        model = Helpline
        fields = [
            "slug",
            "name",
            "position",
            "situation",
            "number",
            "hours",
            "languages",
            "cost",
            "audience",
            "online",
            "when_to_show",
            "is_for_professionals",
            "is_local",
            "source_url",
            "source_year",
            "certainty",
        ]


class Helplines(Subject):
    file = "helplines.csv"
    columns = (
        "slug",
        "name",
        "number",
        "hours",
        "languages",
        "cost",
        "audience",
        "when_to_show",
        "source_url",
        "source_year",
        "certainty",
        *COLUMNS.values(),
    )
    companions = {
        DETAILS: ("slug", "position", "situation", "is_local", "is_for_professionals"),
    }

    def find(self, row):
        return Helpline.objects.filter(slug=row["slug"]).first()

    def save(self, row, instance):
        data = {key: value for own in row.about(DETAILS) for key, value in own.values.items()}
        data |= row.values | {field: row[column] for field, column in COLUMNS.items()}
        data |= {column: for_readers(row[column]) for column in ("hours", "languages", "cost")}
        return HelplineForm.save_row(row, data, instance)


def for_readers(text):
    """Return a note of the collectors as families may read it."""
    for note, words in FOR_READERS.items():
        text = text.replace(note, words)
    return text
