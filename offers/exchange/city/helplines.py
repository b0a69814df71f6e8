"""Emergency and help lines, and which of them the search shows for kinds of distress."""

from django.utils.translation import gettext as _

from offers.models import Helpline, HelplineNeed, HelplineNeedNumber

from .loading import Subject
from .row_forms import row_form

DETAILS = "helpline_details.csv"
FOR_READERS = {
    "24/7": "rund um die Uhr",
    "(unsicher)": "(nicht bestätigt)",
    " (Sprachen nicht in gespeicherter Seite)": "",
}


class Helplines(Subject):
    file = "helplines.csv"
    form = row_form(
        Helpline,
        [
            *("slug", "name", "position", "situation", "number", "hours", "languages", "cost"),
            *("audience", "online", "when_to_show", "is_for_professionals", "is_local"),
            *("source_url", "source_year", "certainty"),
        ],
        online="chat_web",
    )
    companions = {DETAILS: ("slug", "position", "situation", "is_local", "is_for_professionals")}

    def data(self, row):
        told = {column: for_readers(row[column]) for column in ("hours", "languages", "cost")}
        return super().data(row) | told


def for_readers(text):
    """Return a note of the collectors as families may read it."""
    for note, words in FOR_READERS.items():
        text = text.replace(note, words)
    return text


class HelplineNeeds(Subject):
    """Kinds of distress, each with its numbers, the first one first."""

    file = "helpline_needs.csv"
    form = row_form(HelplineNeed, ["slug", "name", "is_crisis"])
    columns = (*form.Meta.fields, "helplines")

    def save(self, row, instance):
        helplines = self.helplines(row)
        need = super().save(row, instance)
        need.numbers.exclude(helpline__in=helplines).delete()
        for position, helpline in enumerate(helplines):
            HelplineNeedNumber.objects.update_or_create(
                need=need, helpline=helpline, defaults={"position": position}
            )
        return need

    def helplines(self, row):
        """Return the numbers of a row in its order; raise ``RowError`` for one that is not."""
        known = Helpline.objects.in_bulk(row.parts("helplines"), field_name="slug")
        for slug in row.parts("helplines"):
            if slug not in known:
                raise row.error("helplines", _("„%s“ gibt es nicht.") % slug)
        return [known[slug] for slug in row.parts("helplines")]
