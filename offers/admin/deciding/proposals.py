"""Proposals of providers: what they would like changed, taken over or answered."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from kekiz_portal.lib.office import ReadOnly, form_of
from offers.admin.list_filters import SelectFilter
from offers.admin.ownership import NoForeignEntries, readable_by
from offers.admin.versions.typed import typed
from offers.curation import proposals
from offers.curation.proposals import MOST_WORDS
from offers.models import ChangeProposal, Offer
from offers.protection.protected_addresses import as_read_by
from offers.quality.hints import hints_of
from offers.quality.rules import BY_NAME

DECLINING = "ablehnen"  # in an address: the page opens where the answer is still missing


class AboutFilter(SelectFilter):
    title = gettext_lazy("worüber")
    parameter_name = "worueber"
    options = [("einrichtungen", gettext_lazy("Einrichtungen"))]

    def narrow(self, found, _value):
        return found.about_houses()


@admin.register(ChangeProposal)
class ChangeProposalAdmin(NoForeignEntries, ReadOnly):
    belongs_here = gettext_lazy(
        "Hier steht, was Einrichtungen an ihren Angeboten ändern möchten, und was auf ihren Seiten "
        "anders steht als hier. Jetzt liegt nichts vor."
    )
    list_display = ["entry", "sender", "reason_words", "outcome", "answer_words", "created_at"]
    list_filter = ["state", AboutFilter, "fact"]
    list_select_related = ["offer", "house", "by", "institution"]
    search_fields = ["offer__title", "house__name", "reason_words"]
    change_form_template = "admin/offers/changeproposal/change_form.html"

    def get_urls(self):
        decide = self.admin_site.admin_view(require_POST(self.decide_view))
        name = "offers_changeproposal_decide"
        return [path("<int:object_id>/entscheiden/", decide, name=name), *super().get_urls()]

    def get_queryset(self, request):
        visible = super().get_queryset(request).visible_to(request.user)
        columns = {"reason_words": "reason", "answer_words": "answer"}
        return as_read_by(request.user, visible, **columns)

    @admin.display(description=gettext_lazy("Eintrag"))
    def entry(self, proposal):
        return proposal.entry

    @admin.display(description=gettext_lazy("Warum?"))
    def reason_words(self, proposal):
        return proposal.reason_words

    @admin.display(description=gettext_lazy("von"), empty_value="–")
    def sender(self, proposal):
        return proposal.sender

    @admin.display(description=gettext_lazy("Stand"), ordering="state")
    def outcome(self, proposal):
        return proposal.outcome

    @admin.display(description=gettext_lazy("Antwort"))
    def answer_words(self, proposal):
        return proposal.answer_words

    def render_change_form(self, request, context, **kwargs):
        proposal = kwargs["obj"]
        changes, overtaken = proposals.changes(proposal), []
        if proposal.state == ChangeProposal.State.OPEN:
            overtaken = proposals.overtaken(proposal)
        changes = readable_by(request.user, changes)
        overtaken = readable_by(request.user, overtaken)
        context |= {
            "proposal": proposal,
            "entry_address": form_of(proposal.entry),
            "changes": changes,
            "overtaken": overtaken,
            "overwritten": overwritten(changes, overtaken),
            "others": self.others(request, proposal),
            "choices": proposals.choices(proposal),
            "seen": proposals.mark_of(proposal.entry),
            "declining": DECLINING in request.GET,
            "may_decide": self.may_decide(request) and proposal.state == ChangeProposal.State.OPEN,
            "title": _("Vorschlag"),
        }
        return super().render_change_form(request, context, **kwargs)

    def others(self, request, proposal):
        """Return the other open proposals about the entry that the user may see, newest first."""
        found = self.get_queryset(request).open()
        found = found.filter(offer=proposal.offer, house=proposal.house)
        return found.exclude(pk=proposal.pk).order_by("-created_at", "-pk")

    def may_decide(self, request):
        return request.user.has_perm("offers.publish_offer")

    def decide_view(self, request, object_id):
        proposal = self.get_object(request, str(object_id))
        if proposal is None:
            raise Http404
        if not self.may_decide(request):
            raise PermissionDenied
        try:
            self.decide(request, proposal)
        except ChangeProposal.DoesNotExist:
            self.message_user(request, _("Darüber ist schon entschieden."), messages.WARNING)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
            tail = f"?{DECLINING}#ablehnen" if "_decline" in request.POST else ""
            return redirect(form_of(proposal) + tail)
        return redirect("admin:offers_changeproposal_changelist")

    def left(self, request, proposal):
        """Return the keys of what was not ticked, where there was anything to tick."""
        if "_choosing" not in request.POST:
            return []
        chosen = set(request.POST.getlist("take"))
        keys = [one.key for one in proposals.choices(proposal)]
        if not chosen.intersection(keys):
            raise ValidationError(_("Kreuzen Sie an, was übernommen wird, oder lehnen Sie ab."))
        return [key for key in keys if key not in chosen]

    def decide(self, request, proposal):
        """Take the proposal over or decline it, as the pressed button says."""
        if "_accept" in request.POST:
            left = self.left(request, proposal)
            proposals.accept(proposal, request.user, typed(request, "seen", MOST_WORDS), left)
            text = _("Der Vorschlag zu „%s“ ist übernommen.")
            if left:
                text = _("Vom Vorschlag zu „%s“ ist übernommen, was angekreuzt war.")
        else:
            proposals.decline(proposal, request.user, typed(request, "answer", MOST_WORDS))
            text = _("Der Vorschlag zu „%s“ ist abgelehnt.")
        self.message_user(request, text % proposal.entry, messages.SUCCESS)
        if "_accept" in request.POST:
            self.lead_to_dates(request, proposal.entry)

    def lead_to_dates(self, request, entry):
        """Say that families find an offer by no weekday while its times are words alone."""
        if not isinstance(entry, Offer):
            return
        entry.refresh_from_db()
        if BY_NAME["times_in_words"] in hints_of(entry):
            words = _("Die Zeiten stehen nur in Worten da, kein Wochentag findet sie.")
            link = format_html(
                '{} <a href="{}#places-group">{}</a>',
                words,
                form_of(entry),
                _("Termine eintragen"),
            )
            self.message_user(request, link, messages.WARNING)


def overwritten(changes, overtaken):
    """Return the labels of what a proposal changes that was changed here since, too."""
    now = {_about(one) for one in overtaken}
    return list(dict.fromkeys(one.label for one in changes if _about(one) in now))


def _about(change):
    """Return what a change is about: times and prices stand in words or in rows."""
    part, _dot, field = change.name.partition(".")
    in_rows = {"schedule_text": "schedule", "cost_note": "price", "cost_kind": "price"}
    if part in in_rows.values():
        return part
    return in_rows.get(field, change.name)
