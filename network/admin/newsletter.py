"""Writing a newsletter: its parts in order, and for whom. Sending it stands in ``dispatch``."""

from django.contrib import admin
from django.contrib.admin.widgets import AdminFileWidget
from django.db import models
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from network.models import Newsletter, NewsletterBlock, Segment
from network.newsletters import audience
from offers.admin.listing import OfficeList
from offers.admin.offer_fields import PictureField
from offers.history import edit

from .dispatch import Dispatch

DRAFT = Newsletter.State.DRAFT


class BlockInline(admin.StackedInline):
    model = NewsletterBlock
    extra = 1
    autocomplete_fields = ["offer", "institution"]
    formfield_overrides = {
        models.ImageField: {"form_class": PictureField, "widget": AdminFileWidget}
    }
    fields = [
        ("position", "kind"),
        "heading",
        "text",
        "offer",
        "institution",
        "day",
        ("picture", "picture_alt", "picture_is_decorative"),
    ]


@admin.register(Newsletter)
class NewsletterAdmin(Dispatch, OfficeList):
    """Only drafts change; what is planned or on its way is steered on its own page."""

    list_display = ["title", "state_words", "send_at", "finished_at", "leads_to_dispatch"]
    list_filter = ["state"]
    search_fields = ["title"]
    actions = None
    autocomplete_fields = ["interests"]
    prepopulated_fields = {"slug": ["title"]}
    inlines = [BlockInline]
    fields = [
        "title",
        "preheader",
        "slug",
        "segment",
        "goes_to_subscribers",
        "interests",
        "is_archived_publicly",
    ]

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        with edit(by=request.user, reason=""):
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_queryset(self, request):
        """Hold what a form is about to change: nobody may start sending it meanwhile."""
        rows = super().get_queryset(request)
        return rows.select_for_update(of=["self"]) if self._is_saving(request) else rows

    def save_model(self, request, newsletter, form, change):
        """Write what the form shows and nothing else; how far sending is, others decide."""
        if change:
            shown = {field.name for field in self.opts.fields}.intersection(form.cleaned_data)
            newsletter.save(update_fields=[*shown, "updated_at"])
        else:
            newsletter.save()

    def has_change_permission(self, request, obj=None):
        is_open = obj is None or obj.state == DRAFT
        return is_open and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        is_open = obj is None or obj.state == DRAFT
        return is_open and super().has_delete_permission(request, obj)

    @admin.display(description=_("Stand"), ordering="state")
    def state_words(self, newsletter):
        return format_html('<span class="mark">{}</span>', newsletter.get_state_display())

    @admin.display(description=_("Versand"))
    def leads_to_dispatch(self, newsletter):
        return format_html(
            '<a href="{}">{}</a>', self.dispatch_address(newsletter), _("Prüfen und senden")
        )

    def _is_saving(self, request):
        match = request.resolver_match
        return request.method == "POST" and match and match.url_name.endswith("_change")


@admin.register(Segment)
class SegmentAdmin(admin.ModelAdmin):
    """A saved audience; the list says how many people it holds today."""

    list_display = ["name", "people"]
    search_fields = ["name"]
    fields = ["name", "groups", "kinds", "districts", "topics"]
    autocomplete_fields = ["groups", "kinds", "districts", "topics"]
    show_facets = admin.ShowFacets.NEVER

    @admin.display(description=_("Menschen mit E-Mail-Adresse"))
    def people(self, segment):
        newsletter = Newsletter(segment=segment, goes_to_subscribers=False)
        return audience.recipients(newsletter).count()
