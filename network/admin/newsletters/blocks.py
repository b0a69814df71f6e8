"""The blocks of a newsletter in its form: each asks what its kind needs."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.rich_text import as_text
from network.models import NewsletterBlock
from network.newsletters.composing import news
from offers.admin.nested import RowFormSet, only_add_related
from offers.admin.offer.fields import PictureField
from offers.admin.versions.choosing import ChoiceByTyping
from offers.curation.kept_uploads import KeptPictureInput
from offers.models import Institution, Offer
from offers.schedules.form import DayInput

Kind = NewsletterBlock.Kind
MOST_BLOCKS = 60
MOST_NAMED = 5
AT_THE_END = 32_767  # the largest number the column takes
SUMMARY_LENGTH = 60


class BlockForm(forms.ModelForm):
    """One block. Where no script helps to find an entry, its name is typed."""

    offer_words = forms.CharField(label=_("Titel des Angebots"), required=False, max_length=200)
    institution_words = forms.CharField(
        label=_("Name der Einrichtung"), required=False, max_length=200
    )

    class Meta:
        model = NewsletterBlock
        fields = "__all__"  # noqa: DJ007 - the inline says which fields it shows
        help_texts = {
            "kind": _("Was dieser Baustein zeigt."),
            "heading": _("Steht groß darüber. Leer geht auch."),
            "text": _("Kurze Absätze. Bei einem Angebot oder Bild: ein Satz dazu, wenn Sie mögen."),
            "offer": _("Tippen Sie den Titel. Alter, Ort und nächster Termin kommen von selbst."),
            "institution": _("Tippen Sie den Namen. Adresse und Telefon kommen von selbst."),
            "day": _("Wochentag und Datum stehen ausgeschrieben im Newsletter."),
            "picture": _(
                "JPEG, PNG oder WebP, höchstens 10 MB. Aufnahmeort und -daten werden entfernt."
            ),
            "picture_alt": _(
                "Ein Satz für Menschen, die das Bild nicht sehen. "
                "Viele Mailprogramme zeigen zuerst nur diesen Satz."
            ),
            "news_topic": _("Leer: zu allen Themen."),
            "news_phase": _("Leer: für jedes Alter."),
            "left_out": _("Angekreuzte Angebote stehen nicht im Newsletter."),
            "picture_is_decorative": _(
                "Ankreuzen, wenn das Bild nichts sagt, was nicht auch im Text steht."
            ),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "position" in self.fields:
            self.fields["position"].required = False
        if "left_out" in self.fields:
            self._ask_what_to_leave_out()

    def _ask_what_to_leave_out(self):
        """Name what a saved block of news tells of, each to be left out."""
        field = self.fields["left_out"]
        is_news = self.instance.pk and self.instance.kind == Kind.NEWS
        found = news.to_choose_from(self.instance) if is_news else []
        field.queryset = Offer.objects.filter(pk__in=[offer.pk for offer in found])
        if not found:
            field.help_text = _("Nach dem Speichern steht hier, was neu ist.")

    @property
    def words(self):
        """What the block is about, for its folded row."""
        block = self.instance
        shown = {Kind.OFFER: block.offer, Kind.INSTITUTION: block.institution}.get(block.kind)
        words = block.heading or str(shown or "") or as_text(block.text) or block.picture_alt
        return Truncator(words).chars(SUMMARY_LENGTH)

    @property
    def is_bare(self):
        """Whether the block was added and not yet filled."""
        return self.instance.kind != Kind.NEWS and not (self.words or self.instance.picture)

    def clean_position(self):
        number = self.cleaned_data["position"]
        return AT_THE_END if number is None else number

    def clean(self):
        data = super().clean()
        self._take_typed("offer", Offer, "title")
        self._take_typed("institution", Institution, "name")
        return data

    def _take_typed(self, name, model, field):
        words = self.cleaned_data.get(f"{name}_words", "").strip()
        if words:
            try:
                self.cleaned_data[name] = named(model.objects.all(), field, words)
            except ValidationError as error:
                self.add_error(name, error)


def named(rows, field, words):
    """Return the one row of a name, or of a part of it that no other name has.

    Raises ``ValidationError`` with the names that come near.
    """
    found = list(rows.filter(**{f"{field}__iexact": words})[:2])
    if not found:
        found = list(rows.filter(**{f"{field}__icontains": words})[: MOST_NAMED + 1])
    if not found:
        raise ValidationError(_("„%(words)s“ haben wir nicht gefunden."), params={"words": words})
    if len(found) > 1:
        names = ", ".join(f"„{getattr(one, field)}“" for one in found[:MOST_NAMED])
        raise ValidationError(
            _("Das passt zu mehreren: %(names)s. Schreiben Sie den ganzen Namen."),
            params={"names": names},
        )
    return found[0]


class BlockFormSet(RowFormSet):
    """The blocks in order; after saving they are numbered from one."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if DELETION_FIELD_NAME in form.fields:
            form.fields[DELETION_FIELD_NAME].label = _("Diesen Baustein entfernen")

    def save(self, commit=True):
        saved = super().save(commit)
        if commit:
            self._number()
        return saved

    def _number(self):
        for number, block in enumerate(self.instance.blocks.order_by("position", "pk"), 1):
            if block.position != number:
                block.position = number
                block.save(update_fields=["position"])

    def _stands_open(self, form, index):
        return super()._stands_open(form, index) or form.is_bare


class BlockInline(admin.StackedInline):
    model = NewsletterBlock
    form = BlockForm
    formset = BlockFormSet
    template = "admin/network/newsletter/blocks.html"
    max_num = MOST_BLOCKS
    autocomplete_fields = ["offer", "institution"]
    formfield_overrides = {
        models.ImageField: {"form_class": PictureField, "widget": KeptPictureInput},
        models.DateField: {"widget": DayInput},
        models.ManyToManyField: {"widget": forms.CheckboxSelectMultiple},
    }
    fields = [
        "position",
        "kind",
        "heading",
        "day",
        "offer",
        "institution",
        "picture",
        "picture_alt",
        "picture_is_decorative",
        "news_topic",
        "news_phase",
        "left_out",
        "text",
    ]
    section = _("Bausteine")
    kinds = Kind.choices

    def get_extra(self, request, obj=None, **kwargs):
        """Start a new newsletter with a text; later a block comes when it is asked for."""
        return 0 if obj else 1

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("offer", "institution")

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        return only_add_related(super().formfield_for_dbfield(db_field, request, **kwargs))

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.autocomplete_fields:
            kwargs["widget"] = ChoiceByTyping(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


def with_one_more(data, kind):
    """Return what a form sent, with one more block of a kind at its end, if there may be one."""
    total = data.get("blocks-TOTAL_FORMS", "")
    if kind not in Kind or not total.isdecimal() or int(total[:4]) >= MOST_BLOCKS:
        return data
    more = data.copy()
    more["blocks-TOTAL_FORMS"] = str(int(total) + 1)
    more[f"blocks-{int(total)}-kind"] = kind
    more[f"blocks-{int(total)}-position"] = str(AT_THE_END)
    return more
