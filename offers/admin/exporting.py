"""Any filtered list as a file."""

from dataclasses import replace

from django import forms
from django.contrib import admin
from django.contrib.admin.options import IS_POPUP_VAR, IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.limits import Limit
from kekiz_portal.lib.office import name_of, page
from offers.exchange.exporting import exports
from offers.exchange.exporting.exports import Format
from offers.exchange.importing.entries import with_all
from offers.models import Editorship, signals

from .importing.forms import may_import
from .listing import OfficeList

EXPORTS = Limit("exports", connection=30, network=60, seconds=10 * 60)
CHOSEN = "auswahl"  # the ticked rows, in the address of the export page
HELP = {
    Format.XLSX: _("Am besten zum Weiterarbeiten: führende Nullen und Umlaute bleiben."),
    Format.CSV_EXCEL: _("Mit Semikolon, Komma und 31.12.2026. Excel kürzt darin führende Nullen."),
    Format.CSV: _("Nach RFC 4180: Komma, UTF-8, 2026-12-31. Für andere Programme."),
}
HINT = _("Lassen Sie „Kennung im Portal“ und „Stand“ stehen, dann findet der Import alles.")


class ExportForm(forms.Form):
    """Which file it shall be."""

    file_format = forms.ChoiceField(
        label=_("Format"), choices=Format, initial=Format.XLSX, widget=forms.RadioSelect
    )

    def choices_with_help(self):
        for choice in self["file_format"]:
            yield choice, HELP[Format(choice.data["value"])]


class Imported(admin.ModelAdmin):
    """An admin whose list leads to the import of more, by whoever may."""

    def changelist_view(self, request, extra_context=None):
        address = {}
        if may_import(request.user, self._kind):
            query = urlencode({"kind": self._kind})
            address = {"import_address": f"{reverse('admin:offers_importrun_add')}?{query}"}
        return super().changelist_view(request, address | (extra_context or {}))


class Exporting(Imported, OfficeList):
    """An admin whose list can be had as a file, as it is filtered and searched at the moment.

    An upper floor with formats and columns of its own brings its form and ``hand_out()``.
    """

    export_form = ExportForm
    works_out_at = [*OfficeList.works_out_at, "export"]  # a filter may ask for what it works out

    def get_actions(self, request):
        """Every list can be exported, whatever else it can do with its rows."""
        if IS_POPUP_VAR in request.GET:
            return {}
        return super().get_actions(request) | {"export_chosen": self.get_action("export_chosen")}

    def changelist_view(self, request, extra_context=None):
        address = {"export_address": self._address("export")}
        return super().changelist_view(request, address | (extra_context or {}))

    def get_urls(self):
        view = self.admin_site.admin_view(self.export_view)
        return [path("export/", view, name=self.url_name("export")), *super().get_urls()]

    def lookup_allowed(self, lookup, value, request):
        """Take only filters that the list shows: a file must not hold less than it says."""
        shown = {getattr(one, "parameter_name", one) for one in self.get_list_filter(request)}
        return lookup.partition("__")[0] in shown and super().lookup_allowed(lookup, value, request)

    def may_see_internal(self, request):
        """Internal columns are for those who may change entries here, never for a provider."""
        is_provider = Editorship.objects.restricts(request.user)
        return self.has_change_permission(request) and not is_provider

    @admin.action(description=_("Auswahl exportieren"))
    def export_chosen(self, request, queryset):
        if request.POST.get("select_across") == "1":
            chosen = request.GET.urlencode()
        else:
            keys = queryset.order_by("pk").values_list("pk", flat=True)
            chosen = urlencode({CHOSEN: ",".join(map(str, keys))})
        return redirect(f"{self._address('export')}?{chosen}")

    def export_view(self, request):
        """Ask for the format, then hand the file out."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            chosen = _numbers(request.GET.get(CHOSEN, ""))
            changelist = self._changelist(request)
        except (IncorrectLookupParameters, ValueError):
            return redirect(self._address("changelist"))
        entries = changelist.queryset
        if chosen:
            entries = entries.filter(pk__in=chosen)
        entries = self.model.objects.filter(pk__in=entries.order_by().values("pk"))
        entries = self.exportable(request, entries)
        form = self.export_form(request.POST or None)
        if request.method == "POST" and not EXPORTS.allows(request):
            return EXPORTS.refuse(render(request, "429.html"))
        if request.method == "POST" and form.is_valid():
            about = self._about(request, _filters(changelist, chosen))
            response = self.hand_out(request, entries, form.cleaned_data, about)
            response["Cache-Control"] = "no-store"
            response["X-Robots-Tag"] = "noindex"
            return response
        context = {
            "form": form if request.method == "POST" else self.export_form(),
            "number": entries.count(),
            "filters": _filters(changelist, chosen),
            "what_is_in_it": self.what_is_in_it(request),
            "list_address": self._address("changelist"),
        }
        return page(self, request, "admin/export.html", _("Liste exportieren"), context)

    def what_is_in_it(self, request):
        """Return a sentence on how far the file may be given."""
        if self.may_see_internal(request):
            return _(
                "Die Datei enthält auch interne Notizen und Kontakte. "
                "Geben Sie sie nur im Haus weiter."
            )
        return _("Interne Notizen und Kontakte sind nicht dabei.")

    def exportable(self, request, entries):
        """Return those of the entries that the user may take along."""
        return entries

    def hand_out(self, request, entries, choice, about):
        """Return the response with the file; ``choice`` is what the form has cleaned."""
        file_format = Format(choice["file_format"])
        self.tell_of_export(request, entries, file_format)
        about = replace(about, hint=str(HINT))
        entries = with_all(entries)
        columns = exports.columns(self._kind, internal=self.may_see_internal(request))
        return self.table(entries, columns, about, file_format)

    def tell_of_export(self, request, entries, file_format):
        """Let the floors above know that a file is handed out."""
        signals.exported.send(
            sender=self.model,
            actor=request.user,
            what=self.opts.label,
            count=entries.count(),
            format=file_format.value,
            filters=request.GET.dict(),
        )

    def table(self, entries, columns, about, file_format):
        """Return the response with a table; ``entries`` have loaded what the columns read."""
        name = exports.file_name(about, file_format)
        if file_format == Format.XLSX:
            book = exports.workbook(entries, columns, about)
            response = FileResponse(book, as_attachment=True, filename=name)
        else:
            lines = exports.csv_lines(entries, columns, file_format)
            response = StreamingHttpResponse(lines)
            response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["Content-Type"] = file_format.content_type
        return response

    def _about(self, request, filters):
        return exports.About(
            what=capfirst(str(self.opts.verbose_name_plural)),
            filters="; ".join(f"{name}: {value}" for name, value in filters.items()),
            by=name_of(request.user),
        )

    def _changelist(self, request):
        request.GET = request.GET.copy()
        for name in (CHOSEN, "o", "p", "all"):  # order and pages of the list don't matter here
            request.GET.pop(name, None)
        return self.get_changelist_instance(request)

    @property
    def _kind(self):
        return f"{self.opts.model_name}s"

    def _address(self, page):
        return reverse(f"admin:{self.url_name(page)}")


def _numbers(text):
    """Return the numbers in "1,2,3". Raises ``ValueError``."""
    return [int(part) for part in text.split(",") if part][:10_000]


def _filters(changelist, chosen):
    """Return what the list is filtered by, in words."""
    found = {}
    for spec in changelist.filter_specs:
        chosen_words = [
            str(choice["display"])
            for choice in list(spec.choices(changelist))[1:]
            if choice.get("selected")
        ]
        if chosen_words:
            found[str(spec.title)] = ", ".join(chosen_words)
    if changelist.query:
        found[str(_("Suche"))] = changelist.query
    if chosen:
        found[str(_("Auswahl"))] = str(_("%d angekreuzte") % len(chosen))
    return found
