"""The institutions of a list by the names people write."""

from collections import defaultdict

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from offers.models import Institution
from offers.quality.identity import folded

LIKE = 8  # names to choose from
FIT = 55  # of 100: less is another house


class Houses:
    """All institutions that are open, found by name."""

    def __init__(self):
        rows = Institution.objects.filter(archived_on=None).order_by("name", "pk")
        self.by_name, self.names = defaultdict(list), {}
        for number, name in rows.values_list("pk", "name"):
            self.by_name[folded(name)].append(number)
            self.names[number] = name
        self.by_label = {self.label(number): number for number in self.names}
        self.labels = list(self.by_label)

    def find(self, text):
        """Return the number of the house of a name. Raises ``ValidationError``, also for two."""
        if text in self.by_label:
            return self.by_label[text]
        found = self.by_name.get(folded(text), [])
        if len(found) == 1:
            return found[0]
        if found:
            words = _("„%s“ gibt es hier mehrmals. Sagen Sie, welche Einrichtung es ist.")
            raise ValidationError(words % text[:80])
        raise ValidationError(_("Die Einrichtung „%s“ gibt es hier nicht.") % text[:80])

    def label(self, number):
        """Return the name of a house, with its number where another is called the same."""
        name = self.names.get(number, "")
        return f"{name} (Nr. {number})" if len(self.by_name[folded(name)]) > 1 else name

    def like(self, text):
        """Return the labels of the houses a name may mean, the likeliest first."""
        twins = [self.label(number) for number in self.by_name.get(folded(text), [])]
        found = process.extract(
            folded(text),
            {label: folded(label) for label in self.labels},
            scorer=fuzz.token_set_ratio,
            limit=LIKE,
            score_cutoff=FIT,
        )
        return list(dict.fromkeys([*twins, *(label for _words, _score, label in found)]))
