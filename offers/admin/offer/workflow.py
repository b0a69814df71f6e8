"""Draft, in review, returned, published, archived: the steps and who may take them."""

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path
from django.utils import translation
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kekiz_portal.lib.history.beside_others import is_saving
from kekiz_portal.lib.history.recording import REASON_LENGTH
from kekiz_portal.lib.office import form_of
from offers.admin.versions.two_at_once import Undecided
from offers.admin.versions.typed import typed
from offers.curation import proposals, publishing
from offers.curation.copying import copy
from offers.curation.publishing import becomes_proposal
from offers.curation.record import take
from offers.models import Offer
from offers.views.browse import offer_page

from . import happened

MOST_WORDS = Offer._meta.get_field("return_reason").max_length  # noqa: SLF001, documented API


class Workflow(admin.ModelAdmin):
    """An admin that shows an offer before it is public, and takes it from state to state.

    What somebody without the right to publish changes in a public offer becomes a proposal.
    """

    def get_urls(self):
        preview = require_safe(self.preview_view)
        copied = require_POST(self.copy_view)
        wrap = self.admin_site.admin_view
        return [
            path(
                "<int:object_id>/vorschau/<str:language>/",
                wrap(preview),
                name="offers_offer_preview",
            ),
            path("<int:object_id>/kopieren/", wrap(copied), name="offers_offer_copy"),
            *super().get_urls(),
        ]

    # Steps

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), "status", "return_reason"]

    def after_saving(self, request, entry, change):
        super().after_saving(request, entry, change)
        name = request.POST.get("_step", "")
        if name in publishing.STEPS and not becomes_proposal(request.user, entry):
            self.take_step(request, entry, name)

    def take_step(self, request, offer, name):
        """Take a step with a saved offer; what stands in its way is said, the save stays."""
        try:
            publishing.take_step(
                name, offer, by=request.user, reason=typed(request, "_return_reason", MOST_WORDS)
            )
        except ValidationError as error:
            request.step_refused = True
            text = _("Gespeichert, aber nicht weitergegeben: %s")
            self.message_user(request, text % " ".join(error.messages), messages.WARNING)
        else:
            request.step_taken = name

    def response_add(self, request, obj, post_url_continue=None):
        if preview := self._preview_or(request, obj):
            return preview
        if request.POST.keys() & {"_continue", "_popup", "_addanother"}:
            return super().response_add(request, obj, post_url_continue)
        if getattr(request, "step_refused", False):
            return redirect(form_of(obj))
        return self._done(request, obj)

    def response_change(self, request, obj):
        if preview := self._preview_or(request, obj):
            return preview
        if becomes_proposal(request.user, obj):
            request.proposed = take(obj)
            self.saves_nothing(request)
            return redirect("admin:offers_offer_changelist")
        if getattr(request, "step_refused", False):
            return redirect(request.get_full_path())  # to put right what was in the way
        if "_continue" in request.POST:
            self.message_user(request, happened.after_saving(obj), messages.SUCCESS)
            return redirect(request.get_full_path())
        return self._done(request, obj)

    def _done(self, request, offer):
        """Say what happened, and go back to the list."""
        name = getattr(request, "step_taken", None)
        words = happened.after_step(name, offer) if name else happened.after_saving(offer)
        address = self.view_on_site(offer) or form_of(offer)
        link = format_html('<a href="{}">{}</a>', address, offer.title)
        self.message_user(request, format_html("{}: {}", link, words), messages.SUCCESS)
        return self.response_post_save_change(request, offer)

    def render_change_form(self, request, context, **kwargs):
        offer = kwargs["obj"] or Offer()
        if offer.pk:
            context["subtitle"] = f"{offer} · {offer.get_status_display()}"
        context |= {
            "steps": publishing.open_steps(request.user, offer),
            "becomes_proposal": becomes_proposal(request.user, offer),
            "languages": settings.LANGUAGES,
            "question": typed(request, "_return_reason", MOST_WORDS),
            "question_missing": self.question_missing(request),
            "decided": self.decided_for(request, offer),
            "waiting": self.waiting_for(request, offer),
        }
        return super().render_change_form(request, context, **kwargs)

    def get_form(self, request, obj=None, change=False, **kwargs):
        """Return the form; one that gives an entry back without a question stays as it is."""
        form = super().get_form(request, obj, change=change, **kwargs)
        if not self.question_missing(request):
            return form
        words = _("Noch nicht zurückgegeben: Schreiben Sie unten, was noch zu klären ist.")
        return Undecided.made_of(form, words)

    def question_missing(self, request):
        step = publishing.STEPS.get(request.POST.get("_step", ""))
        return bool(step) and step.needs_reason and not typed(request, "_return_reason", MOST_WORDS)

    # Proposals

    def decided_for(self, request, offer):
        """Return what was decided last on a proposal of the reader's own, ``None`` if nothing."""
        if offer.pk is None:
            return None
        own = offer.proposals.filter(by=request.user).exclude(decided_at=None)
        return own.order_by("-decided_at").first()

    def waiting_for(self, request, offer):
        """Return the reader's own proposal that waits, with what it changes; ``None`` for none."""
        own = offer.proposals.open().filter(by=request.user).first() if offer.pk else None
        return own and {
            "proposal": own,
            "changes": self.visible_changes(request, proposals.changes(own)),
        }

    def may_restore(self, request, entry):
        return super().may_restore(request, entry) and not becomes_proposal(request.user, entry)

    def get_object(self, request, object_id, from_field=None):
        found = super().get_object(request, object_id, from_field)
        if found is not None and is_saving(request):
            request.base = take(found)
        return found

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        request.proposed = None
        response = super().changeform_view(request, object_id, form_url, extra_context)
        if request.proposed:
            offer = Offer.objects.get(pk=object_id)
            reason = typed(request, "_reason", REASON_LENGTH)
            proposals.propose(offer, request.base, request.proposed, request.user, reason)
            text = _("Danke. Ihr Vorschlag zu „%s“ liegt jetzt bei der Redaktion.")
            self.message_user(request, text % offer, messages.SUCCESS)
        return response

    # Preview

    def _preview_or(self, request, offer):
        """Return the public page of what was just saved, and save nothing; else ``None``."""
        language = request.POST.get("_preview")
        if language not in dict(settings.LANGUAGES):
            return None
        request.preview_words = _(
            "Vorschau. So sehen Familien die Seite; gespeichert ist es nicht."
        )
        response = public_page(request, offer.pk, language)
        self.saves_nothing(request)
        return response

    def preview_view(self, request, object_id, language):
        offer = self.found(request, object_id, self.has_view_or_change_permission)
        if language not in dict(settings.LANGUAGES):
            raise Http404
        request.preview_words = _("Vorschau. So sehen Familien, was gespeichert ist.")
        return public_page(request, offer.pk, language)

    # Copies

    @transaction.atomic
    def copy_view(self, request, object_id):
        offer = self.found(request, object_id, self.has_view_permission)
        if not self.has_add_permission(request):
            raise PermissionDenied
        twin = copy(offer, by=request.user)
        text = _("Das ist die Kopie von „%s“, noch als Entwurf. Titel und Termine bitte anpassen.")
        self.message_user(request, text % offer, messages.SUCCESS)
        return redirect(form_of(twin))


def public_page(request, pk, language):
    """Return an offer's page as the public would see it in a language, whatever its state."""
    offer = Offer.objects.for_page().get(pk=pk)
    with translation.override(language):
        request.stands_for = offer.get_absolute_url()
        return offer_page(request, offer)
