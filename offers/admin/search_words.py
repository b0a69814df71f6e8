"""The words the search understands: other words for a thing, worries, translations, distress."""

from django import forms
from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from offers.models import (
    HelplineNeed,
    HelplineNeedNumber,
    HelplineSign,
    ParentsSentence,
    SearchSynonym,
)

from .list_filters import KindFilter, LanguageFilter, NeedFilter
from .versions.versions import Versioned

UNCHECKED = _(
    "Die Wörter anderer Sprachen haben noch keine Muttersprachler geprüft. Wenn Sie eine Sprache "
    "sprechen: Verbessern Sie sie bitte."
)
FEW_WORDS = _(
    "Ein Wort oder zwei, drei: „Baby schreit“ passt auch zu „Mein Baby schreit die ganze Nacht“. "
    "Groß und klein, Umlaute und Endungen sind gleich."
)
WHOLE_SENTENCES = _(
    "Ein Satz, wie Eltern ihn eingeben: „nachts dauernd wach, was tun“. Die Suche vergleicht "
    "seinen Sinn mit dem, was jemand schreibt; er steht nie auf einer Seite."
)
WHERE_SENTENCES_LEAD = _(
    "Wörter, die in Angeboten oder Themen stehen, das treffendste zuerst, getrennt durch |. "
    "Leer, wenn es dafür hier nichts gibt, etwa „Wetter morgen“."
)
WHERE_IT_LEADS = _("Ein Wort, das in Angeboten oder Themen steht, etwa „Hebamme“.")
KIND = SearchSynonym.Kind
KINDS_EXPLAINED = {
    KIND.SYNONYM: _("heißt dasselbe, etwa „Geburtshelferin“ für „Hebamme“"),
    KIND.COLLOQUIAL: _("so sagen es Eltern, etwa „Kindergarten“ für „Kita“"),
    KIND.ABBREVIATION: _("etwa „BuT“ für „Bildung und Teilhabe“"),
    KIND.SYMPTOM: _(
        "was Eltern erleben, etwa „Kind hört nicht“. Führt zu den Angeboten, steht aber nie auf "
        "einer Seite: Niemand soll lesen, wofür man seine Sorge hält"
    ),
    KIND.TRANSLATION: _("das Wort einer anderen Sprache"),
    KIND.PLACE_ALIAS: _("noch ein Name eines Stadtteils; die Suche grenzt auf ihn ein"),
    KIND.RELATED: _("nicht dasselbe, aber ein Vorschlag, der passen kann"),
}


def explained_kinds():
    """Return the kinds as choices that say what the search does with each."""
    return [
        (kind, format_html("<strong>{}</strong>: {}", kind.label, KINDS_EXPLAINED[kind]))
        for kind in KIND
    ]


class SearchSynonymForm(forms.ModelForm):
    kind = forms.ChoiceField(
        label=_("Art"), choices=explained_kinds, initial=KIND.SYNONYM, widget=forms.RadioSelect
    )

    class Meta:
        model = SearchSynonym
        fields = ["phrase", "term", "language", "kind"]
        help_texts = {"phrase": FEW_WORDS, "term": WHERE_IT_LEADS}


class WordAdmin(Versioned):
    """A list of words in many languages, and what is to be known about them."""

    list_per_page = 50
    change_list_template = "admin/offers/search_words.html"

    class Media:
        css = {"all": ["css/admin/search-words.css"]}

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"unchecked": UNCHECKED} | (extra_context or {}))


@admin.register(SearchSynonym)
class SearchSynonymAdmin(WordAdmin):
    form = SearchSynonymForm
    fieldsets = [(None, {"fields": SearchSynonymForm.Meta.fields, "description": UNCHECKED})]
    list_display = ["phrase", "term", "language", "kind"]
    list_filter = [LanguageFilter, KindFilter]
    search_fields = ["phrase", "term"]

    def get_changeform_initial_data(self, request):
        """Take a phrase from the address: the list of searches in vain leads here."""
        return {"phrase": request.GET.get("phrase", "").replace("\x00", "")}

    def changelist_view(self, request, extra_context=None):
        kinds = {"kinds": explained_kinds()}
        return super().changelist_view(request, kinds | (extra_context or {}))


class ParentsSentenceForm(forms.ModelForm):
    class Meta:
        model = ParentsSentence
        fields = ["sentence", "leads_to", "language"]
        help_texts = {"sentence": WHOLE_SENTENCES, "leads_to": WHERE_SENTENCES_LEAD}


@admin.register(ParentsSentence)
class ParentsSentenceAdmin(WordAdmin):
    form = ParentsSentenceForm
    fieldsets = [(None, {"fields": ParentsSentenceForm.Meta.fields, "description": UNCHECKED})]
    list_display = ["sentence", "leads_to", "language"]
    list_filter = [LanguageFilter]
    search_fields = ["sentence", "leads_to"]


class NumberInline(admin.TabularInline):
    model = HelplineNeedNumber
    extra = 0


@admin.register(HelplineNeed)
class HelplineNeedAdmin(Versioned):
    list_display = ["name", "is_crisis", "shown_numbers"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [NumberInline]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("numbers__helpline")

    @admin.display(description=_("Nummern"))
    def shown_numbers(self, need):
        return ", ".join(one.helpline.name for one in need.numbers.all())


@admin.register(HelplineSign)
class HelplineSignAdmin(WordAdmin):
    list_display = ["phrase", "need", "language"]
    list_filter = [NeedFilter, LanguageFilter]
    list_select_related = ["need"]
    search_fields = ["phrase"]
    autocomplete_fields = ["need"]
    fieldsets = [(None, {"fields": ["phrase", "language", "need"], "description": UNCHECKED})]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "phrase":
            kwargs["help_text"] = FEW_WORDS
        return super().formfield_for_dbfield(db_field, request, **kwargs)
