"""The forms on the way in: which file, and what its columns mean."""

from itertools import islice

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.tables import limits, reading
from kekiz_portal.lib.tables.errors import TableError
from offers.curation import kept_uploads
from offers.exchange.importing import mapping, receiving
from offers.exchange.importing.mapping import COLUMNS, OFFERS, REQUIRED, Mapping
from offers.exchange.importing.subjects import SUBJECTS
from offers.models import Editorship, ImportMapping, ImportRun

SAMPLES = 3
ROWS_LOOKED_AT = 5_000
WORDS_ASKED = 60
ASKED = (  # words of a fixed choice
    *("kind", "offer_type", "cost_kind", "district", "topics", "target_groups"),
    *("access_modes", "audience", "reductions", "languages"),
)


class UploadForm(forms.Form):
    """A file and what it is about. What is in it a worker reads afterwards."""

    kind = forms.ChoiceField(label=_("Was steht in der Datei?"), widget=forms.RadioSelect)
    file = kept_uploads.KeptFileField(
        label=_("Datei"),
        help_text=_("XLSX oder CSV, höchstens 20 MB. Sie bleibt höchstens 30 Tage hier."),
        widget=kept_uploads.KeptFileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
        error_messages={
            "empty": _("Die Datei ist leer."),
            "required": _("Bitte wählen Sie eine Datei."),
        },
    )
    known = forms.ModelChoiceField(
        label=_("Spalten wie beim letzten Mal"),
        queryset=ImportMapping.objects.all(),
        required=False,
        empty_label=_("selbst erkennen"),
    )

    def __init__(self, *args, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds
        if not ImportMapping.objects.exists():
            del self.fields["known"]

    def add_error(self, field, error):
        super().add_error(field, error)
        if field == "file" and "file" in self.files:
            kept_uploads.refuse(self.files["file"])

    def clean_file(self):
        file = self.cleaned_data["file"]
        self.data_bytes = file.read(limits.FILE_BYTES + 1)
        try:
            reading.refuse_at_a_glance(self.data_bytes)
        except TableError as error:
            raise ValidationError(str(error)) from error
        return file

    def clean(self):
        known, kind = self.cleaned_data.get("known"), self.cleaned_data.get("kind")
        if known and kind and known.kind != kind:
            self.add_error("known", _("Diese Zuordnung ist für eine andere Art von Liste."))

    def save(self, by):
        """Return the new run, not read yet."""
        known = self.cleaned_data.get("known")
        return ImportRun.objects.create(
            kind=self.cleaned_data["kind"],
            file_name=self.cleaned_data["file"].name[:200],
            file=self.data_bytes,
            by=by,
            mapping=known.mapping if known else {},
        )


class ColumnsForm(forms.Form):
    """One field for each column of the file, and what holds for all rows."""

    asked = ASKED
    default_source = forms.CharField(
        label=_("Herkunft"),
        required=False,
        max_length=40,
        help_text=_("Woher die Liste kommt, etwa „kita-liste“. Beim nächsten Mal gleich."),
    )
    empty_cells_clear = forms.BooleanField(
        label=_("Leere Zellen löschen, was hier steht"), required=False
    )
    save_as = forms.CharField(
        label=_("Zuordnung merken als"),
        required=False,
        max_length=80,
        help_text=_("Leer lassen, wenn Sie die Liste nur einmal bekommen."),
    )

    def __init__(self, data=None, *, run):
        super().__init__(data)
        self.run = run
        self.mapping = Mapping.from_json(run.mapping)
        self.columns = {one.key: one for one in COLUMNS[run.kind]()}
        table = receiving.table_of(run)
        self.header, self.notes = table.header, table.notes
        self.rows = [one.cells for one in islice(table.records, ROWS_LOOKED_AT) if one.cells]
        self._add_columns()
        self._add_defaults()
        # The columns whose unknown words can all mean one thing.
        self.common = set(self.asked) if run.kind in REQUIRED else set()
        self.unknown = self._unknown_words() if data else []
        self._add_values()

    def column_rows(self):
        """Yield for each column of the file: its field, its name, and what stands in it."""
        for number, name in enumerate(self.header):
            cells = [str(row[number]) for row in self.rows if row[number]]
            yield self[f"column_{number}"], name, " · ".join(dict.fromkeys(cells[:SAMPLES]))[:120]

    def value_groups(self):
        """Yield for each column with unknown words its label, the field for all, and the words."""
        for key in dict.fromkeys(key for key, _word in self.unknown):
            words = [
                (self[f"value_{number}"], word)
                for number, (theirs, word) in enumerate(self.unknown)
                if theirs == key
            ]
            others = self[f"others_{key}"] if key in self.common else None
            yield self.columns[key].label, others, words

    def general_fields(self):
        return [self[f"default_{name}"] for name in self.default_keys]

    @property
    def default_keys(self):
        """The columns whose value may be said for all rows."""
        return (REQUIRED[self.run.kind][1], "source")

    @property
    def named_by(self):
        """The columns one of which must be chosen; the first is the one to ask for."""
        return (REQUIRED[self.run.kind][0], "uuid")

    @property
    def asks_for_words(self):
        """Whether there are words nobody has been asked about yet."""
        return any(f"value_{number}" not in self.data for number in range(len(self.unknown)))

    def clean(self):
        chosen = [key for key in self._chosen().values() if key]
        repeated = {key for key in chosen if chosen.count(key) > 1} - mapping.JOINED
        twice = {key for key in repeated if not key.startswith(mapping.TICKED)}
        if twice:
            label = dict(mapping.options(self.run.kind))[twice.pop()]
            raise ValidationError(_now("„%s“ ist zweimal gewählt.") % label)
        if not set(self.named_by) & set(chosen):
            label = self.columns[self.named_by[0]].label
            raise ValidationError(
                _now("Sagen Sie, in welcher Spalte „%s“ steht. Ohne geht es nicht.") % label
            )
        has_source = "source" in chosen or self.cleaned_data.get("default_source")
        if "external_id" in chosen and not has_source:
            self.add_error(
                "default_source", _("Zu den Kennungen der Liste braucht es ihre Herkunft.")
            )

    def save(self):
        """Keep the mapping with the run, and under a name if one was given."""
        cleaned = self.cleaned_data
        defaults = {
            key: cleaned[f"default_{key}"]
            for key in self.default_keys
            if cleaned.get(f"default_{key}")
        }
        values = {key: dict(words) for key, words in self.mapping.values.items()}
        for number, (key, word) in enumerate(self.unknown):
            if meaning := cleaned.get(f"value_{number}"):
                values.setdefault(key, {})[word] = meaning
        others = {key: cleaned[name] for key in ASKED if cleaned.get(name := f"others_{key}")}
        chosen = self._named()
        clears = cleaned.get("empty_cells_clear", False)
        wanted = Mapping(chosen, defaults, values, others, clears).as_json()
        self.run.mapping = wanted
        self.run.save(update_fields=["mapping"])
        if name := cleaned["save_as"]:
            ImportMapping.objects.update_or_create(
                kind=self.run.kind, name=name, defaults={"mapping": wanted}
            )

    def keep_choices(self):
        """Remember the columns as they are chosen now, right or not, for coming back."""
        self.run.mapping |= {"columns": self._named()}
        self.run.save(update_fields=["mapping"])

    def _named(self):
        return {name: key for name, key in self._chosen().items() if key}

    def _add_columns(self):
        options = [("", _("nicht übernehmen")), *mapping.options(self.run.kind)]
        for number, name in enumerate(self.header):
            self.fields[f"column_{number}"] = forms.ChoiceField(
                label=name,
                choices=options,
                required=False,
                initial=self.mapping.columns.get(name, ""),
            )

    def _add_defaults(self):
        key = REQUIRED[self.run.kind][1]
        self.fields[f"default_{key}"] = forms.ChoiceField(
            label=self.columns[key].label,
            required=False,
            choices=[("", _("wie in der Datei")), *self.columns[key].choices()],
            initial=self.mapping.defaults.get(key, ""),
            help_text=_("Gilt, wo die Datei nichts sagt."),
        )
        self.fields["default_source"].initial = self.mapping.defaults.get("source", "")
        self.fields["empty_cells_clear"].initial = self.mapping.empty_cells_clear

    def _add_values(self):
        for number, (key, word) in enumerate(self.unknown):
            self.fields[f"value_{number}"] = forms.ChoiceField(
                label=word,
                required=False,
                choices=[("", _("nicht zuordnen")), *self.columns[key].choices_for(word)],
            )
        for key in {key for key, _word in self.unknown} & self.common:
            self.fields[f"others_{key}"] = forms.ChoiceField(
                label=_("Alle, die nicht zugeordnet sind"),
                required=False,
                initial=self.mapping.others.get(key, ""),
                choices=[("", _("ablehnen")), *self.columns[key].choices()],
            )

    def _chosen(self):
        return {
            name: self.data.get(f"column_{number}", "") for number, name in enumerate(self.header)
        }

    def _unknown_words(self):
        """Return pairs of key and word for words that mean nothing here yet."""
        found = {}
        for number, (name, chosen) in enumerate(self._chosen().items()):
            key = chosen.removeprefix(mapping.TICKED)
            if key in self.asked and key in self.columns:
                said = self.mapping.values.get(key, {})
                is_ticked = key != chosen
                words = [mapping.ticked_word(name)] if is_ticked else self._words(number, key)
                for word in words:
                    if word and word not in said and not self._is_known(key, word):
                        found[key, word] = None
        return list(found)[:WORDS_ASKED]

    def _words(self, number, key):
        """Return the words in a column of the file, each once."""
        column = self.columns[key]
        texts = dict.fromkeys(str(row[number]) for row in self.rows)
        return dict.fromkeys(word for text in texts for word in column.asked_words(text))

    def _is_known(self, key, word):
        try:
            self.columns[key].read(word)
        except ValidationError:
            return False
        return True


COLUMNS_FORMS = {}  # the form for kinds of lists that a floor above brings


def kinds_for(user):
    """Return the kinds of lists somebody may import, as choices."""
    return [choice for choice in ImportRun.Kind.choices if may_import(user, choice[0])]


def may_import(user, kind):
    """Only who may add and change such entries everywhere, never the editors of a provider."""
    if kind in SUBJECTS:
        return user.has_perms(SUBJECTS[kind].rights)
    model = "offer" if kind == OFFERS else "institution"
    wanted = ["offers.add_importrun", f"offers.add_{model}", f"offers.change_{model}"]
    return user.has_perms(wanted) and not Editorship.objects.restricts(user)
