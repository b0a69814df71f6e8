"""Columns that name something the portal has: words of a vocabulary, topics, institutions."""

from collections import defaultdict

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from kekiz_portal.lib.tables import readings, several
from kekiz_portal.lib.tables.columns import Column, meant, parts
from offers.models import Institution, SearchSynonym
from offers.quality.identity import folded, folded_word

AMBIGUOUS = "ambiguous"
SAME_MEANING = ("synonym", "colloquial", "abbreviation")


class TermColumn(Column):
    """A word of a vocabulary, by name or short name."""

    blank = None

    def __init__(self, key, label, model, names=""):
        super().__init__(key, label, names)
        self.model = model

    @cached_property
    def names_of(self):
        """The name and the short name of each."""
        return {pk: (name, slug) for pk, name, slug in self._terms}

    @cached_property
    def known(self):
        found = {}
        for pk, name, slug in self._terms:
            found[folded_word(slug)] = found[folded_word(name)] = pk
        return found

    @cached_property
    def _terms(self):
        return list(self.model.objects.values_list("pk", "name", "slug"))

    def choices(self):
        return [(name, name) for name, _slug in self.names_of.values()]

    def plain(self, entry):
        return getattr(entry, f"{self.key}_id")

    def put(self, entry, plain):
        setattr(entry, f"{self.key}_id", plain)

    def read(self, text):
        if folded_word(text) not in self.known:
            raise readings.unknown(text)
        return self.known[folded_word(text)]

    def cell(self, pk):
        """Return the first of its names by which one is found again."""
        names = self.names_of.get(pk, ())
        return next((one for one in names if self.known.get(folded_word(one)) == pk), "")


class TermsColumn(TermColumn):
    """Several words of a vocabulary."""

    is_relation = True
    blank = []

    def asked_words(self, text):
        return parts(text, lambda whole: folded_word(whole) in self.known)

    def read_words(self, text, meanings):
        read = super().read
        return sorted({meant(read, one, *meanings) for one in self.asked_words(text)})

    def read(self, text):
        return self.read_words(text, ({}, ""))

    def plain(self, entry):
        return sorted(term.pk for term in getattr(entry, self.key).all())

    def put(self, entry, plain):
        """For relations this happens elsewhere."""

    def cell(self, plain):
        cell = super().cell
        return several.joined(several.escaped(cell(pk)) for pk in plain)


class TopicColumn(TermsColumn):
    """A topic by its name, its examples, or a word that families use for it."""

    @cached_property
    def known(self):
        found = super().known
        names = {pk: folded_word(name) for pk, (name, _slug) in self.names_of.items()}
        examples = self.model.objects.values_list("pk", "examples")
        words = [(word, pk) for pk, several_ in examples for word in several_]
        by_name = {name: pk for pk, name in names.items()}
        synonyms = SearchSynonym.objects.filter(language="de", kind__in=SAME_MEANING)
        for phrase, term in synonyms.values_list("phrase", "term"):
            if pk := by_name.get(folded_word(term)):
                words.append((phrase, pk))
        of_word = defaultdict(set)
        for word, pk in words:
            of_word[folded_word(word)].add(pk)
        sure = {word: pks.pop() for word, pks in of_word.items() if len(pks) == 1}
        return sure | found


class InstitutionColumn(TermColumn):
    """An institution by its name or its public identifier; a name may be that of several."""

    @cached_property
    def known(self):
        found = defaultdict(set)
        for pk, name, uuid in self._terms:
            found[str(uuid)].add(pk)
            found[folded(name)].add(pk)
        return found

    @cached_property
    def _terms(self):
        return list(Institution.objects.values_list("pk", "name", "uuid"))

    def cell(self, pk):
        name, uuid = self.names_of.get(pk, ("", ""))
        return name if self.known.get(folded(name)) == {pk} else str(uuid)

    def read(self, text):
        found = self._called(text)
        if len(found) > 1:
            reason = _("„%s“ gibt es mehr als einmal. Tragen Sie die Kennung im Portal ein.")
            raise ValidationError(reason % text[: readings.SHOWN], code=AMBIGUOUS)
        if not found:
            raise readings.unknown(text)
        return next(iter(found))

    def is_known(self, text):
        """Whether an institution is called so, or several are."""
        return bool(self._called(text))

    def _called(self, text):
        return self.known.get(text.casefold()) or self.known.get(folded(text), set())

    def choices(self):
        return ()
