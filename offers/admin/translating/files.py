"""Translations as XLIFF, out to a translator's tool and in again."""

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from kekiz_portal.lib.office import page
from offers.models.translation import other_languages
from offers.translations import taking_in, work, xliff

MEDIA_TYPE = "application/x-xliff+xml"
UNREADABLE = {
    "size": _("Die Datei ist zu groß: höchstens 10 MB und 10.000 Texte."),
    "xml": _("Die Datei ist beschädigt: Sie lässt sich nicht als XML lesen."),
    "doctype": _("Die Datei bestimmt eigene Zeichen (DOCTYPE). Das nehmen wir nicht an."),
    "kind": _("Das ist keine XLIFF-Datei der Fassung 1.2."),
    "language": _("Die Datei sagt nicht, in welche Sprache übersetzt wurde."),
}


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("XLIFF-Datei"), help_text=_("Die Datei, die von hier kam, mit Ihren Übersetzungen.")
    )

    def clean_file(self):
        """Return the language and the texts of the file."""
        upload = self.cleaned_data["file"]
        try:
            language, units = xliff.read(upload.read(xliff.MOST_BYTES + 1))
        except xliff.UnreadableError as error:
            raise forms.ValidationError(UNREADABLE[str(error)]) from error
        code = language.partition("-")[0]
        if code not in dict(other_languages()):
            words = _now("In die Sprache „%s“ übersetzt dieses Portal nicht.")
            raise forms.ValidationError(words % language[:20])
        return upload.name, code, units


class Files(admin.ModelAdmin):
    """The addresses of files at the desk of translations."""

    def get_urls(self):
        out = self.admin_site.admin_view(require_safe(self.file_view))
        into = self.admin_site.admin_view(require_http_methods(["GET", "POST"])(self.take_view))
        return [
            path("datei/<slug:language>.xlf", out, name="offers_translations_file"),
            path("datei/", into, name="offers_translations_take"),
            *super().get_urls(),
        ]

    def file_view(self, request, language):
        """Answer the texts that lack or are out of date; all of them with ``alle``."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        if language not in dict(other_languages()):
            raise Http404
        offers = work.offers_for(language)
        if "alle" not in request.GET:
            offers = offers.filter(standing__in=work.TO_TRANSLATE)
        offers = list(offers)
        rows = work.rows_by_offer([offer.pk for offer in offers], language)
        for offer in offers:
            if offer.pk in rows:
                rows[offer.pk].offer = offer
        content = xliff.written(offers, rows, language, _address_of)
        name = f'attachment; filename="angebote-{language}.xlf"'
        return HttpResponse(content, MEDIA_TYPE, headers={"Content-Disposition": name})

    def take_view(self, request):
        """Take in a file, and say what of it was taken and what was not."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        form = FileForm(request.POST or None, request.FILES or None)
        context = {"form": form}
        if request.method == "POST" and form.is_valid():
            name, language, units = form.cleaned_data["file"]
            reason = _now("aus der Datei %s") % name
            report = taking_in.take_in(units, language, request.user, reason)
            context |= {"report": report, "language_name": dict(settings.LANGUAGES)[language]}
        title = _now("Übersetzungen aus einer Datei")
        return page(self, request, "admin/offers/offertranslation/file.html", title, context)


def _address_of(offer):
    return settings.PORTAL_URL + offer.get_absolute_url()
