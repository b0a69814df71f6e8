"""The columns of a table of entries: what stands in them, and how it is read and written.

A value is *plain*: what JSON can hold, the same for the same facts. That is how a row of a file,
the entry as it is, and the entry as it was last imported are compared.
"""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from kekiz_portal.lib import languages
from kekiz_portal.lib.fields import MailboxField, TelephoneField, WebAddressField

from . import readings, several

DATES_IN_WORDS = {"schedule_text", "description", "alert_text", "notes", "source_year"}


class Column:
    """A column. ``internal`` ones need a permission.

    ``names`` are other headers it is known by: "tel, telefonnummer".
    """

    is_relation = False  # kept in rows of other tables
    checks_field = False  # the model's field of this name validates the value
    can_be_imported = True
    comes_whole = False  # said by a list that brings entries whole, never by one from outside
    is_only_for_new = False  # how an entry comes in; what is here already keeps its own
    is_date = False
    may_be_date = False  # where Excel says a date, a person may have meant one
    ticked_label = None  # what to call a column of ticks whose header is one of the words here
    blank = ""  # what an empty cell means where it is to clear something

    def __init__(self, key, label, names="", *, internal=False):
        self.key, self.label, self.names, self.internal = key, label, names, internal

    def plain(self, entry):
        """Return what an entry has, as a plain value."""
        raise NotImplementedError

    def read(self, text):
        """Return the plain value that a text means. Raises ``ValidationError``."""
        raise NotImplementedError

    def read_words(self, text, meanings):
        """Read a text in which ``meanings`` says what words are called here: those it knows,
        and what every other one is."""
        return meant(self.read, text, *meanings)

    def same(self, one, other):
        """Whether two plain values say the same."""
        return one == other

    def put(self, entry, plain):
        """Set a plain value on an entry; for relations this happens elsewhere."""

    def cell(self, plain):
        """Return a plain value as a cell has it: text, number, date."""
        return "" if plain is None else plain

    def typed(self, plain):
        """Return a cell as the office types it: what is read back from it says the same."""
        return self.cell(plain)

    def words(self, plain):
        """Return a plain value as people read it in the report."""
        cell = self.cell(plain)
        if isinstance(cell, dt.date):
            return f"{cell:%d.%m.%Y}"
        return str(cell)

    def choices(self):
        """Return pairs of text and label if only certain values are possible."""
        return ()

    def choices_for(self, word):  # noqa: ARG002, for columns that know what is alike
        """Return those of the choices that a word may mean, the likeliest first."""
        return self.choices()

    def asked_words(self, text):
        """Return the words of a cell that a person may be asked about, each for itself."""
        return [text]


def whole(column, *, only_for_new=False):
    """Return a column as one of lists that bring entries whole (``comes_whole``)."""
    column.comes_whole, column.can_be_imported = True, False
    column.is_only_for_new = only_for_new
    return column


def as_kept(text):
    """Return a text as files keep it: forms write \\r\\n, files lose spaces at the ends."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


class FieldColumn(Column):
    """A plain field of the model, under its own name."""

    checks_field = True

    def __init__(self, model, key, names="", *, label=None, internal=False):
        self.field = model._meta.get_field(key)  # noqa: SLF001, Django's own public API
        super().__init__(key, label or self.field.verbose_name, names, internal=internal)
        self.blank = None if self.field.null else self.field.get_default()
        self.is_date = isinstance(self.field, models.DateField)
        self.may_be_date = self.is_date or key in DATES_IN_WORDS

    def plain(self, entry):
        value = getattr(entry, self.key)
        if isinstance(value, str):
            return as_kept(value)
        return value.isoformat() if isinstance(value, dt.date) else value

    def put(self, entry, plain):
        setattr(entry, self.key, self.field.to_python(plain))

    def read(self, text):
        for kind, reading in (
            (models.DateField, readings.date),
            (models.BooleanField, readings.truth),
            (WebAddressField, readings.link),
            (MailboxField, readings.mailbox),
            (TelephoneField, readings.phone),
        ):
            if isinstance(self.field, kind):
                return reading(text)
        return text

    def cell(self, plain):
        if plain is None:
            return ""
        if self.is_date:
            return dt.date.fromisoformat(plain)
        if isinstance(self.field, models.BooleanField):
            return _("ja") if plain else _("nein")
        return plain


class LineColumn(FieldColumn):
    """A field of one line, of at most so many letters."""

    def read(self, text):
        text = super().read(" ".join(text.split()))
        most = self.field.max_length
        if most and len(text) > most:
            raise ValidationError(_("Länger als %d Zeichen.") % most)
        return text


class ChoiceColumn(FieldColumn):
    """One of the choices of a field, by its label or its value."""

    def choices(self):
        return [(str(label), str(label)) for _value, label in self.field.choices]

    def read(self, text):
        return readings.choice(text, self.field.choices)

    def cell(self, plain):
        return str(dict(self.field.choices)[plain]) if plain else ""


class ListColumn(FieldColumn):
    """Several fixed choices, divided by "|"; their order says nothing to whoever compares."""

    def plain(self, entry):
        return list(getattr(entry, self.key))

    def same(self, one, other):
        return sorted(one or []) == sorted(other or [])

    @cached_property
    def options(self):
        return self.field.base_field.choices or list(languages.NAMES.items())

    def choices(self):
        return [(str(label), str(label)) for _value, label in self.options]

    def asked_words(self, text):
        return parts(text, self._is_one)

    def read(self, text):
        return self.read_words(text, ({}, ""))

    def read_words(self, text, meanings):
        found = (meant(self._one, word, *meanings) for word in self.asked_words(text))
        return list(dict.fromkeys(found))

    def cell(self, plain):
        labels = dict(self.options)
        return several.joined(several.escaped(str(labels.get(one, one))) for one in plain)

    def _one(self, text):
        return readings.choice(text, self.options)

    def _is_one(self, text):
        return text.casefold() in readings.by_text(self.options)


class WordsColumn(FieldColumn):
    """Any words, divided by "|"."""

    def plain(self, entry):
        return list(getattr(entry, self.key))

    def read(self, text):
        return list(dict.fromkeys(several.values(text)))

    def cell(self, plain):
        return several.joined(map(several.escaped, plain))


class ReadOnlyColumn(Column):
    """Said in an export, never taken from a file."""

    can_be_imported = False

    def __init__(self, key, label, value, *, internal=False):
        super().__init__(key, label, internal=internal)
        self.plain = value


def meant(read, word, words, others):
    """Read a word by what ``words`` says it is called here; one that nobody knows as ``others``."""
    try:
        return read(words.get(word, word))
    except ValidationError:
        if not others:
            raise
        return read(others)


def parts(text, is_one):
    """Divide a list; a comma divides too unless the whole is one word of the vocabulary."""
    found = []
    for part in several.values(text):
        found += [part] if is_one(part) else [one.strip() for one in part.split(",")]
    return [one for one in found if one]
