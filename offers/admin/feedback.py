"""What readers reported: read it, put the entry right, tick it off."""

from django.contrib import admin
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kekiz_portal.lib.german_order import GermanOrder
from kekiz_portal.lib.history.beside_others import SavedBesideOthers
from kekiz_portal.lib.office import ReadOnly, form_of
from offers.models import Experience, Feedback

from .list_filters import OpenFilter, SelectFilter
from .listing import OfficeList
from .ownership import OwnEntriesOnly


@admin.register(Experience)
class ExperienceAdmin(ReadOnly):
    """What families said often enough to be told: sums, the most often said first."""

    belongs_here = _(
        "Hier steht, was Familien mit „Waren Sie da?“ fünfmal und öfter gesagt haben. Bisher kam "
        "nichts so oft vor."
    )
    list_display = ["offer", "kind", "total", "week"]
    list_display_links = None
    list_select_related = ["offer"]
    actions = None

    def get_queryset(self, request):
        """The newest row of each sum that may be told."""
        return Experience.objects.newest_of_told().order_by("-total", "pk")

    def get_ordering(self, _request):
        return ["-total", "pk"]

    @admin.display(description=_("wie oft"), ordering="total")
    def total(self, experience):
        return experience.total


class OwnFilter(SelectFilter):
    title = _("bei wem")
    parameter_name = "wer"
    options = [("ich", _("bei mir")), ("niemand", _("bei niemandem"))]

    def queryset(self, request, reports):
        if self.value() is None:
            return reports
        return reports.filter(owner=request.user if self.value() == "ich" else None)


@admin.register(Feedback)
class FeedbackAdmin(OwnEntriesOnly, SavedBesideOthers, OfficeList):
    belongs_here = _(
        "Hier steht, was Familien über „Stimmt etwas nicht?“ melden und was Einrichtungen mit dem "
        "Link ihres Briefs schreiben. Jetzt liegt keine Meldung vor."
    )
    change_form_template = "admin/offers/feedback.html"
    own = "offer__provider"
    MESSAGE_SHOWN = 120

    list_display = [
        *("topic", "message_start", "offer_link", "said_by", "created_on", "owner", "done_on")
    ]
    list_filter = [OpenFilter, OwnFilter, "topic"]
    search_fields = ["words", "offer__title", "institution__name"]
    actions = ["take", "tick_off"]
    readonly_fields = [
        *("offer_link", "said_by", "topic", "message_words"),
        *("created_on", "owner", "done_at", "done_by"),
    ]
    fields = [*readonly_fields, "answer"]

    def has_add_permission(self, request):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).as_read_by(request.user)

    @admin.display(description=_("Nachricht"))
    def message_start(self, report):
        return Truncator(report.words).chars(self.MESSAGE_SHOWN)

    @admin.display(description=_("Nachricht"))
    def message_words(self, report):
        return report.words

    @admin.display(description=_("Angebot"), ordering=GermanOrder("offer__title"))
    def offer_link(self, report):
        if report.offer is None:
            return "–"
        return format_html('<a href="{}">{}</a>', form_of(report.offer), report.offer.title)

    @admin.display(description=_("von"), ordering=GermanOrder("institution__name"))
    def said_by(self, report):
        return report.institution or _("Familie")

    @admin.display(description=_("erledigt"), ordering="done_at", empty_value=_("offen"))
    def done_on(self, report):
        return report.done_at

    @admin.action(description=_("Ich kümmere mich"), permissions=["change"])
    def take(self, request, reports):
        number = reports.open().update(owner=request.user)
        words = ngettext(
            "%d Rückmeldung ist bei Ihnen.", "%d Rückmeldungen sind bei Ihnen.", number
        )
        self.message_user(request, words % number)

    def response_change(self, request, report):
        """Keep the answer; the button beside it also ticks the report off."""
        if "_done" in request.POST and report.done_at is None:
            self.tick_off(request, Feedback.objects.filter(pk=report.pk))
            return redirect("admin:offers_feedback_changelist")
        return super().response_change(request, report)

    @admin.action(description=_("Als erledigt abhaken"), permissions=["change"])
    def tick_off(self, request, reports):
        number = reports.open().update(done_at=timezone.now(), done_by=request.user)
        words = ngettext("%d Rückmeldung ist erledigt.", "%d Rückmeldungen sind erledigt.", number)
        self.message_user(request, words % number)
