"""What every filter of ``/angebote/`` does.

A filter never raises on what it is given: values it does not know are handed back, so
that the page can say what it ignored. A ``selection`` is a dict of the accepted values
by filter name; a filter may look at others' values (weekday and time of day have to meet
in the same slot). Sets of offers are those of the catalogue (``offers.catalogue``).
"""

from django.utils.translation import get_language

from . import notices


class Filter:
    """One filter with its parameter ``name``; choices come from ``choices()``."""

    name = ""
    legend = ""
    many = False
    group = None
    apart = ()  # filters beside which the choices are not counted
    is_a_select = False  # whether its choices are one field, not a line each
    is_there = False  # whether the number beside a choice is of what is there, no more

    def clean(self, raw, catalogue):
        """Return the accepted values and the rejected ones, both lists of str."""
        if not raw:
            return [], []
        known = self.labels(catalogue)
        wanted = list(dict.fromkeys(raw))
        accepted = [value for value in wanted if value in known]
        rejected = [value for value in wanted if value not in known]
        if not self.many:
            accepted, rejected = accepted[:1], rejected + accepted[1:]
        return accepted, rejected

    def why_left_out(self, value, catalogue):
        """Return the sentence that tells the reader about a rejected value."""
        if not self.many and value in self.labels(catalogue):
            return notices.one_too_many(self.legend, value)
        return notices.ignored(self.legend, value)

    def choices(self, catalogue):
        """Return the choices as pairs of value and label."""
        raise NotImplementedError

    def label(self, value, catalogue):
        """Return how a chosen value reads on its chip."""
        return self.labels(catalogue).get(value, value)

    def short_label(self, value, catalogue):
        """Return how a value reads on a switch, where little fits."""
        return self.label(value, catalogue)

    def labels(self, catalogue):
        """Return the labels of the choices by value, in the reader's language, made once."""
        known, name = catalogue.made_of_words, ("labels", self.name, get_language())
        if name not in known:
            known[name] = {value: str(label) for value, label in self.choices(catalogue)}
        return known[name]

    def level(self, value, catalogue):
        """Return how deep a choice is shown below the others, 1 is not at all."""
        return 1

    def left_by(self, values, selection, catalogue):
        """Return the set of the offers that some values leave; ``selection`` has the others'."""
        return catalogue.any_of(self.name, values)

    def counted(self, value, selection, catalogue):
        """Return the set of the offers that the number beside a choice is about."""
        return self.left_by([value], selection, catalogue)
