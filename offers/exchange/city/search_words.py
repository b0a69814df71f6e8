"""The words of the search: many in a row of a file, loaded in bulk.

A row that was loaded once is never loaded again, and a word that was changed or deleted in
the office never comes back, whatever the file says.
"""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kekiz_portal.lib import languages
from offers.models import HelplineNeed, HelplineSign, LoadedRow, ParentsSentence, SearchSynonym
from offers.models.parents_sentence import BETWEEN_TERMS
from offers.protection.protected_addresses import protected, refuse
from offers.search.index import following

from . import rows
from .loading import checksum_of
from .report import FileReport, Outcome

EVERYWHERE = settings.BASE_DIR / "data" / "search"
BATCH = 1000


class WordFile:
    """A file whose rows hold words; ``identity`` tells one word from another."""

    model = None
    identity = ()
    columns = ()

    def __init__(self, file, folder=None):
        self.file, self.folder = file, folder

    def words(self, row):
        """Return the words of a row, unsaved; raise ``RowError`` if one cannot be taken."""
        raise NotImplementedError

    def key_of(self, values):
        return tuple(str(values[name]).casefold() for name in self.identity)

    def known(self):
        """Return the keys of all words that are there or ever went through the office."""
        stored = [self.model.objects, self.model.history]
        return {self.key_of(one) for rows_ in stored for one in rows_.values(*self.identity)}


class Synonyms(WordFile):
    """One word a row, as they were collected: term, synonym, language, kind."""

    model = SearchSynonym
    identity = ("term", "phrase", "language")
    columns = ("term", "synonym", "language", "kind")

    def words(self, row):
        return [
            SearchSynonym(
                term=row["term"], phrase=row["synonym"], language=row["language"], kind=row["kind"]
            )
        ]


class GermanWords(Synonyms):
    """One meaning a row, by one term or several; each column is a kind and holds words.

    Several of anything are separated by ``|``.
    """

    columns = ("term", "synonym", "colloquial", "abbreviation", "related")

    def words(self, row):
        return [
            SearchSynonym(term=term, phrase=phrase, language="de", kind=kind)
            for term in row.parts("term")
            for kind in self.columns[1:]
            for phrase in row.parts(kind)
        ]


class WordsByLanguage(Synonyms):
    """One meaning a row, by one term or several; each column is a language."""

    def __init__(self, file, folder=None, *, kind):
        super().__init__(file, folder)
        self.kind = kind

    columns = ("term",)

    def words(self, row):
        return [
            SearchSynonym(term=term, phrase=phrase, language=language, kind=self.kind)
            for term in row.parts("term")
            for language, phrase in phrases_by_language(row)
        ]


class Signs(WordFile):
    """One need a row; each column is a language and holds what people in need type."""

    model = HelplineSign
    identity = ("phrase", "language", "need_id")
    columns = ("need",)

    def words(self, row):
        need = HelplineNeed.objects.filter(slug=row["need"]).first()
        if need is None:
            raise row.error("need", _("„%s“ gibt es nicht.") % row["need"])
        return [
            HelplineSign(need=need, phrase=phrase, language=language)
            for language, phrase in phrases_by_language(row)
        ]


class Sentences(WordFile):
    """One need a row and where it leads; each column is a language and holds sentences."""

    model = ParentsSentence
    identity = ("sentence", "language")
    columns = ("need", "leads_to")

    def words(self, row):
        leads_to = BETWEEN_TERMS.join(row.parts("leads_to"))
        return [
            ParentsSentence(sentence=sentence, leads_to=leads_to, language=language)
            for language, sentence in phrases_by_language(row)
        ]


def phrases_by_language(row):
    """Yield language and phrase for every column that is named like a language."""
    for language in languages.OF_THE_SEARCH:
        if language in row.values:
            for phrase in row.parts(language):
                yield language, phrase


FILES = [
    Synonyms("search_synonyms.csv"),
    GermanWords("search_german.csv"),
    WordsByLanguage("search_translations.csv", kind=SearchSynonym.Kind.TRANSLATION),
    GermanWords("german.csv", EVERYWHERE),
    WordsByLanguage("translations.csv", EVERYWHERE, kind=SearchSynonym.Kind.TRANSLATION),
    WordsByLanguage("worries.csv", EVERYWHERE, kind=SearchSynonym.Kind.SYMPTOM),
    Signs("helpline_signs.csv", EVERYWHERE),
    Sentences("parents_voice.csv", EVERYWHERE),
    Sentences("search_sentences.csv"),
]


@transaction.atomic
def load_words(words, folder, progress=None):
    """Load a file of words, from its own folder or the city's; return its ``FileReport``."""
    report = FileReport(words.file)
    read, problems = rows.read((words.folder or folder) / words.file, words.columns)
    for problem in problems:
        report.refuse([problem])
    loaded = set(LoadedRow.objects.filter(file=words.file).values_list("key", flat=True))
    known, new_words, new_rows = None, [], []
    addresses = protected()
    for row in read:
        if progress:
            progress(words.file)
        digest, fresh = checksum_of(row.values), []
        if digest not in loaded:
            known = words.known() if known is None else known
            try:
                found = _checked(words, row, addresses)
            except rows.RowError as error:
                report.refuse(list(error.problems))
                continue
            fresh = [one for one in found if _is_new(words, one, known)]
            new_words += fresh
            loaded.add(digest)
            new_rows.append(LoadedRow(file=words.file, key=digest, checksum=digest))
        outcome = Outcome.CREATED if fresh else Outcome.UNCHANGED
        report.add(row.line, row[words.columns[0]], outcome)
    words.model.objects.bulk_create(new_words, batch_size=BATCH)
    LoadedRow.objects.bulk_create(new_rows, batch_size=BATCH)
    if new_words:
        following.follow(words.model, [])  # loading in bulk sends no signals
    return report


def _checked(words, row, addresses):
    """Return the words of a row after the rules of their fields; they need no query."""
    found = words.words(row)
    for one in found:
        try:
            one.clean_fields(exclude=["need"])
            refuse(one, addresses)
        except ValidationError as error:
            raise row.error("", f"{one}: {' '.join(error.messages)}") from error
    return found


def _is_new(words, word, known):
    """Whether a word is not yet known; from now on it is."""
    key = words.key_of({name: getattr(word, name) for name in words.identity})
    is_new = key not in known
    known.add(key)
    return is_new
