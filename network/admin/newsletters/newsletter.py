"""Writing a newsletter, and for whom one may be. Sending it stands in ``dispatch``."""

from functools import partial

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.history.beside_others import SavedBesideOthers
from kekiz_portal.lib.office import form_of
from network.models import MailingList, Newsletter, SavedList, Segment
from network.newsletters.composing import archive, checks, composing, link_checking
from network.newsletters.sending import audience
from offers.admin.deleting import DeletedWithReason
from offers.admin.listing import OfficeList
from offers.admin.nested import only_add_related
from offers.admin.sections import sections
from offers.admin.versions.versions import Versioned
from offers.exchange.slugs import free_slug

from .blocks import BlockInline, with_one_more
from .dispatch import Dispatch

AUDIENCE = ["saved_lists", "segment", "mailing_lists", "interests"]
SAID_BY = ["is_everybody", "groups", "kinds", "districts", "topics"]
DRAFT = Newsletter.State.DRAFT
MOST_LOST_FIELDS = 500


class NewsletterForm(forms.ModelForm):
    """A newsletter as it is written: an address made from the title."""

    class Meta:
        model = Newsletter
        fields = "__all__"  # noqa: DJ007 - the admin says which fields it shows
        labels = {
            "mailing_lists": _("Alle, die eine dieser Listen abonniert haben"),
            "saved_lists": _("Menschen auf gemerkten Listen"),
            "segment": _("Menschen aus einem Empfängerkreis"),
            "interests": _("Von den Abonnements nur bei Interesse an"),
            "is_archived_publicly": _("Nach dem Versand im Internet nachzulesen"),
            "slug": _("Adresse der Seite"),
        }
        help_texts = {
            "saved_lists": _(
                "Gefilterte Listen von Ansprechpersonen oder Einrichtungen, unter einem Namen "
                "gemerkt. Ihn bekommt nur, wer in E-Mails eingewilligt hat."
            ),
            "title": _("Wird der Betreff. Was steht drin, für wen? Etwa 30 bis 60 Zeichen."),
            "preheader": _("Steht im Postfach hinter dem Betreff. Gut sind 40 bis 90 Zeichen."),
            "mailing_lists": _(
                "Familien und andere, die sich angemeldet haben. Wer mehrere hat, bekommt ihn "
                "einmal."
            ),
            "is_archived_publicly": _("Steht dann im Archiv und im Feed, für alle lesbar."),
            "slug": _("Bleibt sie leer, entsteht sie aus dem Titel."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
        if "saved_lists" in self.fields and self.instance.pk:
            # A list somebody else chose stays, though it is theirs alone.
            field = self.fields["saved_lists"]
            known = Q(pk__in=field.queryset) | Q(newsletters=self.instance)
            field.queryset = SavedList.objects.filter(known).distinct()
        for name in {"title", "preheader"} & set(self.fields):
            words = _now("%(typed)s von höchstens %(most)s Zeichen")
            self.fields[name].widget.attrs["data-counted"] = words

    def clean(self):
        data = super().clean()
        if "slug" in data and not data["slug"] and data.get("title"):
            data["slug"] = free_slug(Newsletter, data["title"])
        return data


@admin.register(Newsletter)
class NewsletterAdmin(Versioned, Dispatch):
    """Only drafts change; what is planned or on its way is steered on its own page."""

    form = NewsletterForm
    change_form_template = "admin/network/newsletter/change_form.html"
    list_display = ["title", "state_words", "send_at", "finished_at", "leads_to_dispatch"]
    list_filter = ["state"]
    search_fields = ["title"]
    actions = None
    autocomplete_fields = ["interests"]
    inlines = [BlockInline]
    fieldsets = [
        (_("Worum geht es?"), {"fields": ["title", "preheader"]}),
        (
            _("Bausteine"),
            {
                "fields": [],
                "description": _("Von oben nach unten, wie sie im Newsletter stehen."),
            },
        ),
        (_("An wen geht er?"), {"fields": AUDIENCE}),
        (_("Im Internet"), {"fields": ["is_archived_publicly", "slug"]}),
    ]

    class Media:
        css = {
            "all": [
                "css/admin/offer-form.css",
                "css/admin/hints.css",
                "css/admin/newsletter-form.css",
            ]
        }
        js = [
            forms.Script("js/admin-newsletter.js", type="module"),
            forms.Script("js/admin-select-names.js", type="module"),
        ]

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if "_add_block" in request.POST:
            request.POST = with_one_more(request.POST, request.POST["_add_block"])
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except PermissionDenied:
            newsletter = self._gone_on(request, object_id)
            if newsletter is None:
                raise
            return self._too_late(request, newsletter)

    def render_change_form(self, request, context, *args, **kwargs):
        newsletter = kwargs["obj"]
        rows = context["inline_admin_formsets"]
        context["sections"] = sections(context["adminform"], rows)
        context |= {"number": None, "content": None}
        if newsletter is not None and self.has_change_permission(request, newsletter):
            number = audience.recipients(newsletter).count()
            context |= {"number": number, "problems": checks.problems(newsletter, number)}
        elif newsletter is not None:
            edition = newsletter.editions.first() or composing.edition(newsletter)
            context["content"] = archive.content_of(edition.html)
        answer = super().render_change_form(request, context, *args, **kwargs)
        answer.context_data["asks_for_reason"] = False  # a draft changes all the time
        return answer

    def response_add(self, request, obj, post_url_continue=None):
        return self._onward(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        return self._onward(request, obj) or super().response_change(request, obj)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        """One chooses among one's own lists and the shared ones, by ticking."""
        if db_field.name == "mailing_lists":
            kwargs["widget"] = forms.CheckboxSelectMultiple
        if db_field.name == "saved_lists":
            kwargs["queryset"] = SavedList.objects.visible_to(request.user)
            kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        return only_add_related(super().formfield_for_dbfield(db_field, request, **kwargs))

    def save_model(self, request, newsletter, form, change):
        """Write what the form shows and nothing else; how far sending is, others decide."""
        shown = {field.name for field in self.opts.fields}.intersection(form.cleaned_data)
        newsletter.save(update_fields=[*shown, "updated_at"] if change else None)

    def after_saving(self, request, entry, change):
        super().after_saving(request, entry, change)
        transaction.on_commit(partial(link_checking.call_worker, entry.pk))

    def has_change_permission(self, request, obj=None):
        return _is_open(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return _is_open(obj) and super().has_delete_permission(request, obj)

    @admin.display(description=_("Stand"), ordering="state")
    def state_words(self, newsletter):
        return format_html('<span class="mark">{}</span>', newsletter.get_state_display())

    @admin.display(description=_("Versand"))
    def leads_to_dispatch(self, newsletter):
        return format_html(
            '<a href="{}">{}</a>', self.dispatch_address(newsletter), _("Prüfen und senden")
        )

    def _onward(self, request, newsletter):
        """Go where somebody wanted to after saving, None if nowhere in particular."""
        if "_add_block" in request.POST:
            words = _now("Gespeichert. Der neue Baustein steht am Ende.")
            self.message_user(request, words, messages.SUCCESS)
            return HttpResponseRedirect(
                f"{form_of(newsletter)}#blocks-{newsletter.blocks.count() - 1}"
            )
        if request.POST.get("_to") in {"preview", "dispatch"}:
            name = f"admin:network_newsletter_{request.POST['_to']}"
            return HttpResponseRedirect(reverse(name, args=[newsletter.pk]))
        return None

    def _gone_on(self, request, object_id):
        """Return the newsletter somebody may no longer change because it is being sent."""
        if request.method != "POST" or object_id is None or not self.has_change_permission(request):
            return None
        found = self.get_object(request, unquote(object_id))
        return None if _is_open(found) else found

    def _too_late(self, request, newsletter):
        """Answer with what was typed, so that nothing of it is lost."""
        typed = [
            (name, value)
            for name, value in list(request.POST.items())[:MOST_LOST_FIELDS]
            if value.strip() and name.endswith(("title", "preheader", "-heading", "-text"))
        ]
        title, context = _("Nicht gespeichert"), {"typed": typed}
        return self.page(request, newsletter, "too_late", title, context, status=409)


def _is_open(newsletter):
    return newsletter is None or newsletter.state == DRAFT


class SegmentForm(forms.ModelForm):
    """An audience says whom it is for: nothing ticked is nobody."""

    def clean(self):
        data = super().clean()
        if not any(data.get(name) for name in SAID_BY):
            raise forms.ValidationError(
                _now("Wählen Sie, wen Sie meinen, oder kreuzen Sie „das ganze Netzwerk“ an.")
            )
        return data


@admin.register(Segment)
class SegmentAdmin(SavedBesideOthers):
    """A saved audience; the list says how many people it holds today."""

    list_display = ["name", "people"]
    search_fields = ["name"]
    form = SegmentForm
    fields = ["name", *SAID_BY]
    autocomplete_fields = ["groups", "kinds", "districts", "topics"]
    show_facets = admin.ShowFacets.NEVER

    @admin.display(description=_("Menschen, die E-Mails wünschen"))
    def people(self, segment):
        newsletter = Newsletter(segment=segment)
        return audience.recipients(newsletter).count()


@admin.register(MailingList)
class MailingListAdmin(Versioned, DeletedWithReason, OfficeList):
    """What anybody may subscribe to; what somebody agreed to is closed, never deleted."""

    list_display = ["name", "description", "is_offered", "subscribers"]
    search_fields = ["name"]
    fields = ["name", "description", "is_offered"]

    @admin.display(description=_("Abos"), ordering="subscriber_count")
    def subscribers(self, one):
        return one.subscriber_count

    def has_delete_permission(self, request, obj=None):
        is_unused = obj is None or not obj.consents.exists()
        return is_unused and super().has_delete_permission(request, obj)
