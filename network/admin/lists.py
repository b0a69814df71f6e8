"""The lists of partners and people: as files of every kind, and filters found again by name."""

from dataclasses import replace

from django import forms
from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.auth.decorators import permission_required
from django.db import IntegrityError, transaction
from django.http import HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from network.lists import cards, columns, formats, sheets
from network.lists.formats import Format
from network.models import SavedList
from network.models.contact import EXPORT_RIGHT
from offers.admin.exporting import Exporting

from .saved_list import SavedListForm

KEPT_LENGTH = 300
CARD_VERSIONS = {Format.VCARD: cards.V3, Format.VCARD_4: cards.V4}


class ListForm(forms.Form):
    """Which file it shall be, and what a list to sign is for."""

    file_format = forms.ChoiceField(
        label=_("Format"), choices=Format, initial=Format.XLSX, widget=forms.RadioSelect
    )
    occasion = forms.CharField(
        label=_("Anlass, Tag und Ort (steht auf der Anwesenheitsliste)"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def choices_with_help(self):
        for choice in self["file_format"]:
            yield choice, formats.HELP[Format(choice.data["value"])]


class Listing(Exporting):
    """An admin whose list goes out in six forms and whose filters can be kept under a name."""

    export_form = ListForm
    saved_kind = None
    # A name that cannot be kept is explained above the list.
    works_out_at = [*Exporting.works_out_at, "save_list"]

    def get_urls(self):
        allowed = permission_required("network.add_savedlist", raise_exception=True)
        view = self.admin_site.admin_view(allowed(require_POST(self.save_list_view)))
        return [path("merken/", view, name=self.url_name("save_list")), *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        context = {
            "saved_lists": self.saved_lists(request),
            "save_list_form": SavedListForm(auto_id="save-list-%s"),
            "save_list_address": self._save_list_address(request),
        }
        return super().changelist_view(request, context | (extra_context or {}))

    def saved_lists(self, request):
        if not request.user.has_perm("network.view_savedlist"):
            return []
        return SavedList.objects.visible_to(request.user).filter(kind=self.saved_kind)

    def _save_list_address(self, request):
        """Return where filters are kept; ``None`` where nothing is filtered or nobody may."""
        filters = self._filters_of(request)
        if not (filters and request.user.has_perm("network.add_savedlist")):
            return None
        return f"{reverse('admin:' + self.url_name('save_list'))}?{urlencode(filters)}"

    def get_changelist_instance(self, request):
        """Refuse a filter whose value is gone: without it the list would be one of everybody.

        Raises IncorrectLookupParameters, which the pages of a list answer with the whole list.
        """
        changelist = super().get_changelist_instance(request)
        understood = {
            spec.parameter_name for spec in changelist.filter_specs if spec.value() is not None
        }
        gone = [
            str(one.title)
            for one in self.list_filter
            if request.GET.get(one.parameter_name) and one.parameter_name not in understood
        ]
        if gone:
            words = _now("Was hier gefiltert wurde, gibt es nicht mehr: %s. Wählen Sie bitte neu.")
            self.message_user(request, words % ", ".join(gone), messages.WARNING)
            raise IncorrectLookupParameters
        return changelist

    def save_list_view(self, request):
        """Keep the filters in the address under a name."""
        new = SavedList(by=request.user, kind=self.saved_kind, filters=self._filters_of(request))
        form = SavedListForm(request.POST, instance=new, auto_id="save-list-%s")
        if not (form.is_valid() and _kept(form)):
            return self.changelist_view(request, {"save_list_form": form})
        text = _now("„%s“ ist gemerkt und steht auf der Startseite.")
        self.message_user(request, text % new, messages.SUCCESS)
        return HttpResponseRedirect(new.address)

    def _filters_of(self, request):
        """Return those parameters of the address that filter this list."""
        known = {one.parameter_name for one in self.list_filter} | {"q"}
        return {
            name: value[:KEPT_LENGTH]
            for name, value in request.GET.items()
            if name in known and value and "\x00" not in value
        }

    def may_see_people(self, request):
        return request.user.has_perm(EXPORT_RIGHT)

    def what_is_in_it(self, request):
        if self.may_see_people(request):
            return _(
                "Die Datei kann Namen und Nummern enthalten, die nicht öffentlich sind. "
                "Geben Sie sie nur weiter, wozu die Menschen zugestimmt haben."
            )
        return _("Von Menschen enthält die Datei nur, was sie öffentlich zeigen lassen.")

    def hand_out(self, request, entries, choice, about):
        file_format = Format(choice["file_format"])
        self.tell_of_export(request, entries, file_format)
        loaded = entries.for_export()
        if file_format.table:
            found = self.columns(request)
            if file_format != Format.XLSX:
                found += columns.about_columns(about)
            return self.table(loaded, found, about, file_format.table)
        if version := CARD_VERSIONS.get(file_format):
            written = cards.cards(loaded, about, version)
            response = StreamingHttpResponse(written, content_type="text/vcard")
            return _named(response, about, ".vcf")
        if file_format == Format.LABELS:
            pdf = sheets.labels(loaded, replace(about, what=_now("Adressetiketten")))
            ending = "-etiketten.pdf"
        else:
            pdf = sheets.attendance(loaded, about, choice["occasion"])
            ending = "-unterschriften.pdf"
        return _named(HttpResponse(pdf, content_type="application/pdf"), about, ending)

    def columns(self, request):
        """Return the columns of the table that the user may take along."""
        raise NotImplementedError


def _kept(form):
    """Save a list under its owner's name for it; return whether that could be."""
    try:
        with transaction.atomic():
            form.save()
    except IntegrityError:  # somebody took the name at this moment
        form.add_error("name", _now("Diesen Namen gibt es schon."))
    return form.is_valid()


def _named(response, about, ending):
    day = timezone.localdate().isoformat()
    name = f"{about.what.lower()}-{day}{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
