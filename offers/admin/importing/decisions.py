"""What a person decides about the rows of a dry run: overwrite, same entry or another."""

from django.db import transaction

from kekiz_portal.lib.keys import key, keys
from offers.exchange.importing.identifying import NEW
from offers.exchange.importing.subjects import SUBJECTS
from offers.models import ImportRow

SAME = "same"
MOST = 1000  # rows of one page, by far


class Decisions:
    """The ticks and answers that one page of the report sends; the others stay as they are."""

    def __init__(self, run, data):
        self.run, self.data = run, data

    def save(self):
        """Keep them; returns whether rows have to be looked at anew."""
        shown = ImportRow.objects.filter(
            run=self.run, pk__in=keys(self.data.getlist("shown")[:MOST])
        )
        ticked = keys(self.data.getlist("overwrite")[:MOST])
        with transaction.atomic():
            if "ticks" in self.data:
                shown.exclude(pk__in=ticked).update(overwrite=False)
                shown.filter(pk__in=ticked).update(overwrite=True)
            if known := SUBJECTS.get(self.run.kind):
                self._tell(known, shown)
                return False
            answers = self.run.answers | self._for_all() | self._one_by_one(shown)
            answers = {line: answer for line, answer in answers.items() if answer}
            is_new = answers != self.run.answers
            self.run.answers = answers
            self.run.save(update_fields=["answers"])
        return is_new

    def _tell(self, subject, rows):
        """Let a floor above, whose kind this is, note what was answered."""
        for row in rows.filter(outcome=ImportRow.Outcome.QUESTION):
            subject.answer(row, self.data.get(f"answer-{row.pk}", ""))

    def _one_by_one(self, rows):
        return {
            str(row.line): self._answer(row, self.data[name])
            for row in rows
            if (name := f"answer-{row.pk}") in self.data
        }

    def _answer(self, row, text):
        if text == NEW:
            return NEW
        number = key(text)
        return number if number in row.candidates else ""

    def _for_all(self):
        """One answer for all questions that are open, those of other pages too."""
        wanted = self.data.get("answer-all")
        rows = self.run.rows.filter(outcome=ImportRow.Outcome.QUESTION)
        if wanted == NEW:
            return {str(row.line): NEW for row in rows}
        if wanted == SAME:
            return {str(row.line): row.candidates[0] for row in rows if len(row.candidates) == 1}
        return {}
