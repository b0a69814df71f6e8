"""The columns of a table of entries: what stands in them, and how it is read and written.

A value is *plain*: what JSON can hold, the same for the same facts. That is how a row of a file,
the entry as it is, and the entry as it was last imported are compared.
"""

import datetime as dt
from collections import defaultdict
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now

from kekiz_portal.lib import languages, rich_text
from kekiz_portal.lib.fields import MailboxField, WebAddressField
from lifephases import ages
from offers.models import (
    District,
    Institution,
    SearchSynonym,
)
from offers.models.fields import RichTextField
from offers.quality.identity import folded, folded_word

from . import addresses, readings

SEPARATOR = " | "
AMBIGUOUS = "ambiguous"
STANDS = [
    *("%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%d.%m.%Y %H:%M", "%d.%m.%Y %H:%M:%S"),
    *("%d.%m.%Y", "%d.%m.%y", "%Y-%m-%d", "%m/%Y", "%m.%Y", "%Y"),
]
SAME_MEANING = ("synonym", "colloquial", "abbreviation")
DATES_IN_WORDS = {"schedule_text", "description", "alert_text", "notes", "source_year"}


class Column:
    """A column. ``names`` are other headers it is known by; ``internal`` ones need a permission."""

    is_relation = False  # kept in rows of other tables
    checks_field = False  # the model's field of this name validates the value
    can_be_imported = True
    is_date = False
    may_be_date = False  # where Excel says a date, a person may have meant one
    ticked_label = None  # what to call a column of ticks whose header is one of the words here
    blank = ""  # what an empty cell means where it is to clear something

    def __init__(self, key, label, names=(), *, internal=False):
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
        words, others = meanings
        try:
            return self.read(words.get(text, text))
        except ValidationError:
            if others:
                return self.read(others)
            raise

    def put(self, entry, plain):
        """Set a plain value on an entry; for relations this happens elsewhere."""

    def cell(self, plain):
        """Return a plain value as a cell has it: text, number, date."""
        return "" if plain is None else plain

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


class FieldColumn(Column):
    """A plain field of the model, under its own name."""

    checks_field = True

    def __init__(self, model, key, names=(), *, label=None, internal=False):
        self.field = model._meta.get_field(key)  # noqa: SLF001, Django's own public API
        super().__init__(key, label or self.field.verbose_name, names, internal=internal)
        self.blank = None if self.field.null else self.field.get_default()
        self.is_date = isinstance(self.field, models.DateField)
        self.may_be_date = self.is_date or key in DATES_IN_WORDS

    def plain(self, entry):
        value = getattr(entry, self.key)
        if isinstance(value, str):  # forms write \r\n, files lose spaces at the ends
            return value.replace("\r\n", "\n").strip()
        return value.isoformat() if isinstance(value, dt.date) else value

    def put(self, entry, plain):
        setattr(entry, self.key, self.field.to_python(plain))

    def read(self, text):
        if self.is_date:
            return readings.date(text)
        if isinstance(self.field, models.BooleanField):
            return readings.truth(text)
        if isinstance(self.field, WebAddressField):
            return readings.link(text)
        if isinstance(self.field, MailboxField):
            return readings.mailbox(text)
        if isinstance(self.field, RichTextField):
            return rich_text.stored(text)
        return text

    def cell(self, plain):
        if plain is None:
            return ""
        if isinstance(self.field, models.DateField):
            return dt.date.fromisoformat(plain)
        if isinstance(self.field, models.BooleanField):
            return _now("ja") if plain else _now("nein")
        return plain


class PhoneColumn(FieldColumn):
    def read(self, text):
        return readings.phone(text)


class ChoiceColumn(FieldColumn):
    """One of the choices of a field, by its label or its value."""

    def choices(self):
        return [(str(label), str(label)) for _value, label in self.field.choices]

    def read(self, text):
        return _choice(text, self.field.choices)

    def cell(self, plain):
        return str(dict(self.field.choices)[plain]) if plain else ""


class ListColumn(FieldColumn):
    """Several fixed choices, divided by "|"."""

    def plain(self, entry):
        return sorted(getattr(entry, self.key))

    @cached_property
    def options(self):
        return self.field.base_field.choices or list(languages.NAMES.items())

    def choices(self):
        return [(str(label), str(label)) for _value, label in self.options]

    def read(self, text):
        return sorted({_choice(part, self.options) for part in _parts(text, self._is_one)})

    def cell(self, plain):
        labels = dict(self.options)
        return SEPARATOR.join(str(labels.get(one, one)) for one in plain)

    def _is_one(self, text):
        return text.casefold() in _by_text(self.options)


class AgeColumn(Column):
    """One end of the span of ages, in months, both included."""

    def __init__(self, key, label, names, end):
        super().__init__(key, label, names)
        self.end = end
        self.blank = None

    def plain(self, entry):
        return self.end(entry.ages)

    def read(self, text):
        return readings.month(text)

    def put(self, entry, plain):
        """Keep the other end; the span is checked when both are set."""
        ends = getattr(entry, "imported_ages", None) or {
            "age_from": ages.first_month(entry.ages),
            "age_to": ages.last_month(entry.ages),
        }
        entry.imported_ages = ends | {self.key: plain}
        try:
            entry.ages = ages.span(*entry.imported_ages.values())
        except ValueError:
            entry.ages = None
            entry.ages_are_reversed = True
        else:
            entry.ages_are_reversed = False


class TermColumn(Column):
    """A word of a vocabulary, or several, by name or short name."""

    def __init__(self, key, label, model, names=(), *, many=False):
        super().__init__(key, label, names)
        self.model, self.many, self.is_relation = model, many, many
        self.blank = [] if many else None

    @cached_property
    def labels(self):
        return dict(self.model.objects.values_list("pk", "name"))

    @cached_property
    def known(self):
        found = {}
        for pk, name, slug in self.model.objects.values_list("pk", "name", "slug"):
            found[folded_word(slug)] = found[folded_word(name)] = pk
        return found

    def choices(self):
        return [(name, name) for name in self.labels.values()]

    def asked_words(self, text):
        if not self.many:
            return [text]
        return _parts(text, lambda whole: folded_word(whole) in self.known)

    def read_words(self, text, meanings):
        if not self.many:
            return super().read_words(text, meanings)
        found = {
            super(TermColumn, self).read_words(one, meanings)[0] for one in self.asked_words(text)
        }
        return sorted(found)

    def plain(self, entry):
        if self.many:
            return sorted(term.pk for term in getattr(entry, self.key).all())
        return getattr(entry, f"{self.key}_id")

    def put(self, entry, plain):
        if not self.many:
            setattr(entry, f"{self.key}_id", plain)

    def read(self, text):
        if not self.many:
            return self._one(text)
        return sorted({self._one(part) for part in self.asked_words(text)})

    def cell(self, plain):
        if not self.many:
            return self.labels.get(plain, "")
        return SEPARATOR.join(self.labels.get(pk, "") for pk in plain)

    def _one(self, text):
        if folded_word(text) not in self.known:
            raise ValidationError(_now("„%s“ gibt es nicht.") % text[: readings.SHOWN])
        return self.known[folded_word(text)]


class TopicColumn(TermColumn):
    """A topic by its name, its examples, or a word that families use for it."""

    @cached_property
    def known(self):
        found = super().known
        names = {pk: folded_word(name) for pk, name in self.labels.items()}
        words = [(word, pk) for pk, several in self._examples() for word in several]
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

    def _examples(self):
        return self.model.objects.values_list("pk", "examples")


class InstitutionColumn(TermColumn):
    """An institution by its name or its public identifier; a name may be that of several."""

    @cached_property
    def known(self):
        found = defaultdict(set)
        for pk, name, uuid in Institution.objects.values_list("pk", "name", "uuid"):
            found[str(uuid)].add(pk)
            found[folded(name)].add(pk)
        return found

    def _one(self, text):
        found = self.known.get(text.casefold()) or self.known.get(folded(text), set())
        if len(found) > 1:
            reason = _now("„%s“ gibt es mehr als einmal. Tragen Sie die Kennung im Portal ein.")
            raise ValidationError(reason % text[: readings.SHOWN], code=AMBIGUOUS)
        if not found:
            raise ValidationError(_now("„%s“ gibt es nicht.") % text[: readings.SHOWN])
        return next(iter(found))

    def choices(self):
        return ()


class PriceColumn(Column):
    is_relation = True
    blank = []

    def plain(self, entry):
        return sorted([f"{one.amount:.2f}", one.label] for one in entry.cost_options.all())

    def read(self, text):
        return readings.prices(text)

    def cell(self, plain):
        """One amount alone is a number, for computing with it."""
        if len(plain) == 1 and not plain[0][1]:
            return Decimal(plain[0][0])
        return SEPARATOR.join(f"{amount} {label}".strip() for amount, label in plain).replace(
            ".00", ""
        )

    def words(self, plain):
        return SEPARATOR.join(
            f"{amount} Euro {label}".strip().replace(".", ",") for amount, label in plain
        )


class AddressColumn(Column):
    """A part of the one public address of an entry."""

    is_relation = True

    def plain(self, entry):
        return _side_by_side(addresses.part(entry, self.key), str)

    def read(self, text):
        return _side_by_side(text, self.read_one)

    def read_one(self, text):
        return text


class PostalCodeColumn(AddressColumn):
    @cached_property
    def codes(self):
        lists = District.objects.values_list("postal_codes", flat=True)
        return {code for codes in lists for code in codes}

    def read_one(self, text):
        return readings.postal_code(text, self.codes)


class DistrictColumn(AddressColumn):
    """A part of the city by its name, another name or its short name."""

    @cached_property
    def districts(self):
        return list(District.objects.order_by("-level"))

    @cached_property
    def known(self):
        found = {}
        for one in self.districts:
            for name in (one.label, one.slug, one.name, *one.aliases):
                found.setdefault(name.casefold(), one)
        return found

    def choices(self):
        return [(one.label, one.label) for one in self.districts]

    def read_one(self, text):
        if text.casefold() not in self.known:
            raise ValidationError(_now("„%s“ gibt es nicht.") % text[: readings.SHOWN])
        return self.known[text.casefold()].label

    def pk(self, plain):
        return self.known[plain.casefold()].pk if plain else None


class IdentityColumn(Column):
    """The portal's own identifier, as an export writes it."""

    def plain(self, entry):
        return str(entry.uuid)

    def read(self, text):
        return text.lower()


class StandColumn(Column):
    """When an entry last changed: tells an import what the person with the file had seen.

    In other lists it is a day, a month or a year.
    """

    is_date = may_be_date = True

    def plain(self, entry):
        return timezone.localtime(entry.updated_at).strftime("%Y-%m-%d %H:%M")

    def read(self, text):
        for form in STANDS:
            try:
                return dt.datetime.strptime(text, form).strftime("%Y-%m-%d %H:%M")  # noqa: DTZ007
            except ValueError:
                continue
        raise ValidationError(_now("„%s“ ist kein Datum wie 31.12.2026.") % text[: readings.SHOWN])


class ReadOnlyColumn(Column):
    """Said in an export, never taken from a file."""

    can_be_imported = False

    def __init__(self, key, label, value, *, internal=False):
        super().__init__(key, label, internal=internal)
        self.plain = value


def _side_by_side(text, read):
    """Read the parts of several addresses, which stand side by side."""
    parts = [" ".join(part.split()) for part in text.split(addresses.SEVERAL.strip())]
    return addresses.SEVERAL.join(read(part) if part else "" for part in parts).strip()


def _by_text(choices):
    found = {}
    for value, label in choices:
        found[str(label).casefold()] = found[str(value).casefold()] = value
    return found


def _choice(text, choices):
    known = _by_text(choices)
    if text.casefold() in known:
        return known[text.casefold()]
    possible = ", ".join(str(label) for _value, label in choices)
    raise ValidationError(
        _now("„%(text)s“ gibt es hier nicht; möglich sind: %(possible)s.")
        % {"text": text[: readings.SHOWN], "possible": possible}
    )


def _parts(text, is_one):
    """Divide a list; a comma divides too unless the whole is one word of the vocabulary."""
    found = []
    for part in readings.parts(text):
        found += [part] if is_one(part) else [one.strip() for one in part.split(",")]
    return [one for one in found if one]
