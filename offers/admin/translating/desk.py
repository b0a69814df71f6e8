"""What there is to translate, and one offer side by side."""

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from kekiz_portal.lib import office, rich_text
from offers.admin.versions.versions import Versioned
from offers.models import Offer, OfferTranslation
from offers.models.offer import fingerprint
from offers.models.offer.here import TEXTS
from offers.models.translation import other_languages
from offers.translations import work

from .files import Files

A_PAGE = 50
DESK = "admin:offers_offertranslation_changelist"
WRITTEN_BY_TWO = _("Jemand hat zugleich daran geschrieben. Lesen Sie es bitte noch einmal ganz.")
STILL_OLD = _("Das Deutsche ist inzwischen anders. Was veraltet ist, lesen Familien auf Deutsch.")
SIGNS = {f"root.{name}_of" for name in TEXTS}
STANDINGS = {
    work.OUT_OF_DATE: _("veraltet"),
    work.LACKING: _("fehlt"),
    work.UNCHECKED: _("ungeprüft"),
    work.CHECKED: _("geprüft"),
}


def seen(name):
    """Return the name of the field that holds the sign of the German somebody has before them."""
    return f"{name}_seen"


def fits(name):
    """Return the name of the tick that a text still says what its new German says."""
    return f"{name}_fits"


class TranslationForm(forms.ModelForm):
    is_checked = forms.BooleanField(
        label=_("Geprüft: Ich spreche diese Sprache, und so stimmt es."), required=False
    )

    class Meta:
        model = OfferTranslation
        fields = [*TEXTS]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        row = self.instance
        self.initial.setdefault("is_checked", row.state == row.State.CHECKED)
        for name in TEXTS:
            sign = fingerprint.of(getattr(row.offer, name))
            self.fields[seen(name)] = forms.RegexField(
                "^[0-9a-f]{16}$", initial=sign, label=_("Deutsch"), widget=forms.HiddenInput
            )
            if row.is_old(name):
                label = _("Passt noch zum neuen deutschen Text")
                self.fields[fits(name)] = forms.BooleanField(label=label, required=False)

    def clean(self):
        """Note for each text of which German it is: what is left as it was stays of that."""
        data = super().clean()
        for name in TEXTS:
            is_new = name in self.changed_data or data.get(fits(name))
            text, sign = data.get(name, ""), getattr(self.instance, f"{name}_of")
            self.instance.say(name, text, data.get(seen(name), "") if is_new else sign)
        state = self.instance.State
        self.instance.state = state.CHECKED if data.get("is_checked") else state.MACHINE
        return data


@admin.register(OfferTranslation)
class TranslationAdmin(Files, Versioned):
    form = TranslationForm
    change_form_template = "admin/offers/offertranslation/change_form.html"

    class Media:
        css = {"all": ["css/admin/translating.css"]}

    def get_urls(self):
        view = self.admin_site.admin_view(require_POST(self.begin_view))
        begin = path("<slug:language>/<int:key>/", view, name="offers_translate")
        return [begin, *super().get_urls()]

    def has_add_permission(self, request):
        return False

    def has_view_permission(self, request, obj=None):
        """It is a desk to write at: whoever may not write is shown no way to it."""
        return self.has_change_permission(request, obj)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("offer")

    # The list

    def changelist_view(self, request, extra_context=None):
        if not self.has_change_permission(request):
            raise PermissionDenied
        language = request.GET.get("sprache") or other_languages()[0][0]
        _check(language)
        counts = work.counts(language)
        found = work.offers_for(language)
        wanted = request.GET.get("stand", "")
        if wanted in map(str, STANDINGS):
            found = found.filter(standing=int(wanted))
        page = Paginator(found, A_PAGE).get_page(request.GET.get("p"))
        rows = work.rows_by_offer([offer.pk for offer in page], language)
        for offer in page:
            offer.row, offer.standing_words = rows.get(offer.pk), STANDINGS[offer.standing]
        context = {
            "languages": other_languages(),
            "language": language,
            "language_name": dict(settings.LANGUAGES)[language],
            "standings": [(str(one), words, counts[one]) for one, words in STANDINGS.items()],
            "standing": wanted,
            "page": page,
        }
        template = "admin/offers/offertranslation/desk.html"
        return office.page(self, request, template, _now("Übersetzungen"), context)

    def begin_view(self, request, language, key):
        """Open an offer in a language, with an empty translation where nobody began."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        _check(language)
        offer = get_object_or_404(Offer.objects.published(), pk=key)
        return redirect(office.form_of(work.row_for(offer, language)))

    # One offer

    def get_fieldsets(self, request, obj=None):
        return [(None, {"fields": [*TEXTS]})]

    def render_change_form(self, request, context, **kwargs):
        form, row = context["adminform"].form, kwargs["obj"]
        context |= {
            "texts": [_text(form, row, name) for name in TEXTS],
            "language": row.language,
            "language_name": dict(settings.LANGUAGES).get(row.language, row.language),
            "direction": "rtl" if get_language_info(row.language)["bidi"] else "ltr",
            "show_save_and_add_another": False,
        }
        return super().render_change_form(request, context, **kwargs)

    def after_saving(self, request, entry, change):
        """What two people wrote at once nobody has read as it stands now; what is old is said."""
        if request.overtaken and entry.state == entry.State.CHECKED:
            is_read = "is_checked" in request.POST and all(
                _typed(request, name) == getattr(entry, name) for name in TEXTS
            )
            if not is_read:
                entry.state = entry.State.MACHINE
                entry.save()
                self.message_user(request, WRITTEN_BY_TWO, messages.WARNING)
        if entry.is_out_of_date:
            self.message_user(request, STILL_OLD, messages.WARNING)

    def response_change(self, request, obj):
        if "_next" not in request.POST:
            return super().response_change(request, obj)
        following = work.next_after(obj.offer, obj.language)
        if following is None:
            self.message_user(request, _now("Alles übersetzt."), messages.SUCCESS)
            return HttpResponseRedirect(f"{reverse(DESK)}?sprache={obj.language}")
        self.message_user(request, _now("Gespeichert: „%s“.") % obj.offer, messages.SUCCESS)
        return redirect(office.form_of(work.row_for(following, obj.language)))

    def response_post_save_change(self, request, obj):
        return HttpResponseRedirect(f"{reverse(DESK)}?sprache={obj.language}")

    def visible_changes(self, request, changes):
        """Leave out the signs of the German, where more is said than that."""
        found = super().visible_changes(request, changes)
        return found if len(found) == 1 else [one for one in found if one.name not in SIGNS]


def _check(language):
    if language not in dict(other_languages()):
        raise Http404


def _typed(request, name):
    text = request.POST.get(name, "").strip()
    return rich_text.stored(text) if name == "description" else text


def _text(form, row, name):
    """Return a text as the page shows it: its German, its field, whether that is old."""
    german = getattr(row.offer, name)
    return {
        "label": form.fields[name].label,
        "german": german,
        "is_rich": name == "description",
        "length": len(rich_text.as_text(german)),
        "field": form[name],
        "seen": form[seen(name)],
        "fits": form[fits(name)] if fits(name) in form.fields else None,
    }
